(* Says back what is typed, until "quit" or the end of the input.

   The application does not use the console directly: a line reader
   stands between them. It is a functor too, from a console to
   something that reads lines, so it has an input and an output on
   the canvas. *)

open Lwt.Infix

module Main (Lines : Lines.S) = struct
  let rec converse lines count =
    Lines.prompt lines "> " >>= function
    | None | Some "quit" -> Lwt.return count
    | Some "" -> converse lines count
    | Some line ->
        Lines.write_line lines line >>= fun () ->
        converse lines (count + 1)

  let start lines =
    Lines.write_line lines "Type something; \"quit\" ends." >>= fun () ->
    converse lines 0 >>= fun count ->
    let plural = if count = 1 then "" else "s" in
    Lines.write_line lines (Printf.sprintf "%d line%s echoed." count plural)
end
