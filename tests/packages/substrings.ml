(* Parts of strings, sets and maps of strings. oracle: astring *)
open Astring

let place s = Printf.sprintf "%d-%d%S" (String.Sub.start_pos s) (String.Sub.stop_pos s) (String.Sub.to_string s)
let one name s = print_endline (name ^ " " ^ place s)
let list name l = print_endline (name ^ " " ^ String.concat ~sep:"," (List.map place l))
let option name o = print_endline (name ^ " " ^ match o with None -> "none" | Some s -> place s)
let pair name (a, b) = list name [ a; b ]
let bool name b = print_endline (name ^ " " ^ string_of_bool b)
let raises name f = bool name (match f () with _ -> false | exception Invalid_argument _ -> true)

let all base start stop =
  let module S = String.Sub in
  let s = String.sub ~start ~stop base in
  one "s" s;
  List.iter (fun (n, f) -> one n (f s)) [ ("start", S.start); ("stop", S.stop); ("base", S.base); ("tail", fun s -> S.tail s); ("rtail", S.tail ~rev:true); ("rebase", S.rebase); ("trim", fun s -> S.trim s); ("trimx", S.trim ~drop:(fun c -> c = 'a' || c = ' ')) ];
  List.iter
    (fun rev ->
      List.iter
        (fun max ->
          one "extend" (S.extend ~rev ~max s);
          one "reduce" (S.reduce ~rev ~max s);
          one "extenda" (S.extend ~rev ~max ~sat:(fun c -> c <> 'b') s);
          one "reducea" (S.reduce ~rev ~max ~sat:(fun c -> c <> 'b') s);
          pair "span" (S.span ~rev ~max s);
          pair "spana" (S.span ~rev ~max ~sat:(fun c -> c = 'a') s);
          pair "spanmin" (S.span ~rev ~min:2 ~sat:(fun c -> c = 'a') s);
          one "take" (S.take ~rev ~max s);
          one "drop" (S.drop ~rev ~max s))
        [ 0; 1; 3 ];
      option "find" (S.find ~rev (fun c -> c = 'b') s);
      option "find_sub" (S.find_sub ~rev ~sub:(String.sub "ab") s);
      option "find_empty" (S.find_sub ~rev ~sub:S.empty s);
      (match S.cut ~rev ~sep:(String.sub ~start:1 ~stop:2 "xb") s with None -> print_endline "cut none" | Some p -> pair "cut" p);
      List.iter (fun empty -> list "cuts" (S.cuts ~rev ~empty ~sep:(String.sub "b") s)) [ true; false ];
      (match S.head ~rev s with None -> print_endline "no head" | Some c -> Printf.printf "head %C\n" c))
    [ false; true ];
  List.iter (fun empty -> list "fields" (S.fields ~empty s)) [ true; false ];
  List.iter (fun (first, len) -> one (Printf.sprintf "range %d %d" first len) (S.with_range ~first ~len s)) [ (0, 2); (1, 0); (-1, 3); (-5, 2); (2, 100); (100, 1); (3, max_int) ];
  List.iter (fun (first, last) -> one (Printf.sprintf "index %d %d" first last) (S.with_index_range ~first ~last s)) [ (0, 1); (2, 1); (-3, -1); (-1, 1); (1, 100); (100, 200); (3, 0) ];
  let t = String.sub ~start:(max 0 (start - 2)) ~stop:(start + (stop - start) / 2) (S.base_string s) in
  one "extent" (S.extent s t);
  option "overlap" (S.overlap s t);
  bool "equal" (S.equal s t);
  Printf.printf "compare %d %d\n" (S.compare s t) (S.compare_bytes s t);
  bool "prefix" (S.is_prefix ~affix:t s);
  bool "infix" (S.is_infix ~affix:(String.sub "ba") s);
  bool "suffix" (S.is_suffix ~affix:(S.stop s) s);
  one "append" (S.append s t);
  one "concat" (S.concat ~sep:(String.sub "-") [ s; t; s ]);
  one "filter" (S.filter (fun c -> c <> 'a') s);
  one "mapi" (S.mapi (fun i c -> if i = 1 then '!' else c) s);
  print_endline (S.fold_left (fun acc c -> acc ^ String.of_char c) "" s ^ S.fold_right (fun c acc -> acc ^ String.of_char c) s "")

let () =
  let base = " aab bab a b" in
  List.iter (fun (a, b) -> all base a b) [ (0, 0); (0, 12); (3, 3); (12, 12); (1, 8); (2, 5); (8, 12); (4, 5) ];
  let s = String.sub ~start:1 "abc" in
  raises "start" (fun () -> String.sub ~start:4 "abc");
  raises "order" (fun () -> String.sub ~start:2 ~stop:1 "abc");
  raises "get" (fun () -> String.Sub.get s 2);
  raises "extent" (fun () -> String.Sub.extent s (String.sub (String.Sub.to_string (String.Sub.base s) ^ "")));
  raises "max" (fun () -> String.Sub.extend ~max:(-1) s);
  raises "sep" (fun () -> ignore (String.Sub.cut ~sep:String.Sub.empty s));
  Printf.printf "%c %d\n" (String.Sub.get s 0) (String.Sub.get_byte s 1);
  one "range" (String.sub_with_range ~first:1 ~len:1 "abc");
  one "index" (String.sub_with_index_range ~first:1 ~last:1 "abc");
  (match String.Sub.to_int (String.sub ~start:1 ~stop:3 "x42y") with Some n -> print_int n | None -> ());
  Format.printf "%a %a@." String.Sub.pp s String.Sub.dump (String.sub "a\"\n")

let () =
  let open String in
  let set = Set.of_list [ "b"; "a"; "c" ] in
  let show = function None -> "none" | Some s -> s in
  print_endline (concat ~sep:" " [ show (Set.min_elt set); show (Set.max_elt set); show (Set.find "b" set); show (Set.find "x" set); show (Set.choose Set.empty); Set.get_min_elt set ]);
  (try ignore (Set.get_any_elt Set.empty) with Invalid_argument _ -> print_endline "empty");
  (try ignore (Set.get "x" set) with Invalid_argument _ -> print_endline "not in");
  Format.printf "@[%a@]|@[%a@]@." (Set.pp ~sep:Format.pp_print_space Format.pp_print_string) set (Set.pp Format.pp_print_string) set;
  let map = Map.of_list [ ("k", 1); ("j", 2) ] in
  (match (Map.min_binding map, Map.max_binding map, Map.choose Map.empty) with Some (a, 2), Some (b, 1), None -> print_endline (a ^ b) | _ -> print_endline "?");
  (try ignore (Map.get_min_binding Map.empty) with Invalid_argument _ -> print_endline "empty");
  Format.printf "@[%a@]@." (Map.pp (fun ppf (k, v) -> Format.fprintf ppf "%s=%d" k v)) map;
  print_int (Set.cardinal (Map.dom map) + List.length (Map.bindings (Map.of_stdlib_map (Map.to_stdlib_map map))));
  print_newline ()
