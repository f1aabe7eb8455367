(** Weak arrays: their elements may be collected when nothing else refers to them, and are [None] then; and sets that hold their
    elements so. *)

(** A weak array. *)
type !'a t

(** [create n]: a weak array of [n] elements [None]. Raises [Invalid_argument] if [n] is negative or too large. *)
val create : int -> 'a t

(** Number of elements. *)
val length : 'a t -> int

(** [set a i v] sets the element [i]. Raises [Invalid_argument] unless it exists, as the functions that follow. *)
val set : 'a t -> int -> 'a option -> unit

(** The element, or [None] if it is not set or was collected. *)
val get : 'a t -> int -> 'a option

(** A shallow copy of the element, which does not keep it alive. Custom values, like [int64] numbers, are not copied. *)
val get_copy : 'a t -> int -> 'a option

(** Whether the element is there. *)
val check : 'a t -> int -> bool

(** [fill a i n v] sets [n] elements from [i] on. *)
val fill : 'a t -> int -> int -> 'a option -> unit

(** [blit a i b j n] copies [n] elements; the ranges may overlap. *)
val blit : 'a t -> int -> 'a t -> int -> int -> unit

(** Sets that do not keep their elements alive. *)
module type S = sig
  (** Elements. *)
  type data

  (** Sets. *)
  type t

  (** An empty set for about so many elements. *)
  val create : int -> t

  (** Removes all elements. *)
  val clear : t -> unit

  (** The element of the set that is equal to the given one; this one is added if there is none. *)
  val merge : t -> data -> data

  (** Adds an element, also if an equal one is there. *)
  val add : t -> data -> unit

  (** Removes an element equal to the given one, if there is any. *)
  val remove : t -> data -> unit

  (** An element equal to the given one. Raises [Not_found]. *)
  val find : t -> data -> data

  (** An element equal to the given one.
      @since 4.05 *)
  val find_opt : t -> data -> data option

  (** All elements equal to the given one. *)
  val find_all : t -> data -> data list

  (** Whether there is an element equal to the given one. *)
  val mem : t -> data -> bool

  (** Applies a function to each element, in no particular order. *)
  val iter : (data -> unit) -> t -> unit

  (** Folds a function over the elements, in no particular order. *)
  val fold : (data -> 'acc -> 'acc) -> t -> 'acc -> 'acc

  (** Number of elements, counted one by one. *)
  val count : t -> int

  (** Number of buckets, of elements, of places; length of the smallest, median and largest bucket. *)
  val stats : t -> int * int * int * int * int * int
end

(** Sets of elements with this equality and hash function. *)
module Make (H : Hashtbl.HashedType) : S with type data = H.t
