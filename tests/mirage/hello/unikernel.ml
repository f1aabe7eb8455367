open Lwt.Infix
open Cmdliner

let greeting =
  let doc = Arg.info ~doc:"What is said." ~docv:"TEXT" [ "g"; "greeting" ] in
  Arg.(value & opt string "Hello" doc)

let times = Mirage_runtime.register_arg Arg.(value & opt int 2 & info [ "times" ] ~doc:"How often it is said.")

type colour = Red | Green

let colour =
  Mirage_runtime.register_arg
    Arg.(value & opt (enum [ ("red", Red); ("green", Green) ]) Red & info [ "colour" ] ~doc:"The colour.")

let start greeting =
  let rec loop = function
    | 0 -> Lwt.return_unit
    | n ->
        Logs.info (fun m -> m "%s, %a world" greeting Fmt.string (match colour () with Red -> "red" | Green -> "green"));
        Logs.debug (fun m -> m "%d to go" (n - 1));
        Mirage_sleep.ns (Duration.of_ms 5) >>= fun () -> loop (n - 1)
  in
  loop (times ()) >|= fun () -> Printf.printf "%s is done\n" (Mirage_runtime.name ())
