(** Shared-memory channels between domains of one machine, as far as devices' signatures name them. *)

module Port : sig
  (** The name of a channel. *)
  type t

  val of_string : string -> (t, [ `Msg of string ]) result
  val to_string : t -> string
end
