(** Ephemerons: pairs of keys and data that do not keep the keys alive, and keep the data alive only as long as all keys are
    (Hayes, "Ephemerons: a new finalization mechanism", 1997); and hash tables of them.
    @since 4.03 *)

[@@@alert
unsynchronized_access "Unsynchronized accesses to weak hash tables are a programming error."]

(** Hash tables whose bindings disappear with their keys. The functions are those of {!Hashtbl.S}. A key may be collected at any
    time when the program does not hold it: what a table answers for keys that the program holds is exact. *)
module type S = sig
  (** Keys. *)
  type key

  (** Tables. *)
  type !'a t

  val create : int -> 'a t
  val clear : 'a t -> unit
  val reset : 'a t -> unit
  val copy : 'a t -> 'a t
  val add : 'a t -> key -> 'a -> unit
  val remove : 'a t -> key -> unit
  val find : 'a t -> key -> 'a
  val find_opt : 'a t -> key -> 'a option
  val find_all : 'a t -> key -> 'a list
  val replace : 'a t -> key -> 'a -> unit
  val mem : 'a t -> key -> bool

  (** Number of bindings, those with dead keys included. *)
  val length : 'a t -> int

  val stats : 'a t -> Hashtbl.statistics
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t

  (** Removes the bindings with dead keys. *)
  val clean : 'a t -> unit

  (** {!stats} of the bindings with living keys. *)
  val stats_alive : 'a t -> Hashtbl.statistics
end

(** {!S} with a seed for the hash function; random if [random] is [true]. *)
module type SeededS = sig
  (** Keys. *)
  type key

  (** Tables. *)
  type !'a t

  val create : ?random:bool -> int -> 'a t
  val clear : 'a t -> unit
  val reset : 'a t -> unit
  val copy : 'a t -> 'a t
  val add : 'a t -> key -> 'a -> unit
  val remove : 'a t -> key -> unit
  val find : 'a t -> key -> 'a
  val find_opt : 'a t -> key -> 'a option
  val find_all : 'a t -> key -> 'a list
  val replace : 'a t -> key -> 'a -> unit
  val mem : 'a t -> key -> bool

  (** Number of bindings, those with dead keys included. *)
  val length : 'a t -> int

  val stats : 'a t -> Hashtbl.statistics
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t

  (** Removes the bindings with dead keys. *)
  val clean : 'a t -> unit

  (** {!stats} of the bindings with living keys. *)
  val stats_alive : 'a t -> Hashtbl.statistics
end

(** One key. *)
module K1 : sig
  (** An ephemeron. *)
  type ('k, 'd) t

  (** A new one. *)
  val make : 'k -> 'd -> ('k, 'd) t

  (** The data, if the keys are physically the given ones and alive. *)
  val query : ('k, 'd) t -> 'k -> 'd option

  (** Weak hash tables. *)
  module Make (H : Hashtbl.HashedType) : S with type key = H.t

  (** Weak hash tables with a seed. *)
  module MakeSeeded (H : Hashtbl.SeededHashedType) : SeededS with type key = H.t

  (** Ephemerons to be searched one by one, last added first. *)
  module Bucket : sig
    (** A bucket. *)
    type ('k, 'd) t

    (** An empty one. *)
    val make : unit -> ('k, 'd) t

    (** Adds an ephemeron. *)
    val add : ('k, 'd) t -> 'k -> 'd -> unit

    (** Removes the last one added with these keys. *)
    val remove : ('k, 'd) t -> 'k -> unit

    (** The data of the last one added with these keys. *)
    val find : ('k, 'd) t -> 'k -> 'd option

    (** Number of ephemerons, dead ones included. *)
    val length : ('k, 'd) t -> int

    (** Removes all. *)
    val clear : ('k, 'd) t -> unit
  end
end

(** Two keys. *)
module K2 : sig
  (** An ephemeron. *)
  type ('k1, 'k2, 'd) t

  (** A new one. *)
  val make : 'k1 -> 'k2 -> 'd -> ('k1, 'k2, 'd) t

  (** The data, if the keys are physically the given ones and alive. *)
  val query : ('k1, 'k2, 'd) t -> 'k1 -> 'k2 -> 'd option

  (** Weak hash tables. *)
  module Make (H1 : Hashtbl.HashedType) (H2 : Hashtbl.HashedType) : S with type key = H1.t * H2.t

  (** Weak hash tables with a seed. *)
  module MakeSeeded (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) : SeededS with type key = H1.t * H2.t

  (** Ephemerons to be searched one by one, last added first. *)
  module Bucket : sig
    (** A bucket. *)
    type ('k1, 'k2, 'd) t

    (** An empty one. *)
    val make : unit -> ('k1, 'k2, 'd) t

    (** Adds an ephemeron. *)
    val add : ('k1, 'k2, 'd) t -> 'k1 -> 'k2 -> 'd -> unit

    (** Removes the last one added with these keys. *)
    val remove : ('k1, 'k2, 'd) t -> 'k1 -> 'k2 -> unit

    (** The data of the last one added with these keys. *)
    val find : ('k1, 'k2, 'd) t -> 'k1 -> 'k2 -> 'd option

    (** Number of ephemerons, dead ones included. *)
    val length : ('k1, 'k2, 'd) t -> int

    (** Removes all. *)
    val clear : ('k1, 'k2, 'd) t -> unit
  end
end

(** Any number of keys. *)
module Kn : sig
  (** An ephemeron. *)
  type ('k, 'd) t

  (** A new one. *)
  val make : 'k array -> 'd -> ('k, 'd) t

  (** The data, if the keys are physically the given ones and alive. *)
  val query : ('k, 'd) t -> 'k array -> 'd option

  (** Weak hash tables. *)
  module Make (H : Hashtbl.HashedType) : S with type key = H.t array

  (** Weak hash tables with a seed. *)
  module MakeSeeded (H : Hashtbl.SeededHashedType) : SeededS with type key = H.t array

  (** Ephemerons to be searched one by one, last added first. *)
  module Bucket : sig
    (** A bucket. *)
    type ('k, 'd) t

    (** An empty one. *)
    val make : unit -> ('k, 'd) t

    (** Adds an ephemeron. *)
    val add : ('k, 'd) t -> 'k array -> 'd -> unit

    (** Removes the last one added with these keys. *)
    val remove : ('k, 'd) t -> 'k array -> unit

    (** The data of the last one added with these keys. *)
    val find : ('k, 'd) t -> 'k array -> 'd option

    (** Number of ephemerons, dead ones included. *)
    val length : ('k, 'd) t -> int

    (** Removes all. *)
    val clear : ('k, 'd) t -> unit
  end
end
