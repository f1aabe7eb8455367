(** Implementations: devices, functors applied to others, choices that keys decide. *)

type 'a t
type abstract
type 'a device = ('a, abstract) Device.t

val abstract : 'a t -> abstract
val pp : 'a t Fmt.t
val pp_abstract : abstract Fmt.t
val ( $ ) : ('a -> 'b) t -> 'a t -> 'b t
val if_ : bool Key.value -> 'a t -> 'a t -> 'a t

(** The first case that is equal to the value, [default] when there is none. *)
val match_ : 'b Key.value -> default:'a t -> ('b * 'a t) list -> 'a t

val of_device : 'a device -> 'a t

(** Whether it is a device by itself, to which nothing is given. *)
val app_has_no_arguments : 'a t -> bool

val local_libs : 'a t -> string list

val v :
  ?packages:Package.t list ->
  ?packages_v:Package.t list Key.value ->
  ?runtime_args:Runtime_arg.t list ->
  ?keys:Key.t list ->
  ?extra_deps:abstract list ->
  ?connect:(Info.t -> string -> string list -> 'a Device.code) ->
  ?dune:(Info.t -> Dune.stanza list) ->
  ?configure:(Info.t -> unit Action.t) ->
  ?files:(Info.t -> Fpath.t list) ->
  string ->
  'a Type.t ->
  'a t

(** {1 For libraries of combinators} *)

(** An argument of a combinator, as OCaml writes it; without a text when it is a value that cannot be written. *)
type parameter = { label : string option; text : string option }

(** [made maker ~parameters ~inputs t] is [t], as the result of the combinator called [maker]: one node for whoever looks at the graph,
    however many devices it comes to. The place is the call in the configuration that is being evaluated. *)
val made : string -> ?parameters:parameter list -> ?inputs:abstract list -> 'a t -> 'a t

(** File and line of the innermost call in the configuration that is being evaluated. *)
val place : unit -> (string * int) option

(** {1 For tools} *)

type made_by = { maker : string; parameters : parameter list; inputs : abstract list; place : (string * int) option }

type view =
  | Device : 'a device -> view
  | Apply : abstract * abstract -> view
  | Choose : { deps : Key.Set.t; cases : (string * abstract) list; default : abstract } -> view
  | Made : made_by * abstract -> view

val view : abstract -> view

(** Each value of type {!t} has its own. *)
val id : abstract -> int

(** As in a configuration. *)
val type_text : abstract -> string

(** Types of what a functor takes, as in a configuration. *)
val parameter_types : abstract -> string list

(** A device to connect: the arguments of its functor, what else comes before it, the value of type {!t} that stands for it: the innermost
    one around it for which [is_stated] holds. *)
type node = Node : { number : int; device : 'a device; arguments : node list; deps : node list; owner : int } -> node

val number : node -> int

(** Numbers devices from 1, each after those that it needs. The same device with the same arguments is one node. *)
type resolution

val resolution : Context.t -> is_stated:(int -> bool) -> resolution
val resolve : resolution -> abstract -> node
val nodes : resolution -> node list
