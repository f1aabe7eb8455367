(** Random numbers of all kinds, from a function that gives so many random bytes. *)

(** 0 to 255 *)
val int8 : (int -> string) -> int

(** 0 to 65535 *)
val int16 : (int -> string) -> int

val int32 : (int -> string) -> int32
val int64 : (int -> string) -> int64

(** Evenly from 0 to below [bound] (default: [max_int]). Raises [Invalid_argument] unless the bound is positive. *)
val int : ?bound:int -> (int -> string) -> int

(** From 0 to below [bound] (default: 1). *)
val float : ?bound:float -> (int -> string) -> float
