(* Media types of files by their names. *)

(* From the last dot that the name's base has behind its first character; empty without one. *)
let extension name =
  let base = match String.rindex_opt name '/' with Some slash -> slash + 1 | None -> 0 in
  match String.rindex_opt name '.' with
  | Some dot when dot > 0 && dot >= base -> String.sub name (dot + 1) (String.length name - dot - 1)
  | _ -> ""

let lookup ?default name =
  match extension name with
  | "" -> Mime_types.map_file ?default name
  | extension -> Mime_types.map_extension ?default (String.lowercase_ascii extension)

let reverse_lookup mime =
  let parameters = Option.value (String.index_opt mime ';') ~default:(String.length mime) in
  Mime_types.map_mime (String.sub mime 0 parameters)
