(* Results and error messages. *)

type ('a, 'b) result = ('a, 'b) Stdlib.result = Ok of 'a | Error of 'b

let ( >>= ) = Result.bind
let ( >>| ) r f = Result.map f r

module R = struct
  type ('a, 'b) t = ('a, 'b) result

  let ok = Result.ok
  let error = Result.error
  let return = ok
  let fail = error
  let reword_error = Result.map_error
  let get_ok = function Ok v -> v | Error _ -> invalid_arg "the result is an error"
  let get_error = function Error e -> e | Ok _ -> invalid_arg "the result is no error"
  let bind = Result.bind
  let map = Result.map
  let join = Result.join
  let ( >>= ) = ( >>= )
  let ( >>| ) = ( >>| )

  module Infix = struct
    let ( >>= ) = ( >>= )
    let ( >>| ) = ( >>| )
  end

  (* {1 Error messages} *)

  type msg = [ `Msg of string ]

  let msg text = `Msg text
  let msgf fmt = Format.kasprintf msg fmt
  let pp_msg ppf (`Msg text) = Format.fprintf ppf "@[%a@]" Format.pp_print_text text
  let error_msg text = Error (`Msg text)
  let error_msgf fmt = Format.kasprintf error_msg fmt

  let reword_error_msg ?(replace = false) reword = function
    | Ok _ as r -> r
    | Error (`Msg old) ->
        let (`Msg text) = reword old in
        error_msg (if replace then text else Printf.sprintf "%s\n%s" old text)

  let error_to_msg ~pp_error = function Ok _ as r -> r | Error e -> error_msgf "%a" pp_error e
  let error_msg_to_invalid_arg = function Ok v -> v | Error (`Msg text) -> invalid_arg text
  let open_error_msg = function Ok _ as r -> r | Error (`Msg _) as r -> r
  let failwith_error_msg = function Ok v -> v | Error (`Msg text) -> failwith text

  (* {1 Exceptions} *)

  type exn_trap = [ `Exn_trap of exn * Printexc.raw_backtrace ]

  let pp_exn_trap ppf (`Exn_trap (e, backtrace)) =
    Format.fprintf ppf "%s@\n%s" (Printexc.to_string e) (Printexc.raw_backtrace_to_string backtrace)

  let trap_exn f v =
    match f v with
    | v -> Ok v
    | exception e ->
        let backtrace = Printexc.get_raw_backtrace () in
        Error (`Exn_trap (e, backtrace))

  let error_exn_trap_to_msg = function Ok _ as r -> r | Error trap -> error_msgf "Unexpected exception:@\n%a" pp_exn_trap trap
  let open_error_exn_trap = function Ok _ as r -> r | Error (`Exn_trap _) as r -> r

  (* {1 Printing, comparing, converting} *)

  let pp ~ok ~error ppf = function Ok v -> ok ppf v | Error e -> error ppf e

  let dump ~ok ~error ppf = function
    | Ok v -> Format.fprintf ppf "@[<2>Ok@ @[%a@]@]" ok v
    | Error e -> Format.fprintf ppf "@[<2>Error@ @[%a@]@]" error e

  let is_ok = Result.is_ok
  let is_error = Result.is_error
  let equal ~ok ~error a b = Result.equal ~ok ~error a b
  let compare ~ok ~error a b = Result.compare ~ok ~error a b
  let to_option = Result.to_option
  let of_option ~none = function Some v -> Ok v | None -> none ()
  let to_presult = function Ok v -> `Ok v | Error e -> `Error e
  let of_presult = function `Ok v -> Ok v | `Error e -> Error e
  let ignore_error ~use = function Ok v -> v | Error e -> use e
  let kignore_error ~use = function Ok _ as r -> r | Error e -> use e
end
