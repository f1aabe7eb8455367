(** File paths of POSIX, as texts: nothing here looks at files. *)

(** A path that is not empty and has no byte zero. *)
type t

val dir_sep : string

(** Whether it may stand between two slashes. *)
val is_seg : string -> bool

(** ["."] and [".."]. *)
val is_rel_seg : string -> bool

(** Raises [Invalid_argument] on a text that is no path. *)
val v : string -> t

val of_string : string -> (t, [ `Msg of string ]) result
val to_string : t -> string

(** Raises [Invalid_argument] on a segment with a slash. *)
val add_seg : t -> string -> t

val ( / ) : t -> string -> t

(** The second where it is absolute. *)
val append : t -> t -> t

val ( // ) : t -> t -> t
val split_volume : t -> string * t
val segs : t -> string list

(** Whether it ends in a slash, [.] or [..]. *)
val is_dir_path : t -> bool

val is_file_path : t -> bool
val to_dir_path : t -> t
val filename : t -> string
val split_base : t -> t * t
val base : t -> t
val basename : t -> string
val parent : t -> t
val rem_empty_seg : t -> t
val normalize : t -> t
val is_prefix : t -> t -> bool
val find_prefix : t -> t -> t option
val rem_prefix : t -> t -> t option
val relativize : root:t -> t -> t option
val is_rooted : root:t -> t -> bool
val is_rel : t -> bool
val is_abs : t -> bool
val is_root : t -> bool
val is_current_dir : ?prefix:bool -> t -> bool
val is_parent_dir : ?prefix:bool -> t -> bool
val is_dotfile : t -> bool
val equal : t -> t -> bool
val compare : t -> t -> int
val pp : Format.formatter -> t -> unit
val dump : Format.formatter -> t -> unit

(** {1 Extensions} From the last dot of the last segment, or from its first with [multi]. *)

type ext = string

val get_ext : ?multi:bool -> t -> ext
val has_ext : ext -> t -> bool
val mem_ext : ext list -> t -> bool
val exists_ext : ?multi:bool -> t -> bool
val add_ext : ext -> t -> t
val rem_ext : ?multi:bool -> t -> t
val set_ext : ?multi:bool -> ext -> t -> t
val split_ext : ?multi:bool -> t -> t * ext
val ( + ) : t -> ext -> t
val ( -+ ) : t -> ext -> t

type path = t

(** {1 Sets and maps}

    What may not be there comes as an option; the functions [get_...] raise [Invalid_argument] instead. *)

type set

module Set : sig
  include Set.S with type elt := path and type t := set

  type t = set

  val min_elt : set -> path option
  val get_min_elt : set -> path
  val max_elt : set -> path option
  val get_max_elt : set -> path
  val choose : set -> path option
  val get_any_elt : set -> path
  val find : path -> set -> path option
  val get : path -> set -> path
  val of_list : path list -> set

  (** Separated by cuts. *)
  val pp : ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> path -> unit) -> Format.formatter -> set -> unit

  val dump : Format.formatter -> set -> unit
end

module Map : sig
  include Map.S with type key := path

  val min_binding : 'a t -> (path * 'a) option
  val get_min_binding : 'a t -> path * 'a
  val max_binding : 'a t -> (path * 'a) option
  val get_max_binding : 'a t -> path * 'a
  val choose : 'a t -> (path * 'a) option
  val get_any_binding : 'a t -> path * 'a
  val find : path -> 'a t -> 'a option
  val get : path -> 'a t -> 'a
  val dom : 'a t -> set
  val of_list : (path * 'a) list -> 'a t

  (** Separated by cuts. *)
  val pp :
    ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> path * 'a -> unit) -> Format.formatter -> 'a t -> unit

  val dump : (Format.formatter -> 'a -> unit) -> Format.formatter -> 'a t -> unit
end

type +'a map = 'a Map.t
