(** The combinators of configurations. *)

(** {1 Types and implementations} *)

(** A kind of module: of device, or of functor over devices. *)
type 'a typ = 'a Type.t

(** A new kind. *)
val typ : 'a -> 'a typ

(** [parameter @-> result] is a functor. *)
val ( @-> ) : 'a typ -> 'b typ -> ('a -> 'b) typ

type 'a impl = 'a Impl.t

(** [f $ x] gives a functor its first argument. *)
val ( $ ) : ('a -> 'b) impl -> 'a impl -> 'b impl

type abstract_impl = Impl.abstract

(** Something that is only connected before. *)
val dep : 'a impl -> abstract_impl

(** {1 Keys and arguments} *)

type 'a key = 'a Key.key
type 'a runtime_arg = 'a Runtime_arg.arg

(** The boot argument of a term. [pos] is [__POS__]. *)
val runtime_arg : pos:string * int * int * int -> ?packages:Package.t list -> string -> Runtime_arg.t

type abstract_key = Key.t
type context = Context.t
type 'a value = 'a Key.value

val key : 'a key -> Key.t
val if_impl : bool value -> 'a impl -> 'a impl -> 'a impl

(** The first case that is equal to the value. *)
val match_impl : 'b value -> default:'a impl -> ('b * 'a impl) list -> 'a impl

(** {1 Packages} *)

type package = Package.t
type scope = Package.scope

(** As [Package.v]. *)
val package :
  ?scope:scope ->
  ?build:bool ->
  ?sublibs:string list ->
  ?libs:string list ->
  ?min:string ->
  ?max:string ->
  ?pin:string ->
  ?pin_version:string ->
  string ->
  package

(** {1 Modules} *)

type info = Info.t

(** The module or functor of the application: [start] is given the values of its arguments, of [deps], of the boot arguments, or [()] when
    there are none, and gives a promise of [()]. *)
val main :
  ?pos:string * int * int * int ->
  ?packages:package list ->
  ?packages_v:package list value ->
  ?local_libs:string list ->
  ?runtime_args:Runtime_arg.t list ->
  ?deps:abstract_impl list ->
  string ->
  'a typ ->
  'a impl

type 'a code = 'a Device.code

(** An expression of [main.ml]. [pos] is [__POS__]. *)
val code : pos:string * int * int * int -> ('a, Format.formatter, unit, 'b code) format4 -> 'a

type 'a device = ('a, abstract_impl) Device.t

val of_device : 'a device -> 'a impl

(** A device of one's own. *)
val impl :
  ?packages:package list ->
  ?packages_v:package list Key.value ->
  ?local_libs:string list ->
  ?install:(Info.t -> Install.t) ->
  ?install_v:(Info.t -> Install.t Key.value) ->
  ?keys:Key.t list ->
  ?runtime_args:Runtime_arg.t list ->
  ?extra_deps:abstract_impl list ->
  ?connect:(info -> string -> string list -> 'a code) ->
  ?dune:(info -> Dune.stanza list) ->
  ?configure:(info -> unit Action.t) ->
  ?files:(info -> Fpath.t list) ->
  string ->
  'a typ ->
  'a impl

type job = Type.job
