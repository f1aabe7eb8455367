(** Measurements: sources that give data points with tags when somebody listens, and the reporter that listens. *)

(** {1 Fields} of data points and tags: a name, a type, a value *)

type graph
type field
type key = string

type 'a field_f = ?doc:string -> ?unit:string -> ?graph:graph -> ?graphs:graph list -> key -> 'a -> field

val bool : bool field_f
val float : float field_f
val int : int field_f
val int32 : int32 field_f
val int64 : int64 field_f
val uint : int field_f
val uint32 : int32 field_f
val uint64 : int64 field_f
val string : string field_f

(** In nanoseconds. *)
val duration : int64 -> field

type status = [ `Ok | `Error ]

val status : status -> field

type 'a ty =
  | String : string ty
  | Bool : bool ty
  | Float : float ty
  | Int : int ty
  | Int32 : int32 ty
  | Int64 : int64 ty
  | Uint : int ty
  | Uint32 : int32 ty
  | Uint64 : int64 ty
  | Other : 'a Fmt.t -> 'a ty

val field : ?doc:string -> ?unit:string -> ?graph:graph -> ?graphs:graph list -> key -> 'a ty -> 'a -> field

type value = V : 'a ty * 'a -> value

val key : field -> key
val doc : field -> string option
val unit : field -> string option
val value : field -> value

(** [None] where none was named. *)
val graphs : field -> graph list option

(** The place of a field, or of its key, in a list of keys. Raises [Not_found] when it is not there. *)
val index : fields:string list -> field -> int

val index_key : fields:string list -> string -> int
val pp_key : field Fmt.t
val pp_value : field Fmt.t

(** The keys of the fields that this module makes itself. *)
module Key : sig
  val duration : string
  val status : string
  val minor_words : string
  val promoted_words : string
  val major_words : string
  val minor_collections : string
  val major_collections : string
  val heap_words : string
  val heap_chunks : string
  val compactions : string
  val live_words : string
  val live_blocks : string
  val free_words : string
  val free_blocks : string
  val largest_free : string
  val fragments : string
  val top_heap_words : string
  val stack_size : string
end

(** {1 Tags} what a source's data points are about, as a list of typed names *)

type tags = field list

module Tags : sig
  type 'a v

  type 'a t = [] : tags t | ( :: ) : 'a v * 'b t -> ('a -> 'b) t

  val bool : string -> bool v
  val float : string -> float v
  val int : string -> int v
  val int32 : string -> int32 v
  val int64 : string -> int64 v
  val uint : string -> int v
  val uint32 : string -> int32 v
  val uint64 : string -> int64 v
  val string : string -> string v
  val v : 'a Fmt.t -> string -> 'a v
end

(** {1 Data points} *)

module Data : sig
  type t

  (** RFC 3339, or what the reporter takes. *)
  type timestamp = string

  (** [timestamp] is that of the reporter when it is missing. *)
  val v : ?timestamp:timestamp -> field list -> t

  val timestamp : t -> timestamp option
  val keys : t -> key list
  val fields : t -> field list
  val cons : field -> t -> t
end

type data = Data.t

(** {1 Sources} *)

type ('a, 'b) src

module Src : sig
  (** A source whose tags are given to {!add} as arguments, and whose data function is [data]. *)
  val v : ?doc:string -> ?duration:bool -> ?status:bool -> tags:'a Tags.t -> data:'b -> string -> ('a, 'b) src

  type t = Src : ('a, 'b) src -> t

  val list : unit -> t list
  val name : t -> string
  val doc : t -> string
  val tags : t -> string list

  (** The keys of its data points; none are known before the first. *)
  val data : t -> string list
  val equal : t -> t -> bool
  val compare : t -> t -> int
  val duration : t -> bool
  val status : t -> bool
  val is_active : t -> bool
  val enable : t -> unit
  val disable : t -> unit
  val pp : t Fmt.t
end

(** {1 Graphs} Fields of a source come to the graphs that they name with the source's first data point; those that name none to one that is
    shared by all fields of that key and unit. *)

module Graph : sig
  type t = graph

  val v : ?title:string -> ?ylabel:string -> ?yunit:string -> unit -> t
  val title : t -> string option
  val ylabel : t -> string option
  val yunit : t -> string option
  val id : t -> int
  val list : unit -> t list

  (** What is drawn. Of one source there is one field of a key. *)
  val fields : t -> (Src.t * field) list

  val add_field : t -> Src.t -> field -> unit
  val remove_field : t -> Src.t -> string -> unit
  val enable : t -> unit
  val disable : t -> unit
  val is_active : t -> bool
end

(** {1 Measuring} *)

(** [add src tags data]: a data point, if the source is active. *)
val add : ('a, 'b) src -> ('a -> tags) -> ('b -> data) -> unit

val is_active : ('a, 'b) src -> bool

(** Adds a data point with the function's duration and status, where the source has those. *)
val run : ('a, ('b, exn) result -> data) src -> ('a -> tags) -> (unit -> 'b) -> 'b

type ('a, 'b) rresult = ('a, [ `Exn of exn | `Error of 'b ]) result

(** As {!run}, for functions that fail with a result. *)
val rrun : ('a, ('b, 'c) rresult -> data) src -> ('a -> tags) -> (unit -> ('b, 'c) result) -> ('b, 'c) result

(** {1 What is active} sources by their tags' names, and all; also those that are made later *)

val enable_tag : string -> unit
val disable_tag : string -> unit
val enable_all : unit -> unit
val disable_all : unit -> unit
val all_enabled : unit -> bool
val tags_enabled : unit -> string list

(** {1 Reporters} *)

type reporter = {
  now : unit -> int64;  (** nanoseconds *)
  at_exit : unit -> unit;
  report : 'a. tags:tags -> data:data -> over:(unit -> unit) -> Src.t -> (unit -> 'a) -> 'a;
}

val nop_reporter : reporter
val reporter : unit -> reporter
val set_reporter : reporter -> unit

module SM : Map.S with type key = Src.t

(** Keeps the last data point of each source for each value of its tags, and calls [cb] with every one. *)
val cache_reporter : ?cb:(Src.t -> tags -> data -> unit) -> unit -> reporter

(** What reporters made by {!cache_reporter} keep. *)
val get_cache : unit -> (tags * data) list SM.t

(** {1 Ready-made sources} *)

val gc_stat : tags:'a Tags.t -> ('a, unit -> data) src
val gc_quick_stat : tags:'a Tags.t -> ('a, unit -> data) src

(** {1 For libraries that measure} *)

(** [report src ~over ~k tags f] gives [f] the source's data function and what sends a data point, whether the source is active or not; the
    reporter calls [over] when it is done with the point, and [k] in the end. *)
val report : ('a, 'b) src -> over:(unit -> unit) -> k:(unit -> 'c) -> ('a -> tags) -> ('b -> (data -> 'c) -> 'd) -> 'd

(** Makes known what data points of the source are like, as its first one does. *)
val init : ('a, 'b) src -> data -> unit

(** The reporter's clock. *)
val now : unit -> int64
