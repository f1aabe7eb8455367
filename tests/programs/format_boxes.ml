(* needs OCaml 5 *)
(* differential: same random operations on real and mine, via a functor *)
type op =
 | Str of string | As of int * string | Open of int * int | Close | Brk of int*int | Cust of (string*int*string)*(string*int*string)
 | Nl | Ifnl | Tbox | Ctbox | Tbrk of int*int | Tab | Settab | Otag of string | Ctag | Flush | Newline | Margin of int | Maxind of int | Geo of int*int | Maxb of int | Ell of string
 | Fmt of int | Tags of bool | Ptags of bool | Mtags of bool | Text of string | Safegeo of int*int | Over | Getgeo | Sub of int*int*string
let rnd = Random.State.make [|5|]
let r n = Random.State.int rnd n
let pick a = a.(r (Array.length a))
let str () = if r 20 = 0 then "" else if r 15 = 0 then "é€x" else String.init (1 + r (pick [|3;5;12;30|])) (fun _ -> Char.chr (97 + r 26))
let off () = pick [|0;0;1;2;2;4;-1;-3;7;20;40|]
let gen lim = match r 100 with
 | x when x < 30 -> Str (str ())
 | x when x < 45 -> Brk (pick [|0;1;1;1;2;5;-1|], off ())
 | x when x < 60 -> Open (r 5, off ())
 | x when x < 72 -> Close
 | 72 -> As (r 10, str ())
 | 73 -> Nl | 74 | 75 -> Ifnl
 | 76 -> Tbox | 77 -> Ctbox | 78|79 -> Tbrk (r 4, off ()) | 80 -> Tab | 81|82 -> Settab
 | 83 -> Otag (str ()) | 84 -> Ctag
 | 85 -> if r 3 = 0 then Flush else Nl | 86 -> if r 2 = 0 then Newline else Nl
 | 87 -> if lim then Margin (pick [|1;2;10;20;40;79;200;0;-5; max_int; 1000000009; 1000000010;r 60|]) else Nl
 | 88 -> if lim then Maxind (pick [|1;2;10;20;40;79;200;0;-5;max_int;r 60|]) else Ifnl
 | 89 -> if lim then (if r 2 = 0 then Geo (r 60, r 80) else Safegeo (r 60, r 80)) else Brk(1,2)
 | 90 -> if lim && r 3 = 0 then Maxb (r 8) else Brk (1,0)
 | 91 -> if lim then Ell (str ()) else Close
 | 92 | 93 -> Cust ((str(), r 3, str ()),(str (), off(), str ()))
 | 94 | 95 -> Fmt (r 14)
 | 96 -> if r 4 = 0 then (match r 3 with 0 -> Tags (r 2=0) | 1 -> Ptags (r 2 = 0) | _ -> Mtags (r 2 = 0)) else Close
 | 97 -> Text (String.concat (pick [|" ";"\n";"  "|]) (List.init (r 5) (fun _ -> str ())))
 | 98 -> if r 2 = 0 then Over else Getgeo
 | _ -> let s = str () in (let p = r (String.length s + 1) in Sub (p, r (String.length s - p + 1), s))
module Run = struct
  open Format
  let go ops =
    let b = Buffer.create 100 in
    let f = make_formatter (fun s i n -> Buffer.add_string b ("{" ^ String.sub s i n ^ "}")) (fun () -> Buffer.add_string b "!FLUSH!") in
    let log fmt = Printf.ksprintf (fun s -> Buffer.add_string b ("[" ^ s ^ "]")) fmt in
    pp_set_formatter_stag_functions f { mark_open_stag = (function String_tag s -> "<" ^ s ^ ">" | _ -> "?"); mark_close_stag = (function String_tag s -> "</" ^ s ^ ">" | _ -> "?");
      print_open_stag = (function String_tag s -> log "o %s" s | _ -> ()); print_close_stag = (function String_tag s -> log "c %s" s | _ -> ()) };
    let go1 = function
      | Str s -> pp_print_string f s | As (n,s) -> pp_print_as f n s
      | Open (0,o) -> pp_open_hbox f () | Open (1,o) -> pp_open_vbox f o | Open (2,o) -> pp_open_hvbox f o | Open (3,o) -> pp_open_hovbox f o | Open (_,o) -> pp_open_box f o
      | Close -> pp_close_box f () | Brk (w,o) -> pp_print_break f w o | Cust (fits,breaks) -> pp_print_custom_break f ~fits ~breaks
      | Nl -> pp_force_newline f () | Ifnl -> pp_print_if_newline f () | Tbox -> pp_open_tbox f () | Ctbox -> pp_close_tbox f ()
      | Tbrk (a,b) -> pp_print_tbreak f a b | Tab -> pp_print_tab f () | Settab -> pp_set_tab f ()
      | Otag s -> pp_open_stag f (String_tag s) | Ctag -> pp_close_stag f ()
      | Flush -> pp_print_flush f () | Newline -> pp_print_newline f ()
      | Margin n -> pp_set_margin f n | Maxind n -> pp_set_max_indent f n
      | Geo (a,m) -> pp_set_geometry f ~max_indent:a ~margin:m | Safegeo (a,m) -> pp_safe_set_geometry f ~max_indent:a ~margin:m
      | Maxb n -> pp_set_max_boxes f n | Ell s -> pp_set_ellipsis_text f s
      | Tags t -> pp_set_tags f t | Ptags t -> pp_set_print_tags f t | Mtags t -> pp_set_mark_tags f t
      | Text s -> pp_print_text f s
      | Over -> log "%b %b %b" (pp_over_max_boxes f ()) (pp_get_mark_tags f ()) (pp_get_print_tags f ())
      | Getgeo -> let g = pp_get_geometry f () in log "%d %d %d %d %d %s" g.max_indent g.margin (pp_get_max_indent f ()) (pp_get_margin f ()) (pp_get_max_boxes f ()) (pp_get_ellipsis_text f ())
      | Sub (p,l,s) -> if p land 1 = 0 then pp_print_substring ~pos:p ~len:l f s else pp_print_substring_as ~pos:p ~len:l f 3 s
      | Fmt 0 -> fprintf f "@[<hov 2>a@ %d@;<1 2>%s@,x@]" 3 "yy"
      | Fmt 1 -> fprintf f "@[%a@ %t@]@." (fun f x -> fprintf f "@[<v 3>%s@,z@]" x) "arg" (fun f -> pp_print_int f 5)
      | Fmt 2 -> fprintf f "@{<tag%d>in@ %*d%-*d|@}" 4 6 7 8 9
      | Fmt 3 -> fprintf f "@<3>%s@<1>abc@<0>%c@<2>x" "é" 'c'
      | Fmt 4 -> fprintf f "@[<b>a@;@;<0 -2>b@]@@ %% @%% @x@?"
      | Fmt 5 -> pp_print_list ~pp_sep:(fun f () -> fprintf f ",@ ") pp_print_int f [1;22;333;4444;55555]
      | Fmt 6 -> pp_print_list pp_print_bool f [true;false]; pp_print_array pp_print_char f [|'a';'b'|]; pp_print_seq pp_print_float f (List.to_seq [1.;2.5e30])
      | Fmt 7 -> pp_print_option ~none:(fun f () -> pp_print_string f "none") pp_print_int f None;  pp_print_option pp_print_int f (Some 1); pp_print_option pp_print_int f None
      | Fmt 8 -> pp_print_result ~ok:pp_print_int ~error:pp_print_string f (Ok 1); pp_print_either ~left:pp_print_int ~right:pp_print_string f (Right "r")
      | Fmt 9 -> log "%s" (asprintf "@[<v>%d@,@{<x>%s@}@ @]" 1 "two"); log "%s" (sprintf "@[<v 3>a@ b%a%t@]" (fun () x -> x ^ "!") "k" (fun () -> "T"))
      | Fmt 10 -> (dprintf "@[%d@ %s@]" 1 "dd") f
      | Fmt 11 -> fprintf f "%(%d%s%)@[<%s>x@ y@]" "q%dz%s" 1 "s" (pick [|"v";"hov 2";"hv";"h";"b"|] |> fun _ -> "v 4")
      | Fmt 12 -> fprintf f "@[<2>abc@\ndef@]@ @[<hv 0>%!%S %C@]" "a\"b" '\n'
      | Fmt _ -> ikfprintf (fun f -> pp_print_string f "ik") f "%d %s" 1 "x"; ifprintf f "%d" 2
    in
    List.iter (fun o -> try go1 o with Invalid_argument m -> log "IA %s" m | Failure m -> log "F %s" m | e -> log "E %s" (Printexc.to_string e)) ops;
    pp_print_flush f ();
    Buffer.contents b
end
let () =
  for _ = 1 to 250 do
    let lim = r 3 = 0 in
    let ops = List.init (1 + r (pick [|6;15;40;120|])) (fun _ -> gen lim) in
    let ops = if r 2 = 0 then Mtags true :: ops else ops in
    let ops = match r 4 with 0 -> Margin (5 + r 40) :: ops | 1 -> Safegeo (2 + r 20, 5 + r 40) :: ops | _ -> ops in
    print_endline (Run.go ops)
  done
