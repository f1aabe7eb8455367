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

  (** {1 Parts that are not copied} *)

  (** A base string with two positions in it. *)
  type sub

  (** From one position (default: the beginning) to another one (the end). Raises [Invalid_argument] when they are none. *)
  val sub : ?start:int -> ?stop:int -> string -> sub

  (** {!with_range} and {!with_index_range}. *)
  val sub_with_range : ?first:int -> ?len:int -> string -> sub

  val sub_with_index_range : ?first:int -> ?last:int -> string -> sub

  module Sub : sig
    type t = sub

    val empty : sub
    val v : ?start:int -> ?stop:int -> string -> sub
    val start_pos : sub -> int
    val stop_pos : sub -> int
    val base_string : sub -> string
    val length : sub -> int

    (** Indices begin with 0 at the start of the part. Raises [Invalid_argument]. *)
    val get : sub -> int -> char

    val get_byte : sub -> int -> int
    val unsafe_get : sub -> int -> char
    val unsafe_get_byte : sub -> int -> int
    val head : ?rev:bool -> sub -> char option
    val get_head : ?rev:bool -> sub -> char
    val of_string : string -> sub
    val to_string : sub -> string

    (** The same bytes on a base of their own. *)
    val rebase : sub -> sub

    val hash : sub -> int

    (** {1 Other parts of the same base} *)

    (** The empty part at the start. *)
    val start : sub -> sub

    val stop : sub -> sub

    (** All of the base. *)
    val base : sub -> sub

    (** Without the first byte, with [rev] without the last. *)
    val tail : ?rev:bool -> sub -> sub

    (** With at most [max] bytes more behind (with [rev] before) it, as long as they satisfy [sat]. *)
    val extend : ?rev:bool -> ?max:int -> ?sat:(char -> bool) -> sub -> sub

    (** With at most [max] bytes less at the end (with [rev] at the start), as long as they satisfy [sat]. *)
    val reduce : ?rev:bool -> ?max:int -> ?sat:(char -> bool) -> sub -> sub

    (** From the first start to the last stop. Raises [Invalid_argument] when the bases differ, as {!overlap}, {!equal} and {!compare} do. *)
    val extent : sub -> sub -> sub

    (** What both have in common, which may be empty. *)
    val overlap : sub -> sub -> sub option

    (** {1 On a new base} *)

    val append : sub -> sub -> sub
    val concat : ?sep:sub -> sub list -> sub

    (** {1 Predicates} on the bytes *)

    val is_empty : sub -> bool
    val is_prefix : affix:sub -> sub -> bool
    val is_infix : affix:sub -> sub -> bool
    val is_suffix : affix:sub -> sub -> bool
    val for_all : (char -> bool) -> sub -> bool
    val exists : (char -> bool) -> sub -> bool
    val same_base : sub -> sub -> bool
    val equal_bytes : sub -> sub -> bool
    val compare_bytes : sub -> sub -> int

    (** {1 Comparing positions} *)

    val equal : sub -> sub -> bool
    val compare : sub -> sub -> int

    (** {1 As of strings} Results are on the same base. *)

    val with_range : ?first:int -> ?len:int -> sub -> sub
    val with_index_range : ?first:int -> ?last:int -> sub -> sub

    (** The empty part in the middle when nothing is left. *)
    val trim : ?drop:(char -> bool) -> sub -> sub

    val span : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> sub -> sub * sub
    val take : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> sub -> sub
    val drop : ?rev:bool -> ?min:int -> ?max:int -> ?sat:(char -> bool) -> sub -> sub
    val cut : ?rev:bool -> sep:sub -> sub -> (sub * sub) option
    val cuts : ?rev:bool -> ?empty:bool -> sep:sub -> sub -> sub list
    val fields : ?empty:bool -> ?is_sep:(char -> bool) -> sub -> sub list

    (** The part of one byte that is found. *)
    val find : ?rev:bool -> (char -> bool) -> sub -> sub option

    val find_sub : ?rev:bool -> sub:sub -> sub -> sub option

    (** {1 Traversing} Results are on a new base. *)

    val filter : (char -> bool) -> sub -> sub
    val filter_map : (char -> char option) -> sub -> sub
    val map : (char -> char) -> sub -> sub
    val mapi : (int -> char -> char) -> sub -> sub
    val fold_left : ('a -> char -> 'a) -> 'a -> sub -> 'a
    val fold_right : (char -> 'a -> 'a) -> sub -> 'a -> 'a
    val iter : (char -> unit) -> sub -> unit
    val iteri : (int -> char -> unit) -> sub -> unit

    (** {1 Printing} *)

    val pp : Format.formatter -> sub -> unit

    (** As a literal. *)
    val dump : Format.formatter -> sub -> unit

    (** The base and the positions. *)
    val dump_raw : Format.formatter -> sub -> unit

    (** {1 Conversions} *)

    val of_char : char -> sub
    val to_char : sub -> char option
    val of_bool : bool -> sub
    val to_bool : sub -> bool option
    val of_int : int -> sub
    val to_int : sub -> int option
    val of_nativeint : nativeint -> sub
    val to_nativeint : sub -> nativeint option
    val of_int32 : int32 -> sub
    val to_int32 : sub -> int32 option
    val of_int64 : int64 -> sub
    val to_int64 : sub -> int64 option
    val of_float : float -> sub
    val to_float : sub -> float option
  end

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

  type set

  module Set : sig
    include Set.S with type elt := string and type t := set

    type t = set

    (** [None] of the empty set, as the others; with [get] before the name [Invalid_argument] is raised instead. *)
    val min_elt : set -> string option

    val get_min_elt : set -> string
    val max_elt : set -> string option
    val get_max_elt : set -> string
    val choose : set -> string option
    val get_any_elt : set -> string
    val find : string -> set -> string option
    val get : string -> set -> string
    val of_list : string list -> set
    val of_stdlib_set : Stdlib.Set.Make(Stdlib.String).t -> set
    val to_stdlib_set : set -> Stdlib.Set.Make(Stdlib.String).t

    (** The elements with [sep] between them (default: where a line may break). *)
    val pp : ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> string -> unit) -> Format.formatter -> set -> unit

    val dump : Format.formatter -> set -> unit
  end

  module Map : sig
    include Map.S with type key := string

    (** [None] of the empty map, as the others; with [get] before the name [Invalid_argument] is raised instead. *)
    val min_binding : 'a t -> (string * 'a) option

    val get_min_binding : 'a t -> string * 'a
    val max_binding : 'a t -> (string * 'a) option
    val get_max_binding : 'a t -> string * 'a
    val choose : 'a t -> (string * 'a) option
    val get_any_binding : 'a t -> string * 'a
    val find : string -> 'a t -> 'a option
    val get : string -> 'a t -> 'a
    val of_list : (string * 'a) list -> 'a t

    (** The keys. *)
    val dom : 'a t -> set

    val of_stdlib_map : 'a Stdlib.Map.Make(Stdlib.String).t -> 'a t
    val to_stdlib_map : 'a t -> 'a Stdlib.Map.Make(Stdlib.String).t

    val pp : ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> string * 'a -> unit) -> Format.formatter -> 'a t -> unit

    val dump : (Format.formatter -> 'a -> unit) -> Format.formatter -> 'a t -> unit
    val dump_string_map : Format.formatter -> string t -> unit
  end

  type +'a map = 'a Map.t

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
