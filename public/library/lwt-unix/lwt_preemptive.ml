(* Threads beside the main loop. A thread ends with its function; there are not more than a number of them at a time. *)

module Loop = Lwt_unix__loop

let least = ref 0
let most = ref 4
let queue_length = ref 1000
let busy = ref 0
let waiting : (unit -> unit) Queue.t = Queue.create ()
let get_bounds () = (!least, !most)

let set_bounds (low, high) =
  if low < 0 || high < low then invalid_arg "Lwt_preemptive.set_bounds";
  least := low;
  most := high

let init low high (_ : string -> unit) = set_bounds (low, high)
let simple_init () = ()
let set_max_number_of_threads_queued n = queue_length := n
let get_max_number_of_threads_queued () = !queue_length
let nbthreads () = !busy
let nbthreadsbusy () = !busy
let nbthreadsqueued () = Queue.length waiting

let detach f x =
  let promise, resolver = Lwt.wait () in
  ignore (Lazy.force Loop.wake_up);
  let body () =
    let result = match f x with v -> Ok v | exception e -> Error e in
    Loop.note (fun () ->
        decr busy;
        if not (Queue.is_empty waiting) then (Queue.take waiting) ();
        match result with Ok v -> Lwt.wakeup resolver v | Error e -> Lwt.wakeup_exn resolver e)
  in
  let start () =
    incr busy;
    ignore (Thread.create body ())
  in
  if !busy < !most then start () else Queue.add start waiting;
  promise

let run_in_main f =
  let mutex = Mutex.create () and condition = Condition.create () in
  let result = ref None in
  let finish outcome =
    Mutex.lock mutex;
    result := Some outcome;
    Condition.signal condition;
    Mutex.unlock mutex;
    Lwt.return_unit
  in
  Loop.note (fun () -> Lwt.dont_wait (fun () -> Lwt.try_bind f (fun v -> finish (Ok v)) (fun e -> finish (Error e))) raise);
  Mutex.lock mutex;
  while Option.is_none !result do
    Condition.wait condition mutex
  done;
  Mutex.unlock mutex;
  match !result with Some (Ok v) -> v | Some (Error e) -> raise e | None -> assert false
