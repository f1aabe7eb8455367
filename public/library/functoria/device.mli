(** Devices: a module or functor, what it needs, and the code that connects it. *)

type ('a, 'b) t

val module_type : ('a, 'b) t -> 'a Type.t
val module_name : ('a, 'b) t -> string
val packages : ('a, 'b) t -> Package.t list Key.value
val local_libs : ('a, 'b) t -> string list
val install : ('a, 'b) t -> Info.t -> Install.t Key.value
val extra_deps : ('a, 'b) t -> 'b list

(** Each device that is made has its own. *)
val id : ('a, 'b) t -> int

val pp : 'b Fmt.t -> ('a, 'b) t Fmt.t
val equal : ('a, 'b) t -> ('c, 'd) t -> bool
val hash : ('a, 'b) t -> int
val files : ('a, 'b) t -> Info.t -> Fpath.t list
val keys : ('a, 'b) t -> Key.t list
val runtime_args : ('a, 'b) t -> Runtime_arg.t list

(** An expression of [main.ml], and where it was written. *)
type 'a code = private { pos : (string * int * int * int) option; code : string }

val code : pos:string * int * int * int -> ('a, Format.formatter, unit, 'b code) format4 -> 'a

(** [connect t info modname args] is the code that connects it: a promise of its value. [args] are the values of the functor's arguments,
    of the extra dependencies, of the boot arguments. Without a function of its own, [return ()]. *)
val connect : ('a, 'b) t -> Info.t -> string -> string list -> 'a code

(** The code that starts an application's module. *)
val start : ?pos:string * int * int * int -> string -> string list -> 'a code

(** The module's name as a variable's. *)
val nice_name : _ t -> string

val dune : ('a, 'b) t -> Info.t -> Dune.stanza list
val configure : ('a, 'b) t -> Info.t -> unit Action.t

val v :
  ?packages:Package.t list ->
  ?packages_v:Package.t list Key.value ->
  ?local_libs:string list ->
  ?install:(Info.t -> Install.t) ->
  ?install_v:(Info.t -> Install.t Key.value) ->
  ?keys:Key.t list ->
  ?runtime_args:Runtime_arg.t list ->
  ?extra_deps:'b list ->
  ?connect:(Info.t -> string -> string list -> 'a code) ->
  ?dune:(Info.t -> Dune.stanza list) ->
  ?configure:(Info.t -> unit Action.t) ->
  ?files:(Info.t -> Fpath.t list) ->
  string ->
  'a Type.t ->
  ('a, 'b) t

(** With more of everything; it stays the same device. *)
val extend :
  ?packages:Package.t list ->
  ?packages_v:Package.t list Key.value ->
  ?dune:(Info.t -> Dune.stanza list) ->
  ?pre_configure:(Info.t -> unit Action.t) ->
  ?post_configure:(Info.t -> unit Action.t) ->
  ?files:(Info.t -> Fpath.t list) ->
  ('a, 'b) t ->
  ('a, 'b) t
