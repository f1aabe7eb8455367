(* The boot arguments: the command line of the boot protocol, split into words; those of the process where there is none. *)

external command_line : unit -> string = "morgana_command_line"

exception Unbalanced of string

(* A space separates words, a backslash takes the next character as it is, double quotes hold spaces together. *)
let split text =
  let n = String.length text in
  let word = Buffer.create 32 in
  let finish words started = if started then (let w = Buffer.contents word in Buffer.clear word; w :: words) else words in
  let rec plain words started i =
    if i = n then List.rev (finish words started)
    else
      match text.[i] with
      | ' ' -> plain (finish words started) false (i + 1)
      | '"' -> quoted words (i + 1)
      | '\\' when i + 1 < n ->
          Buffer.add_char word text.[i + 1];
          plain words true (i + 2)
      | '\\' -> raise (Unbalanced "the last character is a backslash")
      | c ->
          Buffer.add_char word c;
          plain words true (i + 1)
  and quoted words i =
    if i = n then raise (Unbalanced "a double quote is not closed")
    else
      match text.[i] with
      | '"' -> plain words true (i + 1)
      | '\\' when i + 1 < n ->
          Buffer.add_char word text.[i + 1];
          quoted words (i + 2)
      | '\\' -> raise (Unbalanced "the last character is a backslash")
      | c ->
          Buffer.add_char word c;
          quoted words (i + 1)
  in
  plain [] false 0

let argv () =
  match command_line () with
  | "" ->
      (* A process: its name is replaced, as boot arguments have none. *)
      let arguments = Array.copy Sys.argv in
      if Array.length arguments = 0 then [| "mirage" |]
      else begin
        arguments.(0) <- "mirage";
        arguments
      end
  | text -> (
      match split text with
      | words -> Array.of_list ("mirage" :: words)
      | exception Unbalanced reason -> failwith ("the boot command line cannot be split into arguments: " ^ reason))
