(** Types as values. *)

(** Proof that two types are the same. *)
type (_, _) eq = Equal: ('a, 'a) eq

(** Identities of types. *)
module Id : sig
  (** Identity of a type. *)
  type !'a t

  (** A new one. *)
  val make : unit -> 'a t

  (** Its number, which no other has. *)
  val uid : 'a t -> int

  (** A proof that the types are the same, if the identities are. *)
  val provably_equal : 'a t -> 'b t -> ('a, 'b) eq option
end
