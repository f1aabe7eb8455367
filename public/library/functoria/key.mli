(** Configure-time keys: options of the command line that builds, and values that depend on them. *)

module Arg : sig
  type 'a t

  (** An option with a default, one that must be given, a flag, an option that may be repeated. *)

  val opt : 'a Cmdliner.Arg.conv -> 'a -> Cmdliner.Arg.info -> 'a t
  val required : 'a Cmdliner.Arg.conv -> Cmdliner.Arg.info -> 'a option t
  val flag : Cmdliner.Arg.info -> bool t
  val opt_all : 'a Cmdliner.Arg.conv -> Cmdliner.Arg.info -> 'a list t

  val info :
    ?deprecated:string ->
    ?absent:string ->
    ?docs:string ->
    ?doc_envs:Cmdliner.Cmd.Env.info list ->
    ?docv:string ->
    ?doc:string ->
    ?env:Cmdliner.Cmd.Env.info ->
    string list ->
    Cmdliner.Arg.info
end

type 'a key

val create : string -> 'a Arg.t -> 'a key

(** {1 Values} *)

(** What depends on keys. *)
type +'a value

val pure : 'a -> 'a value
val ( $ ) : ('a -> 'b) value -> 'a value -> 'b value
val map : ('a -> 'b) -> 'a value -> 'b value
val if_ : bool value -> 'a -> 'a -> 'a value
val match_ : 'a value -> ('a -> 'b) -> 'b value

(** The value when no key is given. *)
val default : 'a value -> 'a

val value : 'a key -> 'a value

(** {1 Keys of any type} *)

type t

val name : t -> string
val v : 'a key -> t

(** By name. *)
val equal : t -> t -> bool

val pp : t Fmt.t

module Set : sig
  include Set.S with type elt = t

  val pp : t Fmt.t
end

val of_deps : Set.t -> unit value
val deps : 'a value -> Set.t
val pp_deps : 'a value Fmt.t

(** {1 Contexts} *)

type context := Context.t

val add_to_context : 'a key -> 'a -> context -> context

(** Reads keys from a command line. *)
val context : Set.t -> context Cmdliner.Term.t

(** Whether all that the value depends on was given. *)
val mem : context -> 'a value -> bool

val peek : context -> 'a value -> 'a option

(** With defaults for what was not given. *)
val eval : context -> 'a value -> 'a

val get : context -> 'a key -> 'a
val find : context -> 'a key -> 'a option
val pps : context -> Set.t Fmt.t

(** What a key is, for those who show it. *)
module Described : sig
  (** A key that must be given was asked for and is not there: its name. *)
  exception Missing of string

  (** A key with the values that the command line may have, when these are few. *)
  val create : string list -> string -> 'a Arg.t -> 'a key

  (** All spellings, with dashes. *)
  val options : t -> string list

  val doc : t -> string

  (** None for a flag. *)
  val docv : t -> string option

  val choices : t -> string list
  val default : t -> string option
  val value : context -> t -> string option
end
