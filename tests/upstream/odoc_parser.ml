(* packages: odoc-parser *)
open Odoc_parser
let () =
  let text = "Title.\n\n{1:lbl Section {b bold}} Some [code] and {!ref} {{:http://x}link}.\n\n- a\n- b\n\n{[let x = 1]}\n\n{v verb v}\n@param x the x\n@return y\n{b unterminated" in
  let t = parse_comment ~location:{ Lexing.pos_fname = "f.ml"; pos_lnum = 1; pos_bol = 0; pos_cnum = 0 } ~text in
  List.iter (fun w -> Format.printf "%s@." (Warning.to_string w)) (warnings t);
  let rec inline i = match Loc.value i with
    | `Space s -> Printf.sprintf "S%S" s | `Word w -> w | `Code_span s -> "[" ^ s ^ "]" | `Raw_markup _ -> "raw"
    | `Styled (st, l) -> (match st with `Bold -> "B" | _ -> "?") ^ "(" ^ String.concat "" (List.map inline l) ^ ")"
    | `Reference (_, r, l) -> "ref:" ^ Loc.value r ^ String.concat "" (List.map inline l)
    | `Link (u, l) -> "link:" ^ u ^ String.concat "" (List.map inline l) | _ -> "other" in
  let rec block b = match Loc.value b with
    | `Paragraph l -> print_endline ("P " ^ String.concat "" (List.map inline l))
    | `Heading (n, l, i) -> Printf.printf "H%d %s %s\n" n (Option.value ~default:"-" l) (String.concat "" (List.map inline i))
    | `List (_, _, items) -> List.iter (fun it -> print_string "* "; List.iter (fun b -> block (b :> Ast.block_element Loc.with_location)) it) items
    | `Code_block _ -> print_endline "code" | `Verbatim v -> print_endline ("V" ^ v) | `Modules _ -> () 
    | `Tag (`Param (p, _)) -> print_endline ("@param " ^ p) | `Tag _ -> print_endline "@tag" | _ -> print_endline "other" in
  List.iter block (ast t)
