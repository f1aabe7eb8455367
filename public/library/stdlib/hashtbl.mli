(** Hash tables. A key may have several bindings, of which the latest hides the others. Iteration goes by buckets; within one, later bindings of a key come first. *)

(** A table from keys to values. *)
type (!'a, !'b) t

(** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
val create : ?random:bool -> int -> ('a, 'b) t

(** Removes all bindings. *)
val clear : ('a, 'b) t -> unit

(** Removes all bindings and gives back the memory of growing. *)
val reset : ('a, 'b) t -> unit

(** A copy. *)
val copy : ('a, 'b) t -> ('a, 'b) t

(** Adds a binding; earlier ones of the key are hidden, not removed. *)
val add : ('a, 'b) t -> 'a -> 'b -> unit

(** The key's value. Raises [Not_found]. *)
val find : ('a, 'b) t -> 'a -> 'b

(** The key's value. *)
val find_opt : ('a, 'b) t -> 'a -> 'b option

(** The key's values, the latest first. *)
val find_all : ('a, 'b) t -> 'a -> 'b list

(** Whether the key has a binding. *)
val mem : ('a, 'b) t -> 'a -> bool

(** Removes the key's latest binding; the one before is visible again. *)
val remove : ('a, 'b) t -> 'a -> unit

(** Replaces the key's latest binding, or adds one. *)
val replace : ('a, 'b) t -> 'a -> 'b -> unit

(** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
val iter : ('a -> 'b -> unit) -> ('a, 'b) t -> unit

(** Replaces each value by the function's answer, and removes the binding for [None]. *)
val filter_map_inplace : ('a -> 'b -> 'b option) -> ('a, 'b) t -> unit

(** Combines all bindings with an accumulator. *)
val fold : ('a -> 'b -> 'acc -> 'acc) -> ('a, 'b) t -> 'acc -> 'acc

(** Number of bindings, hidden ones included. *)
val length : ('a, 'b) t -> int

(** From now on tables are made with [random]. *)
val randomize : unit -> unit

(** Whether tables are made with [random]. *)
val is_randomized : unit -> bool

(** A copy with its bindings hashed anew; see {!create} for [random]. *)
val rebuild : ?random:bool -> ('a, 'b) t -> ('a, 'b) t

(** Numbers of bindings and buckets, length of the longest bucket, and for each length the number of buckets. *)
type statistics = {
  num_bindings: int;
  num_buckets: int;
  max_bucket_length: int;
  bucket_histogram: int array
}

(** How full the buckets are. *)
val stats : ('a, 'b) t -> statistics

(** The bindings; those of a key from the latest to the earliest. *)
val to_seq : ('a,'b) t -> ('a * 'b) Seq.t

(** The keys of {!to_seq}. *)
val to_seq_keys : ('a,_) t -> 'a Seq.t

(** The values of {!to_seq}. *)
val to_seq_values : (_,'b) t -> 'b Seq.t

(** Adds bindings. *)
val add_seq : ('a,'b) t -> ('a * 'b) Seq.t -> unit

(** Adds bindings as {!replace} does. *)
val replace_seq : ('a,'b) t -> ('a * 'b) Seq.t -> unit

(** A table of these bindings, as {!replace} adds them. *)
val of_seq : ('a * 'b) Seq.t -> ('a, 'b) t

(** Keys with equality and a hash function; equal keys must have equal hashes. *)
module type HashedType =
  sig
    (** A table from keys to values. *)
    type t

    (** Equality. *)
    val equal : t -> t -> bool

    (** A non-negative integer, the same for values that compare equal, from at most 10 meaningful parts of a value. *)
    val hash : t -> int
   end

(** Tables with keys of a given type. *)
module type S =
  sig
    (** Keys. *)
    type key

    (** A table from keys to values. *)
    type !'a t

    (** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
    val create : int -> 'a t

    (** Removes all bindings. *)
    val clear : 'a t -> unit

    (** Removes all bindings and gives back the memory of growing. *)
    val reset : 'a t -> unit

    (** A copy. *)
    val copy : 'a t -> 'a t

    (** Adds a binding; earlier ones of the key are hidden, not removed. *)
    val add : 'a t -> key -> 'a -> unit

    (** Removes the key's latest binding; the one before is visible again. *)
    val remove : 'a t -> key -> unit

    (** The key's value. Raises [Not_found]. *)
    val find : 'a t -> key -> 'a

    (** The key's value. *)
    val find_opt : 'a t -> key -> 'a option

    (** The key's values, the latest first. *)
    val find_all : 'a t -> key -> 'a list

    (** Replaces the key's latest binding, or adds one. *)
    val replace : 'a t -> key -> 'a -> unit

    (** Whether the key has a binding. *)
    val mem : 'a t -> key -> bool

    (** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
    val iter : (key -> 'a -> unit) -> 'a t -> unit

    (** Replaces each value by the function's answer, and removes the binding for [None]. *)
    val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit

    (** Combines all bindings with an accumulator. *)
    val fold : (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc

    (** Number of bindings, hidden ones included. *)
    val length : 'a t -> int

    (** How full the buckets are. *)
    val stats : 'a t -> statistics

    (** The bindings; those of a key from the latest to the earliest. *)
    val to_seq : 'a t -> (key * 'a) Seq.t

    (** The keys of {!to_seq}. *)
    val to_seq_keys : _ t -> key Seq.t

    (** The values of {!to_seq}. *)
    val to_seq_values : 'a t -> 'a Seq.t

    (** Adds bindings. *)
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit

    (** Adds bindings as {!replace} does. *)
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit

    (** A table of these bindings, as {!replace} adds them. *)
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

(** Tables whose keys are compared and hashed by given functions. *)
module Make (H : HashedType) : S with type key = H.t

(** As {!HashedType}, with a hash function that takes a seed. *)
module type SeededHashedType =
  sig
    (** A table from keys to values. *)
    type t

    (** Equality. *)
    val equal : t -> t -> bool

    (** As {!hash}, with a seed. *)
    val seeded_hash : int -> t -> int
  end

(** Tables with keys of a given type and random seeds. *)
module type SeededS =
  sig
    (** Keys. *)
    type key

    (** A table from keys to values. *)
    type !'a t

    (** An empty table with room for about so many bindings. With [random] (by default as {!randomize} has set) iteration order is not foreseeable. *)
    val create : ?random:bool -> int -> 'a t

    (** Removes all bindings. *)
    val clear : 'a t -> unit

    (** Removes all bindings and gives back the memory of growing. *)
    val reset : 'a t -> unit

    (** A copy. *)
    val copy : 'a t -> 'a t

    (** Adds a binding; earlier ones of the key are hidden, not removed. *)
    val add : 'a t -> key -> 'a -> unit

    (** Removes the key's latest binding; the one before is visible again. *)
    val remove : 'a t -> key -> unit

    (** The key's value. Raises [Not_found]. *)
    val find : 'a t -> key -> 'a

    (** The key's value. *)
    val find_opt : 'a t -> key -> 'a option

    (** The key's values, the latest first. *)
    val find_all : 'a t -> key -> 'a list

    (** Replaces the key's latest binding, or adds one. *)
    val replace : 'a t -> key -> 'a -> unit

    (** Whether the key has a binding. *)
    val mem : 'a t -> key -> bool

    (** Calls a function on each binding. Bindings must not be added or removed meanwhile. *)
    val iter : (key -> 'a -> unit) -> 'a t -> unit

    (** Replaces each value by the function's answer, and removes the binding for [None]. *)
    val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit

    (** Combines all bindings with an accumulator. *)
    val fold : (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc

    (** Number of bindings, hidden ones included. *)
    val length : 'a t -> int

    (** How full the buckets are. *)
    val stats : 'a t -> statistics

    (** The bindings; those of a key from the latest to the earliest. *)
    val to_seq : 'a t -> (key * 'a) Seq.t

    (** The keys of {!to_seq}. *)
    val to_seq_keys : _ t -> key Seq.t

    (** The values of {!to_seq}. *)
    val to_seq_values : 'a t -> 'a Seq.t

    (** Adds bindings. *)
    val add_seq : 'a t -> (key * 'a) Seq.t -> unit

    (** Adds bindings as {!replace} does. *)
    val replace_seq : 'a t -> (key * 'a) Seq.t -> unit

    (** A table of these bindings, as {!replace} adds them. *)
    val of_seq : (key * 'a) Seq.t -> 'a t
  end

(** As {!Make}, with seeds. *)
module MakeSeeded (H : SeededHashedType) : SeededS with type key = H.t

(** A non-negative integer, the same for values that compare equal, from at most 10 meaningful parts of a value. *)
val hash : 'a -> int

(** As {!hash}, with a seed. *)
val seeded_hash : int -> 'a -> int

(** As {!hash}, from at most so many meaningful parts of at most so many parts of any kind. *)
val hash_param : int -> int -> 'a -> int

(** As {!hash_param}, with a seed as third argument. *)
val seeded_hash_param : int -> int -> int -> 'a -> int
