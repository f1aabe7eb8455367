exception Not_available of string

type feature =
  [ `wait4 | `get_cpu | `get_affinity | `set_affinity | `recv_msg | `send_msg | `fd_passing | `get_credentials | `mincore | `madvise | `fdatasync | `libev ]

let have : feature -> bool = function
  | `wait4 -> Lwt_unix.has_wait4
  | `fdatasync -> true
  | `get_cpu | `get_affinity | `set_affinity | `recv_msg | `send_msg | `fd_passing | `get_credentials | `mincore | `madvise | `libev -> false

type byte_order = Little_endian | Big_endian

let byte_order = if Sys.big_endian then Big_endian else Little_endian
let windows = Sys.win32
