(** Floating-point numbers of 64 bits (IEEE 754). *)

(** 0. *)
val zero : float

(** 1. *)
val one : float

(** −1. *)
val minus_one : float

(** Opposite. *)
external neg : float -> float = "%negfloat"

(** Sum. *)
external add : float -> float -> float = "%addfloat"

(** Difference. *)
external sub : float -> float -> float = "%subfloat"

(** Product. *)
external mul : float -> float -> float = "%mulfloat"

(** Quotient. *)
external div : float -> float -> float = "%divfloat"

(** [x * y + z], rounded once. *)
external fma : float -> float -> float -> float = "caml_fma_float" "caml_fma" [@@unboxed] [@@noalloc]

(** Remainder of the quotient rounded towards zero, with the sign of the dividend. *)
external rem : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]

(** The next greater number. *)
val succ : float -> float

(** The next lesser number. *)
val pred : float -> float

(** Absolute value. *)
external abs : float -> float = "%absfloat"

(** Positive infinity. *)
val infinity : float

(** Negative infinity. *)
val neg_infinity : float

(** Not a number. *)
val nan : float

(** A signaling NaN. *)
val signaling_nan : float

(** A quiet NaN. *)
val quiet_nan : float

(** The constant π. *)
val pi : float

(** The greatest finite number. *)
val max_float : float

(** The least positive normal number. *)
val min_float : float

(** Distance from 1 to the next greater number. *)
val epsilon : float

(** Whether it is neither infinite nor a NaN. *)
val is_finite : float -> bool

(** Whether it is infinite. *)
val is_infinite : float -> bool

(** Whether it is a NaN. *)
val is_nan : float -> bool

(** Whether it is a whole number. *)
val is_integer : float -> bool

(** Nearest number. *)
external of_int : int -> float = "%floatofint"

(** Integer part; unspecified when it does not fit. *)
external to_int : float -> int = "%intoffloat"

(** Number written in decimal, or in hexadecimal after [0x]. Raises [Failure]. *)
external of_string : string -> float = "caml_float_of_string"

(** As {!of_string}. *)
val of_string_opt : string -> float option

(** With 12 significant digits. *)
val to_string : float -> string

(** Kinds of numbers. *)
type fpclass = Stdlib.fpclass =
    FP_normal
  | FP_subnormal
  | FP_zero
  | FP_infinite
  | FP_nan

(** Its kind. *)
external classify_float : (float [@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed" [@@noalloc]

(** Power. *)
external pow : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]

(** Square root. *)
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]

(** Cube root. *)
external cbrt : float -> float = "caml_cbrt_float" "caml_cbrt" [@@unboxed] [@@noalloc]

(** Exponential. *)
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]

(** Power of 2. *)
external exp2 : float -> float = "caml_exp2_float" "caml_exp2" [@@unboxed] [@@noalloc]

(** Natural logarithm. *)
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]

(** Logarithm to base 10. *)
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]

(** Logarithm to base 2. *)
external log2 : float -> float = "caml_log2_float" "caml_log2" [@@unboxed] [@@noalloc]

(** [exp x - 1], exact near 0. *)
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]

(** [log (1 + x)], exact near 0. *)
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]

(** Cosine. *)
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]

(** Sine. *)
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]

(** Tangent. *)
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]

(** Arc cosine, from 0 to π. *)
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]

(** Arc sine, from −π/2 to π/2. *)
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]

(** Arc tangent, from −π/2 to π/2. *)
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]

(** Angle of the point (x, y), given as [atan2 y x], from −π to π. *)
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]

(** Length of the hypotenuse. *)
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]

(** Hyperbolic cosine. *)
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]

(** Hyperbolic sine. *)
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]

(** Hyperbolic tangent. *)
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]

(** Inverse hyperbolic cosine. *)
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]

(** Inverse hyperbolic sine. *)
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]

(** Inverse hyperbolic tangent. *)
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]

(** Error function. *)
external erf : float -> float = "caml_erf_float" "caml_erf" [@@unboxed] [@@noalloc]

(** Complement of the error function. *)
external erfc : float -> float = "caml_erfc_float" "caml_erfc" [@@unboxed] [@@noalloc]

(** Rounded towards zero. *)
external trunc : float -> float = "caml_trunc_float" "caml_trunc" [@@unboxed] [@@noalloc]

(** Rounded to the nearest whole number, halves away from zero. *)
external round : float -> float = "caml_round_float" "caml_round" [@@unboxed] [@@noalloc]

(** Rounded upwards. *)
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]

(** Rounded downwards. *)
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]

(** The number next to the first in the direction of the second. *)
external next_after : float -> float -> float = "caml_nextafter_float" "caml_nextafter" [@@unboxed] [@@noalloc]

(** The first with the sign of the second. *)
external copy_sign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]

(** Whether the sign is negative, also of 0 and NaN. *)
external sign_bit : (float [@unboxed]) -> bool = "caml_signbit_float" "caml_signbit" [@@noalloc]

(** Mantissa from 0.5 to 1 and exponent. *)
external frexp : float -> float * int = "caml_frexp_float"

(** Product with a power of 2. *)
external ldexp : (float [@unboxed]) -> (int [@untagged]) -> (float [@unboxed]) = "caml_ldexp_float" "caml_ldexp_float_unboxed" [@@noalloc]

(** Fractional and whole part. *)
external modf : float -> float * float = "caml_modf_float"

(** Floats. *)
type t = float

(** A total order: a NaN equals itself and comes first. *)
val compare : t -> t -> int

(** As {!compare} has it. *)
val equal : t -> t -> bool

(** The lesser one; a NaN if one is; −0 is less than 0. *)
val min : t -> t -> t

(** The greater one; a NaN if one is. *)
val max : float -> float -> float

(** {!min} and {!max}. *)
val min_max : float -> float -> float * float

(** The lesser one; the other when one is a NaN. *)
val min_num : t -> t -> t

(** The greater one; the other when one is a NaN. *)
val max_num : t -> t -> t

(** {!min_num} and {!max_num}. *)
val min_max_num : float -> float -> float * float

(** As {!Hashtbl.seeded_hash}. *)
val seeded_hash : int -> t -> int

(** As {!Hashtbl.hash}. *)
val hash : t -> int

(** Arrays of floats, unboxed. Positions count from 0; one outside raises [Invalid_argument]. *)
module Array : sig
  (** Arrays. *)
  type t = floatarray

  (** Number of elements. *)
  val length : t -> int

  (** The element at a position, [a.(i)]. *)
  val get : t -> int -> float

  (** Changes the element at a position, [a.(i) <- x]. *)
  val set : t -> int -> float -> unit

  (** So many times this element, the same one everywhere. Raises [Invalid_argument] when the length is negative or above {!Sys.max_array_length}. *)
  val make : int -> float -> t

  (** So many floats of any value. Raises [Invalid_argument] when the length is negative or above {!Sys.max_floatarray_length}. *)
  val create : int -> t

  (** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] as {!make}. *)
  val init : int -> (int -> float) -> t

  (** So many rows of so many times this element. Raises [Invalid_argument] when a number is negative. *)
  val make_matrix : int -> int -> float -> t array

  (** Rows of columns: element [(i, j)] is [f i j], computed row by row. Raises [Invalid_argument] when a number is negative. *)
  val init_matrix : int -> int -> (int -> int -> float) -> t array

  (** One array, then the other. *)
  val append : t -> t -> t

  (** All of them in a row. *)
  val concat : t list -> t

  (** The range of a length from a position on. *)
  val sub : t -> int -> int -> t

  (** A copy. *)
  val copy : t -> t

  (** Sets a range to an element. *)
  val fill : t -> int -> int -> float -> unit

  (** Copies a range into another, which may overlap. *)
  val blit : t -> int -> t -> int -> int -> unit

  (** The elements as a list. *)
  val to_list : t -> float list

  (** The elements of a list. *)
  val of_list : float list -> t

  (** Calls a function on each element. *)
  val iter : (float -> unit) -> t -> unit

  (** As {!iter}, with positions. *)
  val iteri : (int -> float -> unit) -> t -> unit

  (** Applies a function to each element. *)
  val map : (float -> float) -> t -> t

  (** Puts the function's results in the places of the elements. *)
  val map_inplace : (float -> float) -> t -> unit

  (** As {!map}, with positions. *)
  val mapi : (int -> float -> float) -> t -> t

  (** As {!map_inplace}, with positions. *)
  val mapi_inplace : (int -> float -> float) -> t -> unit

  (** [f (… (f acc x0) …) xn]. *)
  val fold_left : ('acc -> float -> 'acc) -> 'acc -> t -> 'acc

  (** [f x0 (… (f xn acc))]. *)
  val fold_right : (float -> 'acc -> 'acc) -> t -> 'acc -> 'acc

  (** Calls a function on elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
  val iter2 : (float -> float -> unit) -> t -> t -> unit

  (** Applies a function to elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
  val map2 : (float -> float -> float) -> t -> t -> t

  (** Whether all elements satisfy the predicate. *)
  val for_all : (float -> bool) -> t -> bool

  (** Whether some element satisfies the predicate. *)
  val exists : (float -> bool) -> t -> bool

  (** Whether an element compares equal; a NaN equals a NaN. *)
  val mem : float -> t -> bool

  (** Whether an element is equal by [=]; a NaN equals nothing. *)
  val mem_ieee : float -> t -> bool

  (** The first element that satisfies the predicate. *)
  val find_opt : (float -> bool) -> t -> float option

  (** Position of the first element that satisfies the predicate. *)
  val find_index : (float-> bool) -> t -> int option

  (** The first answer that is not [None]. *)
  val find_map : (float -> 'a option) -> t -> 'a option

  (** As {!find_map}, with positions. *)
  val find_mapi : (int -> float -> 'a option) -> t -> 'a option

  (** Sorts in place, in ascending order, with constant memory; equal elements come in any order. Takes n log n steps. *)
  val sort : (float -> float -> int) -> t -> unit

  (** Sorts in place; equal elements keep their order. Needs memory for half the array. *)
  val stable_sort : (float -> float -> int) -> t -> unit

  (** As {!stable_sort}. *)
  val fast_sort : (float -> float -> int) -> t -> unit

  (** Puts the elements into a random order; [rand n] must give each number from 0 to [n - 1] as often. *)
  val shuffle : rand:(int -> int) -> t -> unit

  (** The elements. *)
  val to_seq : t -> float Seq.t

  (** The elements with their positions. *)
  val to_seqi : t -> (int * float) Seq.t

  (** The array of these elements. *)
  val of_seq : float Seq.t -> t

  (** As {!map}, to an array of any type. *)
  val map_to_array : (float -> 'a) -> t -> 'a array

  (** As {!map}, from an array of any type. *)
  val map_from_array : ('a -> float) -> 'a array -> t

  (** As {!get}, unchecked. *)
  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"

  (** As {!set}, unchecked. *)
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"
end

(** {!Array} with labels. *)
module ArrayLabels : sig
  (** Arrays. *)
  type t = floatarray

  (** Number of elements. *)
  val length : t -> int

  (** The element at a position, [a.(i)]. *)
  val get : t -> int -> float

  (** Changes the element at a position, [a.(i) <- x]. *)
  val set : t -> int -> float -> unit

  (** So many times this element, the same one everywhere. Raises [Invalid_argument] when the length is negative or above {!Sys.max_array_length}. *)
  val make : int -> float -> t

  (** So many floats of any value. Raises [Invalid_argument] when the length is negative or above {!Sys.max_floatarray_length}. *)
  val create : int -> t

  (** [f 0], … [f (n - 1)], computed in this order. Raises [Invalid_argument] as {!make}. *)
  val init : int -> f:(int -> float) -> t

  (** So many rows of so many times this element. Raises [Invalid_argument] when a number is negative. *)
  val make_matrix : dimx:int -> dimy:int -> float -> t array

  (** Rows of columns: element [(i, j)] is [f i j], computed row by row. Raises [Invalid_argument] when a number is negative. *)
  val init_matrix : dimx:int -> dimy:int -> f:(int -> int -> float) -> t array

  (** One array, then the other. *)
  val append : t -> t -> t

  (** All of them in a row. *)
  val concat : t list -> t

  (** The range of a length from a position on. *)
  val sub : t -> pos:int -> len:int -> t

  (** A copy. *)
  val copy : t -> t

  (** Sets a range to an element. *)
  val fill : t -> pos:int -> len:int -> float -> unit

  (** Copies a range into another, which may overlap. *)
  val blit : src:t -> src_pos:int -> dst:t -> dst_pos:int -> len:int -> unit

  (** The elements as a list. *)
  val to_list : t -> float list

  (** The elements of a list. *)
  val of_list : float list -> t

  (** Calls a function on each element. *)
  val iter : f:(float -> unit) -> t -> unit

  (** As {!iter}, with positions. *)
  val iteri : f:(int -> float -> unit) -> t -> unit

  (** Applies a function to each element. *)
  val map : f:(float -> float) -> t -> t

  (** Puts the function's results in the places of the elements. *)
  val map_inplace : f:(float -> float) -> t -> unit

  (** As {!map}, with positions. *)
  val mapi : f:(int -> float -> float) -> t -> t

  (** As {!map_inplace}, with positions. *)
  val mapi_inplace : f:(int -> float -> float) -> t -> unit

  (** [f (… (f acc x0) …) xn]. *)
  val fold_left : f:('acc -> float -> 'acc) -> init:'acc -> t -> 'acc

  (** [f x0 (… (f xn acc))]. *)
  val fold_right : f:(float -> 'acc -> 'acc) -> t -> init:'acc -> 'acc

  (** Calls a function on elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
  val iter2 : f:(float -> float -> unit) -> t -> t -> unit

  (** Applies a function to elements of the same position. Raises [Invalid_argument] when the lengths differ. *)
  val map2 : f:(float -> float -> float) -> t -> t -> t

  (** Whether all elements satisfy the predicate. *)
  val for_all : f:(float -> bool) -> t -> bool

  (** Whether some element satisfies the predicate. *)
  val exists : f:(float -> bool) -> t -> bool

  (** Whether an element compares equal; a NaN equals a NaN. *)
  val mem : float -> set:t -> bool

  (** Whether an element is equal by [=]; a NaN equals nothing. *)
  val mem_ieee : float -> set:t -> bool

  (** The first element that satisfies the predicate. *)
  val find_opt : f:(float -> bool) -> t -> float option

  (** Position of the first element that satisfies the predicate. *)
  val find_index : f:(float-> bool) -> t -> int option

  (** The first answer that is not [None]. *)
  val find_map : f:(float -> 'a option) -> t -> 'a option

  (** As {!find_map}, with positions. *)
  val find_mapi : f:(int -> float -> 'a option) -> t -> 'a option

  (** Sorts in place, in ascending order, with constant memory; equal elements come in any order. Takes n log n steps. *)
  val sort : cmp:(float -> float -> int) -> t -> unit

  (** Sorts in place; equal elements keep their order. Needs memory for half the array. *)
  val stable_sort : cmp:(float -> float -> int) -> t -> unit

  (** As {!stable_sort}. *)
  val fast_sort : cmp:(float -> float -> int) -> t -> unit

  (** Puts the elements into a random order; [rand n] must give each number from 0 to [n - 1] as often. *)
  val shuffle : rand:(int -> int) -> t -> unit

  (** The elements. *)
  val to_seq : t -> float Seq.t

  (** The elements with their positions. *)
  val to_seqi : t -> (int * float) Seq.t

  (** The array of these elements. *)
  val of_seq : float Seq.t -> t

  (** As {!map}, to an array of any type. *)
  val map_to_array : f:(float -> 'a) -> t -> 'a array

  (** As {!map}, from an array of any type. *)
  val map_from_array : f:('a -> float) -> 'a array -> t

  (** As {!get}, unchecked. *)
  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"

  (** As {!set}, unchecked. *)
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"
end
