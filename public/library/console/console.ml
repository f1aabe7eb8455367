(* The machine's console, read and written through the platform; the main loop tells when there is input. *)

open Lwt.Infix

module type S = sig
  type t

  val write : t -> string -> unit Lwt.t
  val log : t -> string -> unit Lwt.t
  val read : t -> [ `Data of string | `Eof ] Lwt.t
end

type t = unit

(* Descriptor, buffer, offset, length; the number of bytes read, 0 at the end, negative for an error. *)
external platform_read : int -> bytes -> int -> int -> int = "morgana_platform_read"

let standard_input = 0
let connect () = Lwt.return_unit

(* The standard channel is used, so that this output and that of print_string keep their order. *)
let write () text =
  print_string text;
  flush stdout;
  Lwt.return_unit

let log () line = write () (line ^ "\n")

let read () =
  Morgana_os.Console_input.readable () >|= fun () ->
  let buffer = Bytes.create 4096 in
  let count = platform_read standard_input buffer 0 (Bytes.length buffer) in
  if count > 0 then `Data (Bytes.sub_string buffer 0 count) else `Eof
