(* System calls for the package unix, beyond what all platforms have. Results are those of the kernel: negative error numbers. Paths are
   NUL-terminated by their padding. *)
[@@@runtime]

open Morgana_runtime.Raw

let call1 number a = to_int (Linux.syscall number a 0n 0n 0n 0n 0n)
let call2 number a b = to_int (Linux.syscall number a b 0n 0n 0n 0n)
let call3 number a b c = to_int (Linux.syscall number a b c 0n 0n 0n)

let open_file (path : string) (flags : int) (permissions : int) : int =
  to_int (Linux.openat (address path) (of_int flags) (of_int permissions))
[@@primitive "morgana_linux_open"]

(** Fills 144 bytes: [struct stat]. *)
let stat (path : string) (buffer : bytes) : int = call2 4n (address path) (address buffer) [@@primitive "morgana_linux_stat"]

let fstat (descriptor : int) (buffer : bytes) : int = call2 5n (of_int descriptor) (address buffer) [@@primitive "morgana_linux_fstat"]
let lstat (path : string) (buffer : bytes) : int = call2 6n (address path) (address buffer) [@@primitive "morgana_linux_lstat"]
let access (path : string) (mode : int) : int = call2 21n (address path) (of_int mode) [@@primitive "morgana_linux_access"]

(** Two descriptors of 32 bits each. *)
let pipe (buffer : bytes) : int = call2 293n (address buffer) 0n [@@primitive "morgana_linux_pipe"]

let dup (descriptor : int) : int = call1 32n (of_int descriptor) [@@primitive "morgana_linux_dup"]
let dup2 (from : int) (to_ : int) : int = call2 33n (of_int from) (of_int to_) [@@primitive "morgana_linux_dup2"]
let getpid (_ : unit) : int = call1 39n 0n [@@primitive "morgana_linux_getpid"]
let getppid (_ : unit) : int = call1 110n 0n [@@primitive "morgana_linux_getppid"]
let fsync (descriptor : int) : int = call1 74n (of_int descriptor) [@@primitive "morgana_linux_fsync"]
let truncate (path : string) (length : int) : int = call2 76n (address path) (of_int length) [@@primitive "morgana_linux_truncate"]
let ftruncate (descriptor : int) (length : int) : int = call2 77n (of_int descriptor) (of_int length) [@@primitive "morgana_linux_ftruncate"]
let link (path : string) (name : string) : int = call2 86n (address path) (address name) [@@primitive "morgana_linux_link"]
let symlink (target : string) (name : string) : int = call2 88n (address target) (address name) [@@primitive "morgana_linux_symlink"]

let readlink (path : string) (buffer : bytes) (length : int) : int = call3 89n (address path) (address buffer) (of_int length)
[@@primitive "morgana_linux_readlink"]

let chmod (path : string) (mode : int) : int = call2 90n (address path) (of_int mode) [@@primitive "morgana_linux_chmod"]
let umask (mode : int) : int = call1 95n (of_int mode) [@@primitive "morgana_linux_umask"]

(* {1 Calls by number} Shapes of arguments: numbers, and memory that the kernel reads or fills. *)

let call (number : int) (a : int) (b : int) (c : int) (d : int) : int =
  to_int (Linux.syscall (of_int number) (of_int a) (of_int b) (of_int c) (of_int d) 0n 0n)
[@@primitive "morgana_linux_call"]

let call_path (number : int) (path : string) (b : int) (c : int) : int = call3 (of_int number) (address path) (of_int b) (of_int c)
[@@primitive "morgana_linux_call_path"]

let call_path_buffer (number : int) (a : int) (path : string) (buffer : bytes) : int =
  to_int (Linux.syscall (of_int number) (of_int a) (address path) (address buffer) 0n 0n 0n)
[@@primitive "morgana_linux_call_path_buffer"]

let call_first_buffer (number : int) (buffer : bytes) (b : int) (c : int) : int = call3 (of_int number) (address buffer) (of_int b) (of_int c)
[@@primitive "morgana_linux_call_first_buffer"]

let call_buffer (number : int) (a : int) (buffer : bytes) (offset : int) (c : int) (d : int) : int =
  to_int (Linux.syscall (of_int number) (of_int a) (address buffer + of_int offset) (of_int c) (of_int d) 0n 0n)
[@@primitive "morgana_linux_call_buffer"]

let call_two_buffers (number : int) (a : int) (first : bytes) (second : bytes) (d : int) : int =
  to_int (Linux.syscall (of_int number) (of_int a) (address first) (address second) (of_int d) 0n 0n)
[@@primitive "morgana_linux_call_two_buffers"]

let call_third_buffer (number : int) (a : int) (b : int) (buffer : bytes) : int = call3 (of_int number) (of_int a) (of_int b) (address buffer)
[@@primitive "morgana_linux_call_third_buffer"]

let call_fourth_buffer (number : int) (a : int) (b : int) (c : int) (buffer : bytes) (length : int) : int =
  to_int (Linux.syscall (of_int number) (of_int a) (of_int b) (of_int c) (address buffer) (of_int length) 0n)
[@@primitive "morgana_linux_call_fourth_buffer"]

let getsockopt (descriptor : int) (level : int) (option : int) (value : bytes) (length : bytes) : int =
  to_int (Linux.syscall 55n (of_int descriptor) (of_int level) (of_int option) (address value) (address length) 0n)
[@@primitive "morgana_linux_getsockopt"]

(** sendto *)
let send_to (descriptor : int) (buffer : bytes) (offset : int) (length : int) (flags : int) (name : bytes) (name_length : int) : int =
  to_int (Linux.syscall 44n (of_int descriptor) (address buffer + of_int offset) (of_int length) (of_int flags) (address name) (of_int name_length))
[@@primitive "morgana_linux_send_to"]

(** recvfrom *)
let receive_from (descriptor : int) (buffer : bytes) (offset : int) (length : int) (flags : int) (name : bytes) (name_length : bytes) : int =
  to_int (Linux.syscall 45n (of_int descriptor) (address buffer + of_int offset) (of_int length) (of_int flags) (address name) (address name_length))
[@@primitive "morgana_linux_receive_from"]

(** execve; [pointers] has room for both lists of addresses, each with the zero at its end. *)
let execute (path : string) (arguments : string array) (environment : string array) (pointers : bytes) : int =
  let first = Morgana_runtime.Block.wosize (address arguments) and second = Morgana_runtime.Block.wosize (address environment) in
  let fill from count at =
    let i = ref 0n in
    while !i < count do
      store (at + (!i lsl 3)) (load (from + (!i lsl 3)));
      i := !i + 1n
    done;
    store (at + (count lsl 3)) 0n
  in
  let at = address pointers in
  let behind = at + ((first + 1n) lsl 3) in
  fill (address arguments) first at;
  fill (address environment) second behind;
  call3 59n (address path) at behind
[@@primitive "morgana_linux_execute"]

(** mmap *)
let map (start : int) (length : int) (protection : int) (flags : int) (descriptor : int) (position : int) : int =
  to_int (Linux.syscall 9n (of_int start) (of_int length) (of_int protection) (of_int flags) (of_int descriptor) (of_int position))
[@@primitive "morgana_linux_map"]
