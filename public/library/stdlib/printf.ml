(* Formatted output. *)

open CamlinternalFormatBasics
open CamlinternalFormat

let kfprintf k channel (Format (format, _)) =
  make_printf
    (fun acc ->
      output_acc channel acc;
      k channel)
    End_of_acc format

let kbprintf k buffer (Format (format, _)) =
  make_printf
    (fun acc ->
      bufput_acc buffer acc;
      k buffer)
    End_of_acc format

let ksprintf k (Format (format, _)) =
  make_printf
    (fun acc ->
      let buffer = Buffer.create 64 in
      strput_acc buffer acc;
      k (Buffer.contents buffer))
    End_of_acc format

let ikfprintf k channel (Format (format, _)) = make_iprintf k channel format
let ikbprintf = ikfprintf
let kprintf = ksprintf
let fprintf channel format = kfprintf ignore channel format
let bprintf buffer format = kbprintf ignore buffer format
let ifprintf channel format = ikfprintf ignore channel format
let ibprintf buffer format = ikbprintf ignore buffer format
let printf format = fprintf stdout format
let eprintf format = fprintf stderr format
let sprintf format = ksprintf (fun s -> s) format
