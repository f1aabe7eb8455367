let a s = String.lowercase s ^ String.uppercase s ^ String.capitalize s ^ String.uncapitalize "\200A" ^ StringLabels.capitalize "\233x"
let b () = let b = String.create 3 in String.fill b 0 3 'x'; String.set b 1 'y'; String.unsafe_set b 2 'z'; Bytes.to_string b ^ String.copy "q"
let c () = Bytes.to_string (Bytes.uppercase (Bytes.of_string "ab\228"))
let d () = Array.length (Array.make_float 3) + Array.length (Array.create_matrix 2 3 0)
let e () = Lazy.lazy_is_val (Lazy.lazy_from_val 3), Lazy.force (Lazy.lazy_from_fun (fun () -> 7))
let f () = Int32.format "%x" 255l ^ Int64.format "%d" (-5L) ^ Nativeint.format "%u" 9n
let g () = Format.kprintf (fun s -> s ^ "!") "%d-%s" 3 "k"
let h () = let b = Buffer.create 3 in Format.bprintf b "@[<2>%d@ %d@]" 1 2; Buffer.contents b
let i () =
  let b = Buffer.create 3 in let f = Format.formatter_of_buffer b in
  Format.pp_set_formatter_tag_functions f { Format.mark_open_tag = (fun s -> "<" ^ s ^ ">"); mark_close_tag = (fun s -> "</" ^ s ^ ">"); print_open_tag = ignore; print_close_tag = ignore };
  Format.pp_set_tags f true;
  Format.fprintf f "@{<em>x@}"; Format.pp_open_tag f "b"; Format.pp_print_string f "y"; Format.pp_close_tag f (); Format.pp_print_flush f (); Buffer.contents b
let j file = let ic = open_in file in let a = Scanf.fscanf ic " %d" (fun x -> x) in let b = Scanf.fscanf ic " %s" (fun x -> x) in close_in ic; (a, b)
let n x = (x or false) & (false or x)
let k s = Char.lowercase s, Char.uppercase s
let l () = let b = Buffer.create 9 in let f = Format.formatter_of_buffer b in
  let (out, flush, _, spaces) = Format.pp_get_all_formatter_output_functions f () in
  Format.pp_set_all_formatter_output_functions f ~out ~flush ~newline:(fun () -> out "|" 0 1) ~spaces;
  Format.fprintf f "@[<v>a@,b@]@."; Buffer.contents b
let m () = Filename.temp_dir_name
module Table = Hashtbl.MakeSeeded (struct
  type t = string
  let equal a b = String.lowercase a = String.lowercase b
  let hash seed s = Hashtbl.seeded_hash seed (String.lowercase s)
end)
let o () = let t = Table.create 3 in Table.add t "Key" 1; Table.replace t "KEY" 2; Table.length t, Table.find_opt t "key"
type shape = Circle of int | Square of int
let p () = let s = Obj.dup (Obj.repr (Circle 3)) in Obj.set_tag s 1; match (Obj.obj s : shape) with Circle n -> n | Square n -> n * n
module Folded = struct
  type t = string
  let equal a b = String.lowercase a = String.lowercase b
  let hash seed s = Hashtbl.seeded_hash seed (String.lowercase s)
end
module Labelled : MoreLabels.Hashtbl.SeededS with type key = string and type 'a t = 'a Hashtbl.MakeSeeded(Folded).t = MoreLabels.Hashtbl.MakeSeeded (Folded)
module Plain = Hashtbl.MakeSeeded (Folded)
module Pairs = Ephemeron.K2.MakeSeeded (Folded) (Folded)
module Weakly = Ephemeron.K1.MakeSeeded (Folded)
module Many = Ephemeron.Kn.MakeSeeded (Folded)
let q () =
  let t = Labelled.create 3 in
  Labelled.add t ~key:"A" ~data:1; Labelled.replace t ~key:"a" ~data:5; Plain.add t "b" 2;
  let e = Weakly.create 3 and p = Pairs.create 3 and m = Many.create 3 and k = "key" in
  Weakly.add e k 1; Pairs.add p (k, k) 2; Many.add m [| k; k |] 3;
  [ Labelled.fold t ~init:0 ~f:(fun ~key:_ ~data n -> data + n); Weakly.length e; Pairs.length p; Many.length m ]
