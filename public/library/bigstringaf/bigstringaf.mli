(** Bytes outside the heap that the collector moves, and what is done with them. Functions raise [Invalid_argument] outside their bounds; those
    whose names begin with [unsafe] do not check. *)

type t = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

(** {1 Making} *)

(** What is in them is not determined. *)
val create : int -> t

val empty : t
val of_string : off:int -> len:int -> string -> t
val copy : t -> off:int -> len:int -> t

(** A window into the same bytes. *)
val sub : t -> off:int -> len:int -> t

(** {1 Reading and writing} *)

val length : t -> int
val substring : t -> off:int -> len:int -> string
val to_string : t -> string
external get : t -> int -> char = "%caml_ba_ref_1"
external set : t -> int -> char -> unit = "%caml_ba_set_1"
external unsafe_get : t -> int -> char = "%caml_ba_unsafe_ref_1"
external unsafe_set : t -> int -> char -> unit = "%caml_ba_unsafe_set_1"

(** {1 Numbers} the lower byte first ([le]) or the higher ([be]) *)

val get_int16_le : t -> int -> int
val set_int16_le : t -> int -> int -> unit
val get_int32_le : t -> int -> int32
val set_int32_le : t -> int -> int32 -> unit
val get_int64_le : t -> int -> int64
val set_int64_le : t -> int -> int64 -> unit
val get_int16_sign_extended_le : t -> int -> int
val get_int16_be : t -> int -> int
val set_int16_be : t -> int -> int -> unit
val get_int32_be : t -> int -> int32
val set_int32_be : t -> int -> int32 -> unit
val get_int64_be : t -> int -> int64
val set_int64_be : t -> int -> int64 -> unit
val get_int16_sign_extended_be : t -> int -> int

val unsafe_get_int16_le : t -> int -> int
val unsafe_set_int16_le : t -> int -> int -> unit
val unsafe_get_int32_le : t -> int -> int32
val unsafe_set_int32_le : t -> int -> int32 -> unit
val unsafe_get_int64_le : t -> int -> int64
val unsafe_set_int64_le : t -> int -> int64 -> unit
val unsafe_get_int16_sign_extended_le : t -> int -> int
val unsafe_get_int16_be : t -> int -> int
val unsafe_set_int16_be : t -> int -> int -> unit
val unsafe_get_int32_be : t -> int -> int32
val unsafe_set_int32_be : t -> int -> int32 -> unit
val unsafe_get_int64_be : t -> int -> int64
val unsafe_set_int64_be : t -> int -> int64 -> unit
val unsafe_get_int16_sign_extended_be : t -> int -> int

(** {1 Copying} Source and target may overlap. *)

val blit : t -> src_off:int -> t -> dst_off:int -> len:int -> unit
val blit_from_string : string -> src_off:int -> t -> dst_off:int -> len:int -> unit
val blit_from_bytes : Bytes.t -> src_off:int -> t -> dst_off:int -> len:int -> unit
val blit_to_bytes : t -> src_off:int -> Bytes.t -> dst_off:int -> len:int -> unit
val unsafe_blit : t -> src_off:int -> t -> dst_off:int -> len:int -> unit
val unsafe_blit_from_string : string -> src_off:int -> t -> dst_off:int -> len:int -> unit
val unsafe_blit_from_bytes : Bytes.t -> src_off:int -> t -> dst_off:int -> len:int -> unit
val unsafe_blit_to_bytes : t -> src_off:int -> Bytes.t -> dst_off:int -> len:int -> unit

(** {1 Comparing} [memcmp a i b j len]: less than, equal to or greater than 0 *)

val memcmp : t -> int -> t -> int -> int -> int
val memcmp_string : t -> int -> string -> int -> int -> int
val unsafe_memcmp : t -> int -> t -> int -> int -> int
val unsafe_memcmp_string : t -> int -> string -> int -> int -> int

(** {1 Searching} [memchr t off c len]: where the byte is in that part, or -1 *)

val memchr : t -> int -> char -> int -> int
val unsafe_memchr : t -> int -> char -> int -> int
