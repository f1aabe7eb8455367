(** Buffers that say in their type whether they may be read or written. The operations are those of {!Cstruct}, with the same checks. *)

(** {1 Capabilities} *)

type 'a rd = < rd : unit ; .. > as 'a
type 'a wr = < wr : unit ; .. > as 'a
type rdwr = < rd : unit ; wr : unit >
type ro = < rd : unit >
type wo = < wr : unit >

type 'a t
type buffer = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type uint8 = int
type uint16 = int
type uint32 = int32
type uint64 = int64

(** The same buffer, which this reader (this writer) cannot write (read). *)

val ro : 'a rd t -> ro t
val wo : 'a wr t -> wo t

(** {1 Buffers} *)

val equal : 'a rd t -> 'b rd t -> bool
val compare : 'a rd t -> 'b rd t -> int
val pp : Format.formatter -> 'a rd t -> unit
val length : 'a t -> int
val check_alignment : 'a t -> int -> bool
val lenv : 'a t list -> int
val create : int -> rdwr t

(** Filled with anything. *)
val create_unsafe : int -> rdwr t

val sub : 'a t -> off:int -> len:int -> 'a t
val shift : 'a t -> int -> 'a t
val shiftv : 'a t list -> int -> 'a t list
val split : ?start:int -> 'a t -> int -> 'a t * 'a t
val append : 'a rd t -> 'b rd t -> rdwr t
val concat : 'a rd t list -> rdwr t
val fillv : src:'a rd t list -> dst:'b wr t -> int * 'a rd t list
val rev : 'a rd t -> rdwr t
val memset : 'a wr t -> int -> unit
val blit : 'a rd t -> src_off:int -> 'b wr t -> dst_off:int -> len:int -> unit
val blit_from_string : string -> src_off:int -> 'a wr t -> dst_off:int -> len:int -> unit
val blit_from_bytes : bytes -> src_off:int -> 'a wr t -> dst_off:int -> len:int -> unit
val blit_to_bytes : 'a rd t -> src_off:int -> bytes -> dst_off:int -> len:int -> unit

(** {1 Other representations} *)

val of_string : ?off:int -> ?len:int -> string -> rdwr t
val to_string : ?off:int -> ?len:int -> 'a rd t -> string
val of_hex : ?off:int -> ?len:int -> string -> rdwr t
val copyv : 'a rd t list -> string
val of_bytes : ?off:int -> ?len:int -> bytes -> rdwr t
val to_bytes : ?off:int -> ?len:int -> 'a rd t -> bytes

(** Shares the memory. *)
val of_bigarray : ?off:int -> ?len:int -> buffer -> rdwr t

(** Shares the memory, whatever the capability. *)
val unsafe_to_bigarray : 'a t -> buffer

(** {1 Iteration} *)

type 'a iter = unit -> 'a option

val iter : ('a rd t -> int option) -> ('a rd t -> 'v) -> 'a rd t -> 'v iter
val fold : ('acc -> 'x -> 'acc) -> 'x iter -> 'acc -> 'acc

(** {1 Elements} *)

val get_char : 'a rd t -> int -> char
val set_char : 'a wr t -> int -> char -> unit
val get_uint8 : 'a rd t -> int -> uint8
val set_uint8 : 'a wr t -> int -> uint8 -> unit

module BE : sig
  val get_uint16 : 'a rd t -> int -> uint16
  val get_uint32 : 'a rd t -> int -> uint32
  val get_uint64 : 'a rd t -> int -> uint64
  val set_uint16 : 'a wr t -> int -> uint16 -> unit
  val set_uint32 : 'a wr t -> int -> uint32 -> unit
  val set_uint64 : 'a wr t -> int -> uint64 -> unit
end

module LE : sig
  val get_uint16 : 'a rd t -> int -> uint16
  val get_uint32 : 'a rd t -> int -> uint32
  val get_uint64 : 'a rd t -> int -> uint64
  val set_uint16 : 'a wr t -> int -> uint16 -> unit
  val set_uint32 : 'a wr t -> int -> uint32 -> unit
  val set_uint64 : 'a wr t -> int -> uint64 -> unit
end

(** {1 As text} *)

val head : ?rev:bool -> 'a rd t -> char option
val tail : ?rev:bool -> 'a rd t -> 'a rd t
val is_empty : 'a rd t -> bool
val is_prefix : affix:'a rd t -> 'a rd t -> bool
val is_suffix : affix:'a rd t -> 'a rd t -> bool
val is_infix : affix:'a rd t -> 'a rd t -> bool
val for_all : (char -> bool) -> 'a rd t -> bool
val exists : (char -> bool) -> 'a rd t -> bool
val start : 'a rd t -> 'a rd t
val stop : 'a rd t -> 'a rd t
val trim : ?drop:(char -> bool) -> 'a rd t -> 'a rd t
val span : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> 'a rd t -> 'a rd t * 'a rd t
val take : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> 'a rd t -> 'a rd t
val drop : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> 'a rd t -> 'a rd t
val cut : ?rev:bool -> sep:'a rd t -> 'a rd t -> ('a rd t * 'a rd t) option
val cuts : ?rev:bool -> ?empty:bool -> sep:'a rd t -> 'a rd t -> 'a rd t list
val fields : ?empty:bool -> ?is_sep:(char -> bool) -> 'a rd t -> 'a rd t list
val find : ?rev:bool -> (char -> bool) -> 'a rd t -> 'a rd t option
val find_sub : ?rev:bool -> sub:'a rd t -> 'a rd t -> 'a rd t option
val filter : (char -> bool) -> 'a rd t -> 'a rd t
val filter_map : (char -> char option) -> 'a rd t -> rdwr t
val map : (char -> char) -> 'a rd t -> rdwr t
val mapi : (int -> char -> char) -> 'a rd t -> rdwr t
