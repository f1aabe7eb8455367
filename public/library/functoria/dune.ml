(* Stanzas for the build system. *)

type stanza = string

let stanza text = text
let stanzaf format = Format.asprintf format

type t = stanza list

let v stanzas = stanzas
let to_string t = String.concat "\n\n" t
let pp ppf t = Format.pp_print_string ppf (to_string t)
let compact_list ?(indent = 0) field ppf values = Format.fprintf ppf "%s(%s %s)" (String.make indent ' ') field (String.concat " " values)
