(* Locks. A domain or thread can lose its turn only where it waits, so that taking a lock is an ordinary assignment. *)

type t = { mutable owner : int }

let nobody = -1
let create () = { owner = nobody }
let self () = !CamlinternalDomain.current_task.number

let try_lock m =
  m.owner = nobody
  && begin
       m.owner <- self ();
       true
     end

let lock m =
  if m.owner = self () then raise (Sys_error "Mutex.lock: Resource deadlock avoided");
  if not (try_lock m) then CamlinternalDomain.wait_until "Mutex.lock" (fun () -> try_lock m)

let unlock m = if m.owner = self () then m.owner <- nobody else raise (Sys_error "Mutex.unlock: Operation not permitted")

let protect m f =
  lock m;
  match f () with
  | result ->
      unlock m;
      result
  | exception e ->
      let backtrace = Printexc.get_raw_backtrace () in
      unlock m;
      Printexc.raise_with_backtrace e backtrace

(* As C code has them, here and in OCaml 4's thread library: for libraries that declare these. *)
let ml_new () = create () [@@primitive "caml_ml_mutex_new"]
let ml_lock m = lock m [@@primitive "caml_ml_mutex_lock"]
let ml_try_lock m = try_lock m [@@primitive "caml_ml_mutex_try_lock"]
let ml_unlock m = unlock m [@@primitive "caml_ml_mutex_unlock"]
let thread_new () = create () [@@primitive "caml_mutex_new"]
let thread_lock m = lock m [@@primitive "caml_mutex_lock"]
let thread_try_lock m = try_lock m [@@primitive "caml_mutex_try_lock"]
let thread_unlock m = unlock m [@@primitive "caml_mutex_unlock"]
