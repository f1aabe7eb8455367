type t = { mutable seconds : int; action : unit -> unit; mutable timer : Lwt_unix__loop.timer option }

let on_exception = ref (fun e -> !Lwt.async_exception_hook e)
let set_exn_handler f = on_exception := f
let create seconds action = { seconds; action; timer = None }

let stop t =
  Option.iter Lwt_unix__loop.stop_timer t.timer;
  t.timer <- None

let start t =
  stop t;
  (* What is not asked for a moment that is to come is never called. *)
  if t.seconds > 0 then
    t.timer <-
      Some
        (Lwt_unix__loop.on_timer (float_of_int t.seconds) (fun () ->
             t.timer <- None;
             try t.action () with e -> !on_exception e))

let change t seconds =
  if seconds <> t.seconds then begin
    t.seconds <- seconds;
    if t.timer <> None then start t
  end
