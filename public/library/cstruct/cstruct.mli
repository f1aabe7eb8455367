(** Windows into memory outside the heap, as devices and protocols use it. A window does not own its buffer: several may show one buffer,
    and what is written through one is read through the others. Every access is checked: one outside the window raises
    [Invalid_argument], even if the buffer is longer. *)

type buffer = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

(** The [len] bytes of [buffer] from [off] on. *)
type t = private { buffer : buffer; off : int; len : int }

type byte = char

(** Raises [Invalid_argument] outside 0 to 255. *)
val byte : int -> byte

val byte_to_int : byte -> int

type uint8 = int
type uint16 = int
type uint32 = int32
type uint64 = int64

(** {1 Making} *)

val empty : t
val of_bigarray : ?off:int -> ?len:int -> buffer -> t
val buffer : ?off:int -> ?len:int -> buffer -> t
val to_bigarray : t -> buffer

(** A new buffer of so many bytes, all zero. *)
val create : int -> t

(** The same, with whatever was in the memory before. *)
val create_unsafe : int -> t

(** Copies; [allocator] (default: {!create}) gives a window of at least the length it is asked for. *)
val of_string : ?allocator:(int -> t) -> ?off:int -> ?len:int -> string -> t

val of_bytes : ?allocator:(int -> t) -> ?off:int -> ?len:int -> bytes -> t
val string : ?off:int -> ?len:int -> string -> t

(** From hexadecimal digits, with white space anywhere. *)
val of_hex : ?off:int -> ?len:int -> string -> t

val to_hex_string : ?off:int -> ?len:int -> t -> string
val to_string : ?off:int -> ?len:int -> t -> string
val to_bytes : ?off:int -> ?len:int -> t -> bytes
val copy : t -> int -> int -> string

(** {1 Windows} *)

val length : t -> int
val is_empty : t -> bool

(** Where the window begins and ends in its buffer. *)
val start_pos : t -> int

val stop_pos : t -> int

(** [sub t off len] *)
val sub : t -> int -> int -> t

(** {!sub} in a buffer of its own *)
val sub_copy : t -> int -> int -> t

(** Without the first bytes. *)
val shift : t -> int -> t

(** [split ~start t n]: [n] bytes from [start] on, and what follows them. *)
val split : ?start:int -> t -> int -> t * t

(** Whether the window has so many bytes. *)
val check_bounds : t -> int -> bool

(** Whether the window begins at a multiple of so many bytes in memory. Raises [Invalid_argument] when that is not positive. *)
val check_alignment : t -> int -> bool

(** {1 Single values} of which only as many bits are stored as fit *)

val get_char : t -> int -> char
val set_char : t -> int -> char -> unit
val get_uint8 : t -> int -> uint8
val set_uint8 : t -> int -> uint8 -> unit
val get : t -> int -> char
val get_byte : t -> int -> int

(** The most significant byte first. *)
module BE : sig
  val get_uint16 : t -> int -> uint16
  val get_uint32 : t -> int -> uint32
  val get_uint64 : t -> int -> uint64
  val set_uint16 : t -> int -> uint16 -> unit
  val set_uint32 : t -> int -> uint32 -> unit
  val set_uint64 : t -> int -> uint64 -> unit
end

(** The least significant byte first. *)
module LE : sig
  val get_uint16 : t -> int -> uint16
  val get_uint32 : t -> int -> uint32
  val get_uint64 : t -> int -> uint64
  val set_uint16 : t -> int -> uint16 -> unit
  val set_uint32 : t -> int -> uint32 -> unit
  val set_uint64 : t -> int -> uint64 -> unit
end

(** The machine's order. *)
module HE : sig
  val get_uint16 : t -> int -> uint16
  val get_uint32 : t -> int -> uint32
  val get_uint64 : t -> int -> uint64
  val set_uint16 : t -> int -> uint16 -> unit
  val set_uint32 : t -> int -> uint32 -> unit
  val set_uint64 : t -> int -> uint64 -> unit
end

(** {1 Copying} source, its offset, destination, its offset, length. Windows of one buffer may overlap. *)

val blit : t -> int -> t -> int -> int -> unit
val blit_from_string : string -> int -> t -> int -> int -> unit
val blit_from_bytes : bytes -> int -> t -> int -> int -> unit
val blit_to_bytes : t -> int -> bytes -> int -> int -> unit
val memset : t -> int -> unit

(** {1 Comparing, printing} *)

val equal : t -> t -> bool

(** Shorter windows first, those of one length in lexicographic order. *)
val compare : t -> t -> int

(** Sixteen bytes a line. *)
val hexdump : t -> unit

val hexdump_to_buffer : Buffer.t -> t -> unit
val hexdump_pp : Format.formatter -> t -> unit

(** [[off,len](length of the buffer)] *)
val debug : t -> string

(** {1 Lists of windows} *)

(** The sum of the lengths. *)
val lenv : t list -> int

(** Raises [Invalid_argument], naming [caller], when it does not fit. *)
val sum_lengths : caller:string -> t list -> int

val copyv : t list -> string

(** Fills [dst] from the list: how many bytes, and what is left of the list. *)
val fillv : src:t list -> dst:t -> int * t list

(** Without the first bytes. *)
val shiftv : t list -> int -> t list

val append : t -> t -> t
val concat : t list -> t
val rev : t -> t

(** {1 Iterating} *)

type 'a iter = unit -> 'a option

(** [iter length parse t] gives the messages in [t] one after the other; [length] tells how long the one at the beginning is. *)
val iter : (t -> int option) -> (t -> 'a) -> t -> 'a iter

val fold : ('b -> 'a -> 'b) -> 'a iter -> 'b -> 'b

(** {1 As text} With [rev] from the end. Results are windows of the same buffer, except where characters change. *)

val head : ?rev:bool -> t -> char option
val tail : ?rev:bool -> t -> t
val is_prefix : affix:t -> t -> bool
val is_suffix : affix:t -> t -> bool
val is_infix : affix:t -> t -> bool
val for_all : (char -> bool) -> t -> bool
val exists : (char -> bool) -> t -> bool

(** The empty windows where the window begins and ends. *)
val start : t -> t

val stop : t -> t

(** Without the characters at both ends that are to be dropped (default: white space). *)
val trim : ?drop:(char -> bool) -> t -> t

(** At least [min] (otherwise none) and at most [max] characters that satisfy [sat], and the rest. *)
val span : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> t -> t * t

val take : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> t -> t
val drop : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> t -> t

(** What is before and after the first separator. Raises [Invalid_argument] when it is empty. *)
val cut : ?rev:bool -> sep:t -> t -> (t * t) option

(** What is between the separators; [empty] (default: true) tells whether empty parts are kept. *)
val cuts : ?rev:bool -> ?empty:bool -> sep:t -> t -> t list

(** What is between separating characters (default: white space); empty parts are dropped by default. *)
val fields : ?empty:bool -> ?is_sep:(char -> bool) -> t -> t list

val find : ?rev:bool -> (char -> bool) -> t -> t option
val find_sub : ?rev:bool -> sub:t -> t -> t option
val filter : (char -> bool) -> t -> t
val filter_map : (char -> char option) -> t -> t
val map : (char -> char) -> t -> t
val mapi : (int -> char -> char) -> t -> t
