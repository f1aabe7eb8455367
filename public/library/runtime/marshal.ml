(* What Marshal's primitives need of Marshal_output, for ordinary code. *)

open Raw

(** Writes a value: with sharing or without, for reading on machines of 32 bits or not, with functions or without them. The result is 0, or a number that tells why it
    cannot be written (Marshal_output). *)
let write (v : 'a) (sharing : bool) (compatible : bool) (functions : bool) : int =
  to_int (Marshal_output.write (address v) sharing compatible functions)
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

(** Whether functions in a message are of this very program: its digest is there in the bytes. *)
let is_own_code (b : bytes) (at : int) : bool = Marshal_output.is_own_code (address b + of_int at) [@@primitive "morgana_marshal_is_own_code"]

(** Fills a closure's words before its captured values from the bytes. False if they are no function's. *)
let fill_code (closure : 'a) (count : int) (b : bytes) (at : int) : bool =
  Marshal_output.fill_code (address closure) (of_int count) (address b + of_int at)
[@@primitive "morgana_marshal_fill_code"]

(** The function at a distance inside a closure; an integer if there is none. *)
let inside (closure : 'a) (distance : int) : 'a =
  if Marshal_output.is_inside (address closure) (of_int distance) then value (address closure + of_int distance) else value 1n
[@@primitive "morgana_marshal_inside"]
