(** Boot arguments that a device is given: terms, as OCaml text. *)

type 'a arg

(** The argument of a term: a value's name ([{|Unikernel.port|}]) or an expression of type ['a Cmdliner.Term.t]. *)
val create : pos:string * int * int * int -> ?packages:Package.t list -> string -> 'a arg

type t

val packages : t -> Package.t list
val v : 'a arg -> t

(** One term is one argument. *)
module Set : sig
  include Set.S with type elt = t

  val pp : t Fmt.t
end

(** The expression of its value in [main.ml]. *)
val call : t Fmt.t

(** The line of [main.ml] that registers it. *)
val serialize : runtime_modname:string -> t Fmt.t

(** Its variable in [main.ml]. *)
val var_name : t -> string

(** What an argument is, for those who show it. *)
module Described : sig
  type about = { option : string;  (** without dashes *) docv : string option; default : string option; doc : string }

  val describe : 'a arg -> about -> 'a arg
  val about : t -> about option
  val term : t -> string
  val pos : t -> string * int * int * int
end
