(** Jobs: what a unikernel runs. *)

type t = Type.job

val t : t Type.t

(** A job that does nothing. *)
val noop : t Impl.t

(** The evaluation of the boot arguments. *)
val runtime_args : ?runtime_package:Package.t -> ?runtime_modname:string -> Type.argv Impl.t -> t Impl.t
