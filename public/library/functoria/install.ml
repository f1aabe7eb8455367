(* Files that a package would install. *)

type t = { bin : (Fpath.t * Fpath.t) list; etc : Fpath.t list }

let v ?(bin = []) ?(etc = []) () = { bin; etc }
let union a b = { bin = a.bin @ b.bin; etc = a.etc @ b.etc }
let empty = { bin = []; etc = [] }
let files t = List.map (fun (source, _) -> source) t.bin @ t.etc
let pp ppf t = Format.pp_print_string ppf (String.concat " " (List.map Fpath.to_string (files t)))
