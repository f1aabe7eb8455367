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
