(** The arguments of the process. *)

type t = Type.argv

val argv : t Type.t
val sys_argv : t Impl.t
