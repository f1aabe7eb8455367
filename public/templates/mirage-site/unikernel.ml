(* A MirageOS project: config.ml says which devices there are, and the
   canvas shows it. Change one and the other follows. *)

open Lwt.Infix

(* An argument at boot: --title="My pages" *)
let title =
  let doc = Cmdliner.Arg.info ~doc:"What is printed first." [ "title" ] in
  Mirage_runtime.register_arg Cmdliner.Arg.(value & opt string "Pages" doc)

module Main (Pages : Mirage_kv.RO) = struct
  let print pages key =
    Pages.get pages key >|= function
    | Ok text ->
        Fmt.pr "%a (%s, %d bytes)@." Mirage_kv.Key.pp key
          (Magic_mime.lookup (Mirage_kv.Key.to_string key))
          (String.length text)
    | Error e -> Logs.err (fun m -> m "%a" Pages.pp_error e)

  let start pages =
    Fmt.pr "%s@." (title ());
    Pages.list pages Mirage_kv.Key.empty >>= function
    | Error e -> Fmt.failwith "%a" Pages.pp_error e
    | Ok entries ->
        let values = List.filter (fun (_, kind) -> kind = `Value) entries in
        Lwt_list.iter_s (fun (key, _) -> print pages key) values
end
