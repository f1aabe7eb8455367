(* Domains where there is one: each that is spawned runs to its end at once. Mutexes and conditions are the standard library's. *)

open Primitives_base

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
