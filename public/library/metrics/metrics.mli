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

val status : [ `Ok | `Error ] -> field

type 'a ty =
  | Bool : bool ty
  | Float : float ty
  | Int : int ty
  | Int32 : int32 ty
  | Int64 : int64 ty
  | Uint : int ty
  | Uint32 : int32 ty
  | Uint64 : int64 ty
  | String : string ty
  | Other : 'a Fmt.t -> 'a ty

val field : ?doc:string -> ?unit:string -> ?graph:graph -> ?graphs:graph list -> key -> 'a ty -> 'a -> field

type value = V : 'a ty * 'a -> value

val key : field -> key
val doc : field -> string option
val unit : field -> string option
val value : field -> value
val graphs : field -> graph list
val pp_key : field Fmt.t
val pp_value : field Fmt.t

module Key : sig
  val duration : string
  val status : string
  val minor_words : string
  val heap_words : string
end

(** Which fields are drawn together. *)
module Graph : sig
  type t = graph

  val v : ?title:string -> ?ylabel:string -> ?yunit:string -> unit -> t
  val title : t -> string option
  val ylabel : t -> string option
  val yunit : t -> string option
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
  val string : string -> string v
  val v : 'a Fmt.t -> string -> 'a v
end

(** {1 Data points} *)

module Data : sig
  type t

  (** [timestamp] is that of the reporter when it is missing. *)
  val v : ?timestamp:string -> field list -> t

  val timestamp : t -> string option
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
  val equal : t -> t -> bool
  val compare : t -> t -> int
  val duration : t -> bool
  val status : t -> bool
  val is_active : t -> bool
  val enable : t -> unit
  val disable : t -> unit
  val pp : t Fmt.t
end

(** [add src tags data]: a data point, if the source is active. *)
val add : ('a, 'b) src -> ('a -> tags) -> ('b -> data) -> unit

val is_active : ('a, 'b) src -> bool

(** Adds a data point with the function's duration and status, where the source has those. *)
val run : ('a, ('b, exn) result -> data) src -> ('a -> tags) -> (unit -> 'b) -> 'b

val rrun : ('a, ('b, 'c) result -> data) src -> ('a -> tags) -> (unit -> ('b, 'c) result) -> ('b, 'c) result

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

(** Keeps the last data point of each source. *)
val cache_reporter : ?cb:(Src.t -> tags -> data -> unit) -> unit -> (unit -> (tags * data) SM.t) * reporter

(** {1 Ready-made sources} *)

val gc_stat : tags:'a Tags.t -> ('a, unit -> data) src
val gc_quick_stat : tags:'a Tags.t -> ('a, unit -> data) src

(** A source without arguments that is asked each time {!poll} is called. *)
val periodically : (tags, unit -> data) src -> unit

(** Asks those sources for a data point each. *)
val poll : unit -> unit
