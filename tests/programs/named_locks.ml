(* Mutexes and conditions under the names of OCaml 4's thread library, for values of the modules' types. *)
external create : unit -> Mutex.t = "caml_mutex_new"
external lock : Mutex.t -> unit = "caml_mutex_lock"
external try_lock : Mutex.t -> bool = "caml_mutex_try_lock"
external unlock : Mutex.t -> unit = "caml_mutex_unlock"
external condition : unit -> Condition.t = "caml_condition_new"
external wait : Condition.t -> Mutex.t -> unit = "caml_condition_wait"
external signal : Condition.t -> unit = "caml_condition_signal"
external broadcast : Condition.t -> unit = "caml_condition_broadcast"

let () =
  let m = Mutex.create () and n = create () in
  Mutex.lock m;
  Printf.printf "%b %b\n" (try_lock m) (try_lock n);
  unlock m;
  Mutex.unlock n;
  lock m;
  Printf.printf "%b\n" (Mutex.try_lock m);
  unlock m

let () =
  let m = create () and c = condition () and ready = ref 0 in
  let waiter () =
    Thread.create (fun () ->
        lock m;
        while !ready = 0 do
          wait c m
        done;
        ready := !ready + 1;
        unlock m)
      ()
  in
  let threads = List.map waiter [ (); (); () ] in
  Thread.yield ();
  lock m;
  ready := 1;
  signal c;
  broadcast c;
  unlock m;
  List.iter Thread.join threads;
  Printf.printf "%d\n" !ready
