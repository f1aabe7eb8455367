(** The unikernel as a whole, as its devices may see it. *)

type t

val config_file : t -> Fpath.t

(** As [register] has it. *)
val name : t -> string

val project_name : t -> string
val main : t -> Fpath.t
val output : t -> string option
val with_output : t -> string -> t

(** Names of all libraries that are linked. *)
val libraries : t -> string list

val packages : t -> Package.t list
val keys : t -> Key.t list
val runtime_args : t -> Runtime_arg.t list
val context : t -> Context.t
val get : t -> 'a Key.key -> 'a

val v :
  ?config_file:Fpath.t ->
  packages:Package.t list ->
  local_libs:string list ->
  keys:Key.t list ->
  runtime_args:Runtime_arg.t list ->
  context:Context.t ->
  string ->
  t

val pp : bool -> t Fmt.t
