(* One lock around the reporter. *)

let enable () =
  let lock = Mutex.create () in
  Logs.set_reporter_mutex ~lock:(fun () -> Mutex.lock lock) ~unlock:(fun () -> Mutex.unlock lock)
