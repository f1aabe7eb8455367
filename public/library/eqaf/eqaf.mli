(** Comparisons and conversions that take as long whatever the contents of the strings: only lengths make a difference. *)

val equal : string -> string -> bool

(** As numbers, the most significant byte first. Strings of different lengths are told apart at once: the longer one is less. *)
val compare_be : string -> string -> int

(** Raises [Invalid_argument] unless both have this length. *)
val compare_be_with_len : len:int -> string -> string -> int

(** The least significant byte first. *)
val compare_le : string -> string -> int

val compare_le_with_len : len:int -> string -> string -> int

(** Quotient and remainder of [x] without sign; [m] is at least 1 and less than 16348, otherwise [Invalid_argument] is raised. *)
val divmod : x:int32 -> m:int32 -> int32 * int32

(** Where the first byte from [off] on that satisfies [f] is, or -1. [f] is called for every byte. *)
val find_uint8 : ?off:int -> f:(int -> bool) -> string -> int

val exists_uint8 : ?off:int -> f:(int -> bool) -> string -> bool

(** The last digits, in decimal, of the number without sign. *)
val ascii_of_int32 : digits:int -> int32 -> string

val lowercase_ascii : string -> string
val uppercase_ascii : string -> string
val hex_of_bytes : bytes -> string
val hex_of_string : string -> string

(** The second result is 0 if the text was right, something else if it had other characters than digits or an odd number of them. *)
val bytes_of_hex : string -> bytes * int

val string_of_hex : string -> string * int

(** {1 Numbers without branches} *)

val one_if_not_zero : int -> int

(** 0, or -1 for zero. *)
val zero_if_not_zero : int -> int

val int_of_bool : bool -> int
val bool_of_int : int -> bool

(** [select_int choose_b a b] is [b] unless [choose_b] is 0. *)
val select_int : int -> int -> int -> int

(** [a] if [n] is from [low] to [high], otherwise [b]. *)
val select_a_if_in_range : low:int -> high:int -> n:int -> int -> int -> int
