(** Priority search queues: finite maps from keys to priorities, in which the binding of the least priority is found at once. *)

module type Ordered = sig
  type t

  val compare : t -> t -> int
end

module type S = sig
  type t
  type k
  type p

  (** {1 Making} *)

  val empty : t

  (** One binding. *)
  val sg : k -> p -> t

  (** Of a key that is in both, the smaller priority. O(m log n). *)
  val ( ++ ) : t -> t -> t

  (** A later binding of a key replaces an earlier one. O(n log n). *)
  val of_list : (k * p) list -> t

  (** From a list in which keys increase. O(n log n). *)
  val of_sorted_list : (k * p) list -> t

  val of_seq : (k * p) Seq.t -> t
  val add_seq : (k * p) Seq.t -> t -> t

  (** {1 Bindings} O(log n), [size] O(1) *)

  val is_empty : t -> bool
  val size : t -> int
  val mem : k -> t -> bool
  val find : k -> t -> p option
  val add : k -> p -> t -> t

  (** As {!add}, but a key that is there keeps a smaller priority. *)
  val push : k -> p -> t -> t

  val remove : k -> t -> t
  val adjust : k -> (p -> p) -> t -> t
  val update : k -> (p option -> p option) -> t -> t

  (** Keys up to this one, and those above. *)
  val split_at : k -> t -> t * t

  (** {1 By priority} *)

  (** The binding of the least priority, of several the one of the least key. O(1). *)
  val min : t -> (k * p) option

  (** Without it. O(log n). *)
  val rest : t -> t option

  val pop : t -> ((k * p) * t) option

  (** Over the bindings of at most this priority, by key. O(m log n) for m of them. *)
  val fold_at_most : p -> (k -> p -> 'a -> 'a) -> 'a -> t -> 'a
  val iter_at_most : p -> (k -> p -> unit) -> t -> unit
  val to_seq_at_most : p -> t -> (k * p) Seq.t

  (** {1 All bindings} by key *)

  val to_list : t -> (k * p) list
  val to_seq : t -> (k * p) Seq.t

  (** By priority. *)
  val to_priority_list : t -> (k * p) list

  val to_priority_seq : t -> (k * p) Seq.t
  val fold : (k -> p -> 'a -> 'a) -> 'a -> t -> 'a
  val iter : (k -> p -> unit) -> t -> unit
  val filter : (k -> p -> bool) -> t -> t
  val partition : (k -> p -> bool) -> t -> t * t

  (** {1 Printing} *)

  val pp :
    ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> k * p -> unit) -> Format.formatter -> t -> unit

  val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> p -> unit) -> Format.formatter -> t -> unit

  (** The height of the tree. *)
  val depth : t -> int
end

module Make (K : Ordered) (P : Ordered) : S with type k = K.t and type p = P.t
