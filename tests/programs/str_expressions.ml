(* needs OCaml 5: made with the real Str *)
let seed = ref 7

let r n =
  seed := ((!seed * 1103515245) + 12345) land 0x3fffffff;
  (!seed lsr 8) mod n

let pick a = a.(r (Array.length a))
let rec re d = if d = 0 then pick [|"a";"b";"c";".";"[ab]";"[^a]";"[a-c]";"^";"$";"\\b";"\\1";"\\2";"A";"[]b]";"[b-]";"\\.";"*";"\n";" ";"é"|] else match r 9 with
 | 0 | 1 | 2 -> re (d-1) ^ re (d-1) | 3 -> re (d-1) ^ "\\|" ^ re (d-1) | 4 | 5 -> "\\(" ^ re (d-1) ^ "\\)" ^ pick [|"";"*";"+";"?"|] | 6 -> re 0 ^ "*" | 7 -> re 0 ^ pick [|"+";"?"|] | _ -> re 0
let str () = String.concat "" (List.init (r 9) (fun _ -> pick [|"a";"b";"c";"ab";"A";"\n";" ";"]";"-";".";"é";"_"|]))
let n = 70
let e f = try f () with Not_found -> "NF" | Invalid_argument m -> "IA " ^ m | Failure m -> "F " ^ m
module Run (Str : sig
 type regexp val regexp : string -> regexp val regexp_case_fold : string -> regexp val quote : string -> string val regexp_string : string -> regexp val regexp_string_case_fold : string -> regexp
 val string_match : regexp -> string -> int -> bool val search_forward : regexp -> string -> int -> int val search_backward : regexp -> string -> int -> int val string_partial_match : regexp -> string -> int -> bool
 val matched_string : string -> string val matched_group : int -> string -> string val group_beginning : int -> int val group_end : int -> int val global_replace : regexp -> string -> string -> string val replace_first : regexp -> string -> string -> string
 val split : regexp -> string -> string list val bounded_split : regexp -> string -> int -> string list val split_delim : regexp -> string -> string list val bounded_split_delim : regexp -> string -> int -> string list
 type split_result = Text of string | Delim of string val bounded_full_split : regexp -> string -> int -> split_result list val string_before : string -> int -> string val last_chars : string -> int -> string end) = struct
 let go (re, s, pos, fold, tmpl, bound) =
  let b = Buffer.create 100 in let log x = Buffer.add_string b x; Buffer.add_char b ';' in
  (try
   let x = if fold then Str.regexp_case_fold re else Str.regexp re in
   let groups () = for i = 0 to 5 do log (e (fun () -> Str.matched_group i s)); log (e (fun () -> string_of_int (Str.group_beginning i))); log (e (fun () -> string_of_int (Str.group_end i))) done in
   log (e (fun () -> string_of_bool (Str.string_match x s pos))); groups ();
   log (e (fun () -> string_of_int (Str.search_forward x s pos))); groups ();
   log (e (fun () -> string_of_int (Str.search_backward x s pos))); groups ();
   log (e (fun () -> string_of_bool (Str.string_partial_match x s pos)));
   log (e (fun () -> Str.global_replace x tmpl s)); log (e (fun () -> Str.replace_first x tmpl s));
   log (String.concat "|" (Str.bounded_split x s bound)); log (String.concat "|" (Str.bounded_split_delim x s bound));
   log (String.concat "|" (List.map (function Str.Text s -> "T" ^ s | Str.Delim s -> "D" ^ s) (Str.bounded_full_split x s bound)));
   log (Str.quote s); log (e (fun () -> string_of_bool (Str.string_match (Str.regexp_string_case_fold s) s 0)))
  with Failure m -> log ("FAIL " ^ m) | Invalid_argument m -> log ("IA " ^ m)); Buffer.contents b
end
module A = Run (Str)

let () =
  for _ = 1 to n do
    print_endline (A.go (re (r 5), str (), r 6 - 1, r 3 = 0, pick [| "X"; "<\\0>"; "\\1-"; "\\\\"; "a\\2"; "\\q"; "\\"; "" |], r 4))
  done

(* A reference to a group tells letters of both cases apart. *)
let () = List.iter (fun s -> Printf.printf "%b " (Str.string_match (Str.regexp_case_fold "\\([a-z]+\\)-\\1$") s 0)) [ "ab-ab"; "ab-AB"; "AB-AB"; "Ab-aB" ]
