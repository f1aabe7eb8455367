(** Integers that are exact for at least 32 bits ({!t}) or 63 bits ({!Int63.t}) on every machine, and unboxed where words have 64 bits. *)

module type S = sig
  type t

  val zero : t
  val one : t
  val minus_one : t
  val max_int : t
  val min_int : t
  val neg : t -> t
  val add : t -> t -> t
  val sub : t -> t -> t
  val mul : t -> t -> t

  (** Raises [Division_by_zero]. *)
  val div : t -> t -> t

  val rem : t -> t -> t
  val succ : t -> t
  val pred : t -> t
  val abs : t -> t
  val logand : t -> t -> t
  val logor : t -> t -> t
  val logxor : t -> t -> t
  val lognot : t -> t
  val shift_left : t -> int -> t
  val shift_right : t -> int -> t
  val shift_right_logical : t -> int -> t
  val of_int : int -> t
  val to_int : t -> int
  val of_int32 : int32 -> t
  val to_int32 : t -> int32
  val of_int64 : int64 -> t
  val to_int64 : t -> int64

  (** Numbers without sign. *)
  val of_unsigned_int : int -> t

  val to_unsigned_int : t -> int
  val of_unsigned_int32 : int32 -> t
  val to_unsigned_int32 : t -> int32
  val of_float : float -> t
  val to_float : t -> float

  (** Raises [Failure]. *)
  val of_string : string -> t

  val of_string_opt : string -> t option
  val to_string : t -> string
  val compare : t -> t -> int
  val equal : t -> t -> bool
  val pp : Format.formatter -> t -> unit

  (** {1 Encoding} in so many bytes, the most significant first *)

  val encoded_size : int
  val encode : bytes -> off:int -> t -> unit
  val decode : string -> off:int -> t

  module Infix : sig
    val ( + ) : t -> t -> t
    val ( - ) : t -> t -> t
    val ( * ) : t -> t -> t
    val ( % ) : t -> t -> t
    val ( / ) : t -> t -> t
    val ( land ) : t -> t -> t
    val ( lor ) : t -> t -> t
    val ( lsr ) : t -> int -> t
    val ( lsl ) : t -> int -> t

    (** @deprecated The same as [land], [lor], [lsr] and [lsl]. *)

    val ( && ) : t -> t -> t
    val ( || ) : t -> t -> t
    val ( >> ) : t -> int -> t
    val ( << ) : t -> int -> t
  end
end

type t [@@immediate64]

include S with type t := t

(** That a type is one of two. *)
module Conditional : sig
  type ('t, 'u, 'v) t = True : ('t, 't, _) t | False : ('t, _, 't) t
end

val is_immediate : (t, int, int32) Conditional.t

module Int63 : sig
  type t [@@immediate64]

  include S with type t := t

  (** The same in a block. *)
  module Boxed : S

  val is_immediate : (t, int, Boxed.t) Conditional.t
end
