(** Caches that drop the binding used longest ago. Values have weights; a cache has a capacity, which it may exceed until it is trimmed. *)

module type Weighted = sig
  type t

  (** Not negative. *)
  val weight : t -> int
end

(** Caches that do not change. *)
module F : sig
  module type S = sig
    type t
    type k
    type v

    (** An empty cache of this capacity. Raises [Invalid_argument] when negative. *)
    val empty : int -> t

    val is_empty : t -> bool

    (** How many bindings. *)
    val size : t -> int

    (** The sum of their weights. *)
    val weight : t -> int

    val capacity : t -> int

    (** Another capacity; nothing is dropped. *)
    val resize : int -> t -> t

    (** Drops the bindings used longest ago until the weight is at most the capacity. *)
    val trim : t -> t

    val mem : k -> t -> bool

    (** Is no use: see {!promote}. *)
    val find : k -> t -> v option

    (** Makes the binding the one used last. *)
    val promote : k -> t -> t

    (** The new binding is the one used last. *)
    val add : k -> v -> t -> t

    val remove : k -> t -> t
    val pop : k -> t -> (v * t) option

    (** The binding used longest ago. *)
    val lru : t -> (k * v) option

    val drop_lru : t -> t
    val pop_lru : t -> ((k * v) * t) option

    (** From the binding used longest ago on; with [_k] by key. *)
    val fold : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a

    val fold_k : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a
    val iter : (k -> v -> unit) -> t -> unit
    val iter_k : (k -> v -> unit) -> t -> unit

    (** The capacity is the weight. *)
    val of_list : (k * v) list -> t

    val to_list : t -> (k * v) list

    val pp :
      ?pp_size:(Format.formatter -> int * int -> unit) ->
      ?sep:(Format.formatter -> unit -> unit) ->
      (Format.formatter -> k * v -> unit) ->
      Format.formatter ->
      t ->
      unit

    val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> v -> unit) -> Format.formatter -> t -> unit
  end

  module Make (K : Map.OrderedType) (V : Weighted) : S with type k = K.t and type v = V.t
end

(** Caches that change. *)
module M : sig
  module type S = sig
    type t
    type k
    type v

    (** [random] is that of [Hashtbl.create]. *)
    val create : ?random:bool -> int -> t

    val is_empty : t -> bool
    val size : t -> int
    val weight : t -> int
    val capacity : t -> int
    val resize : int -> t -> unit
    val trim : t -> unit
    val mem : k -> t -> bool
    val find : k -> t -> v option
    val promote : k -> t -> unit
    val add : k -> v -> t -> unit
    val remove : k -> t -> unit
    val lru : t -> (k * v) option
    val drop_lru : t -> unit
    val fold : (k -> v -> 'a -> 'a) -> 'a -> t -> 'a
    val iter : (k -> v -> unit) -> t -> unit
    val of_list : (k * v) list -> t
    val to_list : t -> (k * v) list

    val pp :
      ?pp_size:(Format.formatter -> int * int -> unit) ->
      ?sep:(Format.formatter -> unit -> unit) ->
      (Format.formatter -> k * v -> unit) ->
      Format.formatter ->
      t ->
      unit

    val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> v -> unit) -> Format.formatter -> t -> unit
  end

  module Make (K : Hashtbl.HashedType) (V : Weighted) : S with type k = K.t and type v = V.t
  module MakeSeeded (K : Hashtbl.SeededHashedType) (V : Weighted) : S with type k = K.t and type v = V.t
end

(** [memo ~cap f]: the function that [f] makes recursive, its results kept in a cache of capacity [cap]. [hashed] is the hash and the equality of
    arguments, by default the polymorphic ones; [weight] that of results, by default 1. Raises [Invalid_argument] on a negative capacity. *)
val memo :
  ?hashed:('a -> int) * ('a -> 'a -> bool) ->
  ?weight:('b -> int) -> cap:int -> (('a -> 'b) -> 'a -> 'b) -> 'a -> 'b
