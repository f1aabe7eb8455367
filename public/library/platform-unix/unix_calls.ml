(* System calls for the package unix, beyond what all platforms have. Results are those of the kernel: negative error numbers. Paths are
   NUL-terminated by their padding. *)
[@@@runtime]

open Runtime.Raw

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
