(* Descriptors: opening, reading and writing, flags, locks. *)

open Unix__error
open Unix__calls

type file_descr = int
type file_perm = int

let stdin = 0
let stdout = 1
let stderr = 2

type open_flag =
  | O_RDONLY
  | O_WRONLY
  | O_RDWR
  | O_NONBLOCK
  | O_APPEND
  | O_CREAT
  | O_TRUNC
  | O_EXCL
  | O_NOCTTY
  | O_DSYNC
  | O_SYNC
  | O_RSYNC
  | O_SHARE_DELETE
  | O_CLOEXEC
  | O_KEEPEXEC

(* asm-generic/fcntl.h *)
let number_of_flag = function
  | O_RDONLY | O_SHARE_DELETE | O_KEEPEXEC -> 0
  | O_WRONLY -> 1
  | O_RDWR -> 2
  | O_NONBLOCK -> 0o4000
  | O_APPEND -> 0o2000
  | O_CREAT -> 0o100
  | O_TRUNC -> 0o1000
  | O_EXCL -> 0o200
  | O_NOCTTY -> 0o400
  | O_DSYNC -> 0o10000
  | O_SYNC | O_RSYNC -> 0o4010000
  | O_CLOEXEC -> 0o2000000

external linux_open : string -> int -> int -> int = "morgana_linux_open"
external platform_close : int -> int = "morgana_platform_close"
external platform_read : int -> bytes -> int -> int -> int = "morgana_platform_read"
external platform_write : int -> bytes -> int -> int -> int = "morgana_platform_write"

let openfile path flags permissions =
  check_path "open" path;
  checked "open" path (linux_open path (List.fold_left (fun all flag -> all lor number_of_flag flag) 0 flags) permissions)

let close descriptor = checked_unit "close" "" (platform_close descriptor)

let read descriptor b offset length =
  check_range "read" b offset length;
  before_reading descriptor;
  checked "read" "" (platform_read descriptor b offset (min length largest_piece))

let single_write descriptor b offset length =
  check_range "single_write" b offset length;
  before_writing descriptor;
  checked "single_write" "" (platform_write descriptor b offset (min length largest_piece))

let write descriptor b offset length =
  check_range "write" b offset length;
  let rec from offset left =
    if left > 0 then begin
      before_writing descriptor;
      let n = checked "write" "" (platform_write descriptor b offset (min left largest_piece)) in
      from (offset + n) (left - n)
    end
  in
  from offset length;
  length

let write_substring descriptor s offset length = write descriptor (Bytes.unsafe_of_string s) offset length
let single_write_substring descriptor s offset length = single_write descriptor (Bytes.unsafe_of_string s) offset length

external bytes_of_array : ('a, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> bytes -> int -> int -> unit = "morgana_ba_to_bytes"
external array_of_bytes : bytes -> int -> ('a, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> unit = "morgana_ba_of_bytes"

let check_array_range name a offset length = if offset < 0 || length < 0 || offset > Bigarray.Array1.dim a - length then invalid_arg ("Unix." ^ name)

(* Through byte sequences, which the platform's functions take. *)
let read_bigarray descriptor a offset length =
  check_array_range "read_bigarray" a offset length;
  let piece = Bytes.create (min length largest_piece) in
  before_reading descriptor;
  let n = checked "read_bigarray" "" (platform_read descriptor piece 0 (Bytes.length piece)) in
  array_of_bytes piece 0 a offset n;
  n

let write_piece name descriptor a piece offset length =
  let length = min length (Bytes.length piece) in
  bytes_of_array a offset piece 0 length;
  before_writing descriptor;
  checked name "" (platform_write descriptor piece 0 length)

let single_write_bigarray descriptor a offset length =
  check_array_range "single_write_bigarray" a offset length;
  write_piece "single_write_bigarray" descriptor a (Bytes.create (min length largest_piece)) offset length

let write_bigarray descriptor a offset length =
  check_array_range "write_bigarray" a offset length;
  let piece = Bytes.create (min length largest_piece) in
  let rec from offset left =
    if left > 0 then begin
      let n = write_piece "write_bigarray" descriptor a piece offset left in
      from (offset + n) (left - n)
    end
  in
  from offset length;
  length

external in_channel_of_descr : file_descr -> in_channel = "caml_ml_open_descriptor_in"
external out_channel_of_descr : file_descr -> out_channel = "caml_ml_open_descriptor_out"
external descr_of_in_channel : in_channel -> file_descr = "caml_channel_descriptor"
external descr_of_out_channel : out_channel -> file_descr = "caml_channel_descriptor"
external linux_fsync : int -> int = "morgana_linux_fsync"

let fsync descriptor = checked_unit "fsync" "" (linux_fsync descriptor)

type seek_command = SEEK_SET | SEEK_CUR | SEEK_END

external platform_seek : int -> int -> int -> int = "morgana_platform_seek"

let lseek descriptor offset command =
  let whence = match command with SEEK_SET -> 0 | SEEK_CUR -> 1 | SEEK_END -> 2 in
  checked "lseek" "" (platform_seek descriptor offset whence)

(* {1 Flags} fcntl: F_GETFD 1, F_SETFD 2, F_GETFL 3, F_SETFL 4. *)

let change_flags name get set change descriptor =
  let flags = checked name "" (linux_call 72 descriptor get 0 0) in
  checked_unit name "" (linux_call 72 descriptor set (change flags) 0)

let set_nonblock d = change_flags "set_nonblock" 3 4 (fun f -> f lor 0o4000) d
let clear_nonblock d = change_flags "clear_nonblock" 3 4 (fun f -> f land lnot 0o4000) d
let set_close_on_exec d = change_flags "set_close_on_exec" 1 2 (fun f -> f lor 1) d
let clear_close_on_exec d = change_flags "clear_close_on_exec" 1 2 (fun f -> f land lnot 1) d

external linux_dup : int -> int = "morgana_linux_dup"
external linux_dup2 : int -> int -> int = "morgana_linux_dup2"
external linux_pipe : bytes -> int = "morgana_linux_pipe"

let with_cloexec cloexec d = if cloexec = Some true then set_close_on_exec d

let dup ?cloexec d =
  let copy = checked "dup" "" (linux_dup d) in
  with_cloexec cloexec copy;
  copy

let dup2 ?cloexec from to_ =
  checked_unit "dup2" "" (linux_dup2 from to_);
  with_cloexec cloexec to_

let pipe ?cloexec () =
  let b = Bytes.make 8 '\000' in
  checked_unit "pipe" "" (linux_pipe b);
  let read = half b 0 and write = half b 4 in
  with_cloexec cloexec read;
  with_cloexec cloexec write;
  (read, write)

(* {1 Locks} fcntl with struct flock. *)

type lock_command = F_ULOCK | F_LOCK | F_TLOCK | F_TEST | F_RLOCK | F_TRLOCK

let lockf d command length =
  let b = Bytes.make 32 '\000' in
  (* F_RDLCK 0, F_WRLCK 1, F_UNLCK 2; from where the descriptor is. *)
  Bytes.set_uint16_le b 0 (match command with F_RLOCK | F_TRLOCK -> 0 | F_ULOCK -> 2 | F_LOCK | F_TLOCK | F_TEST -> 1);
  Bytes.set_uint16_le b 2 1;
  Bytes.set_int64_le b 16 (Int64.of_int length);
  let fcntl = match command with F_TEST -> 5 | F_LOCK | F_RLOCK -> 7 | F_ULOCK | F_TLOCK | F_TRLOCK -> 6 in
  checked_unit "lockf" "" (linux_call_third_buffer 72 d fcntl b);
  (* The question is answered by the lock that is in the way. *)
  if command = F_TEST && Bytes.get_uint16_le b 0 <> 2 then raise (Unix_error (EACCES, "lockf", ""))
