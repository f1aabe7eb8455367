(* What Marshal's primitives need of Marshal_output, for ordinary code. *)

open Raw

(** Writes a value: with sharing or without, for reading on machines of 32 bits or not. The result is 0, or a number that tells why it
    cannot be written (Marshal_output). *)
let write (v : 'a) (sharing : bool) (compatible : bool) : int = to_int (Marshal_output.write (address v) sharing compatible)
[@@primitive "morgana_marshal_write"]

let length (_ : unit) : int = to_int (load Marshal_output.length) [@@primitive "morgana_marshal_length"]
let objects (_ : unit) : int = to_int (load Marshal_output.objects) [@@primitive "morgana_marshal_objects"]
let size32 (_ : unit) : int = to_int (load Marshal_output.size32) [@@primitive "morgana_marshal_size32"]
let size64 (_ : unit) : int = to_int (load Marshal_output.size64) [@@primitive "morgana_marshal_size64"]

(** Copies what was written. *)
let copy (target : bytes) (offset : int) : unit =
  copy_bytes (address target + of_int offset) (load Marshal_output.buffer) (load Marshal_output.length)
[@@primitive "morgana_marshal_copy"]

let release (_ : unit) : unit = Marshal_output.release_output () [@@primitive "morgana_marshal_release"]
