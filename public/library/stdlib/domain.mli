(** Domains. There is one processor: they take turns, and one is interrupted only where it waits for another, at {!cpu_relax}, or at its end. *)

(** A domain, which will give a value. *)
type !'a t

(** Runs a function in a new domain. *)
val spawn : (unit -> 'a) -> 'a t

(** Waits for a domain's end: its result, or raises its exception. *)
val join : 'a t -> 'a

(** Number of a domain. *)
type id = private int

(** Its number. *)
val get_id : 'a t -> id

(** Number of the domain that asks. *)
val self : unit -> id

(** Has a function called when {!spawn} is called for the first time. Raises [Invalid_argument] afterwards. *)
val before_first_spawn : (unit -> unit) -> unit

(** Has a function called at the end of the domain that asks. *)
val at_exit : (unit -> unit) -> unit

(** Lets other domains run. *)
val cpu_relax : unit -> unit

(** Whether this is the program's first domain. *)
val is_main_domain : unit -> bool

(** How many domains can run at once: 1. *)
val recommended_domain_count : unit -> int

(** A small number that no other running domain has. *)
val self_index : unit -> int

(** Values of which each domain has its own. *)
module DLS : sig
    (** A name for such values. *)
    type 'a key

    (** A new one: how a domain gets its first value, and how from that of the domain that made it. *)
    val new_key : ?split_from_parent:('a -> 'a) -> (unit -> 'a) -> 'a key

    (** The value in this domain. *)
    val get : 'a key -> 'a

    (** Changes the value in this domain. *)
    val set : 'a key -> 'a -> unit
end
