(* Integers of at least 32 and of 63 bits: every target has words of 64 bits, so both are OCaml's own. *)

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
  val of_unsigned_int : int -> t
  val to_unsigned_int : t -> int
  val of_unsigned_int32 : int32 -> t
  val to_unsigned_int32 : t -> int32
  val of_float : float -> t
  val to_float : t -> float
  val of_string : string -> t
  val of_string_opt : string -> t option
  val to_string : t -> string
  val compare : t -> t -> int
  val equal : t -> t -> bool
  val pp : Format.formatter -> t -> unit
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
    val ( && ) : t -> t -> t
    val ( || ) : t -> t -> t
    val ( >> ) : t -> int -> t
    val ( << ) : t -> int -> t
  end
end

module Native = struct
  type t = int

  let zero = 0
  let one = 1
  let minus_one = -1
  let max_int = max_int
  let min_int = min_int
  let neg = Int.neg
  let add = Int.add
  let sub = Int.sub
  let mul = Int.mul
  let div = Int.div
  let rem = Int.rem
  let succ = Int.succ
  let pred = Int.pred
  let abs = Int.abs
  let logand = Int.logand
  let logor = Int.logor
  let logxor = Int.logxor
  let lognot = Int.lognot
  let shift_left = Int.shift_left
  let shift_right = Int.shift_right
  let shift_right_logical = Int.shift_right_logical
  let of_int n = n
  let to_int n = n
  let of_int32 = Int32.to_int
  let to_int32 = Int32.of_int
  let of_int64 = Int64.to_int
  let to_int64 = Int64.of_int
  let of_unsigned_int n = n
  let to_unsigned_int n = n
  let of_unsigned_int32 n = Int32.to_int n land 0xffffffff
  let to_unsigned_int32 = Int32.of_int
  let of_float = int_of_float
  let to_float = float_of_int
  let of_string = int_of_string
  let of_string_opt = int_of_string_opt
  let to_string = string_of_int
  let compare = Int.compare
  let equal = Int.equal
  let pp = Format.pp_print_int
  let encoded_size = 8
  let encode b ~off n = Bytes.set_int64_be b off (Int64.of_int n)
  let decode s ~off = Int64.to_int (String.get_int64_be s off)

  module Infix = struct
    let ( + ) = add
    let ( - ) = sub
    let ( * ) = mul
    let ( % ) = rem
    let ( / ) = div
    let ( land ) = logand
    let ( lor ) = logor
    let ( lsr ) = shift_right_logical
    let ( lsl ) = shift_left
    let ( && ) = logand
    let ( || ) = logor
    let ( >> ) = shift_right_logical
    let ( << ) = shift_left
  end
end

include Native

module Conditional = struct
  type ('t, 'u, 'v) t = True : ('t, 't, _) t | False : ('t, _, 't) t
end

let is_immediate = Conditional.True

module Boxed = struct
  (* One field that can be changed: it is never left out. *)
  type t = { mutable n : int }

  let box n = { n }
  let unary f a = box (f a.n)
  let binary f a b = box (f a.n b.n)
  let shift f a n = box (f a.n n)
  let zero = box 0
  let one = box 1
  let minus_one = box (-1)
  let max_int = box max_int
  let min_int = box min_int
  let neg = unary neg
  let add = binary add
  let sub = binary sub
  let mul = binary mul
  let div = binary div
  let rem = binary rem
  let succ = unary succ
  let pred = unary pred
  let abs = unary abs
  let logand = binary logand
  let logor = binary logor
  let logxor = binary logxor
  let lognot = unary lognot
  let shift_left = shift shift_left
  let shift_right = shift shift_right
  let shift_right_logical = shift shift_right_logical
  let of_int = box
  let to_int a = a.n
  let of_int32 n = box (of_int32 n)
  let to_int32 a = to_int32 a.n
  let of_int64 n = box (of_int64 n)
  let to_int64 a = to_int64 a.n
  let of_unsigned_int n = box (of_unsigned_int n)
  let to_unsigned_int a = to_unsigned_int a.n
  let of_unsigned_int32 n = box (of_unsigned_int32 n)
  let to_unsigned_int32 a = to_unsigned_int32 a.n
  let of_float x = box (of_float x)
  let to_float a = to_float a.n
  let of_string text = box (of_string text)
  let of_string_opt text = Option.map box (of_string_opt text)
  let to_string a = to_string a.n
  let compare a b = compare a.n b.n
  let equal a b = equal a.n b.n
  let pp ppf a = pp ppf a.n
  let encoded_size = encoded_size
  let encode b ~off a = encode b ~off a.n
  let decode s ~off = box (decode s ~off)

  module Infix = struct
    let ( + ) = add
    let ( - ) = sub
    let ( * ) = mul
    let ( % ) = rem
    let ( / ) = div
    let ( land ) = logand
    let ( lor ) = logor
    let ( lsr ) = shift_right_logical
    let ( lsl ) = shift_left
    let ( && ) = logand
    let ( || ) = logor
    let ( >> ) = shift_right_logical
    let ( << ) = shift_left
  end
end

module Int63 = struct
  include Native
  module Boxed = Boxed

  let is_immediate = Conditional.True
end
