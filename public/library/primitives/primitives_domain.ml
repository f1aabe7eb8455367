(* Domains, mutexes and conditions where there is one domain: nobody else can hold a lock or wait for a signal, so what would block
   would block for ever, and raises what the C library tells of such a deadlock. *)

open Primitives_base

(* {1 Mutexes} *)

type mutex = { mutable locked : bool }

let caml_ml_mutex_new () = { locked = false } [@@primitive "caml_ml_mutex_new"]

let caml_ml_mutex_lock mutex =
  if mutex.locked then raise (Sys_error "Mutex.lock: Resource deadlock avoided");
  mutex.locked <- true
[@@primitive "caml_ml_mutex_lock"]

let caml_ml_mutex_try_lock mutex =
  (not mutex.locked)
  && begin
       mutex.locked <- true;
       true
     end
[@@primitive "caml_ml_mutex_try_lock"]

let caml_ml_mutex_unlock mutex =
  if not mutex.locked then raise (Sys_error "Mutex.unlock: Operation not permitted");
  mutex.locked <- false
[@@primitive "caml_ml_mutex_unlock"]

(* {1 Conditions} *)

type condition = { mutable signals : int }

let caml_ml_condition_new () = { signals = 0 } [@@primitive "caml_ml_condition_new"]
let caml_ml_condition_wait (_ : condition) (_ : mutex) : unit = raise (Sys_error "Condition.wait: Resource deadlock avoided") [@@primitive "caml_ml_condition_wait"]
let caml_ml_condition_signal (_ : condition) = () [@@primitive "caml_ml_condition_signal"]
let caml_ml_condition_broadcast (_ : condition) = () [@@primitive "caml_ml_condition_broadcast"]

(* {1 Domains} *)

let caml_recommended_domain_count () = 1 [@@primitive "caml_recommended_domain_count"]

(** The identity of the domain whose code runs: each one that is spawned runs to its end at once, in its own name. *)
let current = ref 0

let last = ref 0
let caml_ml_domain_id () = !current [@@primitive "caml_ml_domain_id"]
let caml_ml_domain_index () = 0 [@@primitive "caml_ml_domain_index"]
let caml_ml_domain_cpu_relax () = () [@@primitive "caml_ml_domain_cpu_relax"]

type local

external no_locals : unit array -> local array = "%identity"

(* The table of domain-local values that the module Domain keeps. *)
let locals : local array ref = ref (no_locals [||])
let caml_domain_dls_get () = !locals [@@primitive "caml_domain_dls_get"]
let caml_domain_dls_set table = locals := table [@@primitive "caml_domain_dls_set"]

let caml_domain_dls_compare_and_set seen table =
  !locals == seen
  && begin
       locals := table;
       true
     end
[@@primitive "caml_domain_dls_compare_and_set"]

(** Runs the body of a new domain, which stores its result itself, and gives the domain's identity. *)
let caml_domain_spawn (body : unit -> unit) (_ : 'a) =
  incr last;
  let caller = !current and callers_locals = !locals and id = !last in
  current := id;
  locals := no_locals [||];
  (try body () with _ -> ());
  current := caller;
  locals := callers_locals;
  id
[@@primitive "caml_domain_spawn"]
