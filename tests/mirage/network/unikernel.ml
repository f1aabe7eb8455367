open Lwt.Infix

let port = Cmdliner.Arg.(value & opt int 8080 & info [ "p"; "port" ] ~doc:"The port to listen on.")

module Make (S : Tcpip.Stack.V4V6) (B : Mirage_block.S) (D : sig
  type t
end) =
struct
  let rec echo flow =
    S.TCP.read flow >>= function
    | Ok (`Data data) -> (
        S.TCP.write flow data >>= function
        | Ok () -> echo flow
        | Error e -> Logs.warn (fun m -> m "%a" S.TCP.pp_write_error e); S.TCP.close flow)
    | Ok `Eof -> S.TCP.close flow
    | Error e -> Logs.warn (fun m -> m "%a" S.TCP.pp_error e); S.TCP.close flow

  let start stack disk (_ : D.t) port =
    B.get_info disk >>= fun info ->
    Logs.info (fun m -> m "%a" Mirage_block.pp_info info);
    S.TCP.listen (S.tcp stack) ~port echo;
    S.listen stack
end
