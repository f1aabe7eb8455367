(** Values as they lie in memory. A program that uses this module must know what the compiler does. *)

(** Any value. *)
type t

(** A machine word. *)
type raw_data = nativeint

(** A value of any type. *)
external repr : 'a -> t = "%identity"

(** As a value of a type, unchecked. *)
external obj : t -> 'a = "%identity"

(** From a type to another, unchecked. *)
external magic : 'a -> 'b = "%identity"

(** Whether the value is a block of memory. *)
val is_block : t -> bool

(** Whether the value is an immediate. *)
external is_int : t -> bool = "%obj_is_int"

(** The block's tag, {!int_tag} for an immediate. *)
external tag : t -> int = "caml_obj_tag" [@@noalloc]

(** Number of the block's words. *)
external size : t -> int = "%obj_size"

(** Number of words that are reachable from the value, with headers. *)
external reachable_words : t -> int = "caml_obj_reachable_words"

(** A field of a block. *)
external field : t -> int -> t = "%obj_field"

(** Changes a field of a block. *)
external set_field : t -> int -> t -> unit = "%obj_set_field"

(** An element of a block of floats. *)
val double_field : t -> int -> float

(** Changes an element of a block of floats. *)
val set_double_field : t -> int -> float -> unit

(** A field's bits. *)
external raw_field : t -> int -> raw_data = "caml_obj_raw_field"

(** Changes a field's bits. *)
external set_raw_field : t -> int -> raw_data -> unit = "caml_obj_set_raw_field"

(** A new block of a tag and a size. *)
external new_block : int -> int -> t = "caml_obj_block"

(** A copy of the block. *)
external dup : t -> t = "caml_obj_dup"

(** The value so many bytes further. *)
external add_offset : t -> int32 -> t = "caml_obj_add_offset"

(** A copy of the block with another tag. *)
external with_tag : int -> t -> t = "caml_obj_with_tag"

(** 0. *)
val first_non_constant_constructor_tag : int

(** The last tag of constructors with arguments. *)
val last_non_constant_constructor_tag : int

(** Lazy values that are being evaluated. *)
val forcing_tag : int

(** Continuations. *)
val cont_tag : int

(** Lazy values that have not been evaluated. *)
val lazy_tag : int

(** Functions. *)
val closure_tag : int

(** Objects. *)
val object_tag : int

(** Functions inside the block of another. *)
val infix_tag : int

(** Lazy values with their result. *)
val forward_tag : int

(** Blocks from this tag on hold no values. *)
val no_scan_tag : int

(** Data that the collector leaves alone. *)
val abstract_tag : int

(** Strings and byte sequences. *)
val string_tag : int

(** Floats. *)
val double_tag : int

(** Arrays and records of floats. *)
val double_array_tag : int

(** Boxed integers and other data with operations of their own. *)
val custom_tag : int

(** What {!tag} gives for an immediate. *)
val int_tag : int

(** Not used any more. *)
val out_of_heap_tag : int

(** Not used any more. *)
val unaligned_tag : int

(** Constructors of extensible types, exceptions among them. *)
module Extension_constructor :
sig
  (** Any value. *)
  type t = extension_constructor

  (** The constructor of a value. Raises [Invalid_argument] when it is none of an extensible type. *)
  val of_val : 'a -> t

  (** Its name. *)
  val name : t -> string

  (** Its number, which no other has. *)
  val id : t -> int
end

(** Ephemerons with any number of keys, behind {!Ephemeron}. *)
module Ephemeron: sig
  (** Any value. *)
  type obj_t = t

  (** Any value. *)
  type t

  (** An ephemeron with so many empty keys. Raises [Invalid_argument] when there are too many. *)
  val create : int -> t

  (** Number of keys. *)
  val length : t -> int

  (** A key. *)
  val get_key : t -> int -> obj_t option

  (** A copy of a key. *)
  val get_key_copy : t -> int -> obj_t option

  (** Sets a key. *)
  val set_key : t -> int -> obj_t -> unit

  (** Empties a key. *)
  val unset_key : t -> int -> unit

  (** Whether a key is set. *)
  val check_key : t -> int -> bool

  (** Copies keys. *)
  val blit_key : t -> int -> t -> int -> int -> unit

  (** The data, when all keys are alive. *)
  val get_data : t -> obj_t option

  (** A copy of the data. *)
  val get_data_copy : t -> obj_t option

  (** Sets the data. *)
  val set_data : t -> obj_t -> unit

  (** Empties the data. *)
  val unset_data : t -> unit

  (** Whether there are data. *)
  val check_data : t -> bool

  (** Copies the data. *)
  val blit_data : t -> t -> unit

  (** Greatest number of keys. *)
  val max_ephe_length : int
end
