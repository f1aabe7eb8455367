(* Condition variables. *)

(* Those who wait have a number; those below [woken] may go on. *)
type t = { mutable next : int; mutable woken : int }

let create () = { next = 0; woken = 0 }

let wait c m =
  let number = c.next in
  c.next <- number + 1;
  Mutex.unlock m;
  CamlinternalDomain.wait_until "Condition.wait" (fun () -> number < c.woken);
  Mutex.lock m

let signal c = if c.woken < c.next then c.woken <- c.woken + 1
let broadcast c = c.woken <- c.next

(* As C code has them, here and in OCaml 4's thread library: for libraries that declare these. *)
let ml_new () = create () [@@primitive "caml_ml_condition_new"]
let ml_wait c m = wait c m [@@primitive "caml_ml_condition_wait"]
let ml_signal c = signal c [@@primitive "caml_ml_condition_signal"]
let ml_broadcast c = broadcast c [@@primitive "caml_ml_condition_broadcast"]
let thread_new () = create () [@@primitive "caml_condition_new"]
let thread_wait c m = wait c m [@@primitive "caml_condition_wait"]
let thread_signal c = signal c [@@primitive "caml_condition_signal"]
let thread_broadcast c = broadcast c [@@primitive "caml_condition_broadcast"]
