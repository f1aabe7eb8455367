(* System calls of Linux by number (their manual, section 2; numbers of x86-64), by the shapes of their arguments. *)

open Unix__error

external linux_call : int -> int -> int -> int -> int -> int = "morgana_linux_call"
external linux_call_path : int -> string -> int -> int -> int = "morgana_linux_call_path"
external linux_call_path_buffer : int -> int -> string -> bytes -> int = "morgana_linux_call_path_buffer"
external linux_call_first_buffer : int -> bytes -> int -> int -> int = "morgana_linux_call_first_buffer"
external linux_call_buffer : int -> int -> bytes -> int -> int -> int -> int = "morgana_linux_call_buffer" "morgana_linux_call_buffer"
external linux_call_two_buffers : int -> int -> bytes -> bytes -> int -> int = "morgana_linux_call_two_buffers"
external linux_call_third_buffer : int -> int -> int -> bytes -> int = "morgana_linux_call_third_buffer"
external linux_call_fourth_buffer : int -> int -> int -> int -> bytes -> int -> int = "morgana_linux_call_fourth_buffer" "morgana_linux_call_fourth_buffer"

(* Called before what may block: other threads run meanwhile. The descriptor times two, plus one when it is to be written to. *)
external before_blocking : int -> unit = "morgana_before_blocking"

let before_reading descriptor = before_blocking (2 * descriptor)
let before_writing descriptor = before_blocking ((2 * descriptor) + 1)

(** How threads wait for one of the descriptors to be read or written to, or for a moment of the monotonic clock in nanoseconds. Without other threads
    it returns at once. *)
type waiting = { wait : int list -> int list -> int64 -> unit }

let waiting : waiting option ref = ref None

let call1 name number a = checked name "" (linux_call number a 0 0 0)

let half b i = Int32.to_int (Bytes.get_int32_le b i)

let check_range name b offset length =
  if offset < 0 || length < 0 || offset > Bytes.length b - length then invalid_arg ("Unix." ^ name)

(* OCaml's functions move so much at once. *)
let largest_piece = 65536
