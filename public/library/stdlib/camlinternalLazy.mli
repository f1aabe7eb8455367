(** Forcing of lazy values; not for use in programs. *)

(** A delayed value. *)
type 'a t = 'a lazy_t

(** A delayed value needs itself. *)
exception Undefined

(** Forces a value that has not been evaluated. *)
val force_lazy_block : 'a lazy_t -> 'a

(** Forces any value; with [only_val] an exception leaves it undefined. *)
val force_gen : only_val:bool -> 'a lazy_t -> 'a
