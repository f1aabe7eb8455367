(** No more than so many starts a second, for each of several channels. *)

module type S = sig
  type key
  type t

  (** [create ~rate ~max ~n]: [rate] a second for each channel, at most [max] waiting in all; [n] channels are expected. *)
  val create : rate:int -> max:int -> n:int -> t

  (** Waits for its turn: whether it may begin, or too many are waiting. *)
  val wait : t -> key -> bool Lwt.t
end

module Make (H : Hashtbl.HashedType) : S with type key = H.t
