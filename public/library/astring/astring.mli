(** Characters and strings without exceptions for what is found or not, and with optional arguments for both directions: meant to be
    opened. *)

val strf : ('a, Format.formatter, unit, string) format4 -> 'a
val ( ^ ) : string -> string -> string

module Char : sig
  type t = char

  (** Raises [Invalid_argument] when it is not from 0 to 255. *)
  val of_byte : int -> char

  (** [None] when it is not from 0 to 255. *)
  val of_int : int -> char option

  val unsafe_of_byte : int -> char
  val to_int : char -> int
  val hash : char -> int
  val equal : char -> char -> bool
  val compare : char -> char -> int

  (** US-ASCII; other bytes are in no class. *)
  module Ascii : sig
    val max_ascii : char
    val is_valid : char -> bool
    val is_digit : char -> bool
    val is_hex_digit : char -> bool
    val is_upper : char -> bool
    val is_lower : char -> bool
    val is_letter : char -> bool
    val is_alphanum : char -> bool

    (** Space, tab, newline, vertical tab, form feed, carriage return. *)
    val is_white : char -> bool

    (** Space and tab. *)
    val is_blank : char -> bool

    val is_graphic : char -> bool
    val is_print : char -> bool
    val is_control : char -> bool
    val uppercase : char -> char
    val lowercase : char -> char

    (** Backslash and what is not printable as [\xHH]. *)
    val escape : char -> string

    (** As in OCaml's character literals. *)
    val escape_char : char -> string
  end

  val pp : Format.formatter -> char -> unit
  val dump : Format.formatter -> char -> unit
end

module String : sig
  type t = string

  val empty : string
  val v : len:int -> (int -> char) -> string
  val length : string -> int
  val get : string -> int -> char
  val get_byte : string -> int -> int
  val unsafe_get : string -> int -> char
  val unsafe_get_byte : string -> int -> int

  (** The first character, with [rev] the last. *)
  val head : ?rev:bool -> string -> char option

  (** Raises [Invalid_argument]. *)
  val get_head : ?rev:bool -> string -> char

  val hash : string -> int
  val append : string -> string -> string
  val concat : ?sep:string -> string list -> string

  (** {1 Predicates} *)

  val is_empty : string -> bool
  val is_prefix : affix:string -> string -> bool
  val is_infix : affix:string -> string -> bool
  val is_suffix : affix:string -> string -> bool
  val for_all : (char -> bool) -> string -> bool
  val exists : (char -> bool) -> string -> bool
  val equal : string -> string -> bool
  val compare : string -> string -> int

  (** {1 Parts} *)

  (** What there is of the range. *)
  val with_range : ?first:int -> ?len:int -> string -> string

  val with_index_range : ?first:int -> ?last:int -> string -> string
  val trim : ?drop:(char -> bool) -> string -> string

  (** At least [min] (otherwise none) and at most [max] characters that satisfy [sat], and the rest; with [rev] from the end. *)
  val span : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> string -> string * string

  val take : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> string -> string
  val drop : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> string -> string

  (** At the first separator, with [rev] at the last. Raises [Invalid_argument] when it is empty. *)
  val cut : ?rev:bool -> sep:string -> string -> (string * string) option

  (** At all separators; [empty] (default: true) keeps empty parts. *)
  val cuts : ?rev:bool -> ?empty:bool -> sep:string -> string -> string list

  (** At separating characters (default: white space); empty parts are kept by default. *)
  val fields : ?empty:bool -> ?is_sep:(char -> bool) -> string -> string list

  (** {1 Searching} from [start] on (with [rev] backwards) *)

  val find : ?rev:bool -> ?start:int -> (char -> bool) -> string -> int option
  val find_sub : ?rev:bool -> ?start:int -> sub:string -> string -> int option

  (** {1 Traversing} *)

  val filter : (char -> bool) -> string -> string
  val filter_map : (char -> char option) -> string -> string
  val map : (char -> char) -> string -> string
  val mapi : (int -> char -> char) -> string -> string
  val fold_left : ('a -> char -> 'a) -> 'a -> string -> 'a
  val fold_right : (char -> 'a -> 'a) -> string -> 'a -> 'a
  val iter : (char -> unit) -> string -> unit
  val iteri : (int -> char -> unit) -> string -> unit

  (** Without repetitions, in the order of the first ones. *)
  val uniquify : string list -> string list

  module Ascii : sig
    val is_valid : string -> bool
    val uppercase : string -> string
    val lowercase : string -> string
    val capitalize : string -> string
    val uncapitalize : string -> string

    (** As [Char.Ascii.escape] each character; [None] for what is no such text. *)
    val escape : string -> string

    val unescape : string -> string option

    (** As in OCaml's string literals. *)
    val escape_string : string -> string

    val unescape_string : string -> string option
  end

  val pp : Format.formatter -> string -> unit
  val dump : Format.formatter -> string -> unit

  (** {1 Sets and maps} *)

  module Set : sig
    include Set.S with type elt = string

    val pp : ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> string -> unit) -> Format.formatter -> t -> unit
  end

  module Map : sig
    include Map.S with type key = string

    val find : string -> 'a t -> 'a option

    (** Raises [Invalid_argument]. *)
    val get : string -> 'a t -> 'a

    val of_list : (string * 'a) list -> 'a t
    val dom : 'a t -> Set.t
  end

  (** {1 Conversions} *)

  val of_char : char -> string
  val to_char : string -> char option
  val of_bool : bool -> string
  val to_bool : string -> bool option
  val of_int : int -> string
  val to_int : string -> int option
  val of_nativeint : nativeint -> string
  val to_nativeint : string -> nativeint option
  val of_int32 : int32 -> string
  val to_int32 : string -> int32 option
  val of_int64 : int64 -> string
  val to_int64 : string -> int64 option
  val of_float : float -> string
  val to_float : string -> float option
end
