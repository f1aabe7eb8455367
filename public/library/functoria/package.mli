(** Packages that a device needs. *)

type scope = [ `Switch | `Monorepo ]
type t

(** [sublibs] are libraries inside the package, [""] the one of its own name; the default is that one. [libs] are names of libraries in
    full. [min] is included, [max] is not. [pin] is where the sources are, [pin_version] the version that they get (default ["dev"]). *)
val v :
  ?scope:scope ->
  ?build:bool ->
  ?sublibs:string list ->
  ?libs:string list ->
  ?min:string ->
  ?max:string ->
  ?pin:string ->
  ?pin_version:string ->
  string ->
  t

val with_scope : scope:scope -> t -> t
val name : t -> string
val key : t -> string
val scope : t -> scope

(** Version and place. *)
val pin : t -> (string * string) option

val build_dependency : t -> bool
val libraries : t -> string list
val max_versions : t -> string list
val min_versions : t -> string list

(** None when the names differ. *)
val merge : t -> t -> t option

val pp : ?surround:string -> t Fmt.t

(** One of each name, bounds and libraries together. *)
module Set : sig
  type elt = t
  type t

  val of_list : elt list -> t
  val to_list : t -> elt list
  val union : t -> t -> t
  val empty : t
end
