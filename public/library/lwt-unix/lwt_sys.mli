(** What the system has. *)

(** A function that the system does not have, by its name. *)
exception Not_available of string

type feature =
  [ `wait4 | `get_cpu | `get_affinity | `set_affinity | `recv_msg | `send_msg | `fd_passing | `get_credentials | `mincore | `madvise | `fdatasync | `libev ]

val have : feature -> bool

type byte_order = Little_endian | Big_endian

val byte_order : byte_order
val windows : bool
