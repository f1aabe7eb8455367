(** Maps from keys to values whose type the key determines. *)

module Order : sig
  (** How two keys compare: equal ones have the same type. *)
  type (_, _) t = Lt : ('a, 'b) t | Eq : ('a, 'a) t | Gt : ('a, 'b) t
end

module type KEY = sig
  type _ t

  val compare : 'a t -> 'b t -> ('a, 'b) Order.t
end

module type S = sig
  type 'a key
  type t

  val empty : t
  val singleton : 'a key -> 'a -> t
  val is_empty : t -> bool

  (** How many bindings. *)
  val cardinal : t -> int

  val mem : 'a key -> t -> bool
  val find : 'a key -> t -> 'a option

  (** Raises [Not_found]. *)
  val get : 'a key -> t -> 'a

  (** [None] when the key is bound. *)
  val add_unless_bound : 'a key -> 'a -> t -> t option

  val add : 'a key -> 'a -> t -> t
  val remove : 'a key -> t -> t
  val update : 'a key -> ('a option -> 'a option) -> t -> t

  (** {1 Bindings} in the order of their keys *)

  type b = B : 'a key * 'a -> b

  val min_binding : t -> b option
  val max_binding : t -> b option
  val any_binding : t -> b option
  val bindings : t -> b list

  (** Equality of values. *)
  type eq = { f : 'a. 'a key -> 'a -> 'a -> bool }

  val equal : eq -> t -> t -> bool

  type mapper = { f : 'a. 'a key -> 'a -> 'a }

  val map : mapper -> t -> t
  val iter : (b -> unit) -> t -> unit
  val fold : (b -> 'a -> 'a) -> t -> 'a -> 'a
  val for_all : (b -> bool) -> t -> bool
  val exists : (b -> bool) -> t -> bool
  val filter : (b -> bool) -> t -> t

  type merger = { f : 'a. 'a key -> 'a option -> 'a option -> 'a option }

  val merge : merger -> t -> t -> t

  (** What becomes of a key that is bound in both. *)
  type unionee = { f : 'a. 'a key -> 'a -> 'a -> 'a option }

  val union : unionee -> t -> t -> t
end

module Make (Key : KEY) : S with type 'a key = 'a Key.t
