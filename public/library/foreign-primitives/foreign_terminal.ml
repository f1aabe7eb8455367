(* What libraries ask of a terminal in C, and of the process around them. *)

external call_third_buffer : int -> int -> int -> bytes -> int = "morgana_linux_call_third_buffer"

(* ioctl TIOCGWINSZ: rows, columns, and the size in points, 16 bits each. *)
let size descriptor =
  let b = Bytes.make 8 '\000' in
  if call_third_buffer 16 descriptor 0x5413 b < 0 then None else Some (Bytes.get_uint16_le b 0, Bytes.get_uint16_le b 2)

(* {1 alcotest} *)

type dimensions = { rows : int; columns : int }

let alcotest_dimensions () =
  match size 1 with
  | Some (rows, columns) when rows > 0 && columns > 0 -> Some { rows; columns }
  | _ -> None
[@@primitive "ocaml_alcotest_get_terminal_dimensions"]

(* What a test prints goes to a file of its own. *)
let before_test (output : Primitives_channel.channel) (stdout : Primitives_channel.channel) (stderr : Primitives_channel.channel) =
  stdout.descriptor <- output.descriptor;
  stderr.descriptor <- output.descriptor
[@@primitive "alcotest_before_test"]

let after_test (stdout : Primitives_channel.channel) (stderr : Primitives_channel.channel) =
  stdout.descriptor <- 1;
  stderr.descriptor <- 2
[@@primitive "alcotest_after_test"]

(* {1 Others} *)

(** Columns and rows, for ANSITerminal. *)
let ansi_terminal_size (descriptor : int) =
  match size descriptor with
  | Some (rows, columns) -> (columns, rows)
  | None -> failwith "ANSITerminal.size"
[@@primitive "ANSITerminal_term_size"]

(* One processor runs the program. *)
let processors () = 1 [@@primitive "numcores"]
let choose_processor (_ : int) = () [@@primitive "setcore"]
