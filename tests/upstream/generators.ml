(* packages: gen sedlex *)
(* Generators, lexing of Unicode by hand. *)
let () =
  let ints l = print_endline (String.concat " " (List.map string_of_int l)) in
  let open Gen in
  ints (to_list (take 5 (map (fun x -> x * x) (int_range 3 100))));
  ints (to_list (interleave (1 -- 4) (10 -- 13)));
  ints (to_list (flat_map (fun x -> repeat x |> take x) (1 -- 4)));
  ints (to_list (sorted_merge (of_list [ 1; 4; 9 ]) (of_list [ 2; 4; 10 ])));
  ints (to_list (filter_map (fun x -> if x mod 3 = 0 then Some (x / 3) else None) (1 -- 20)));
  ints (List.concat (to_list (map (fun l -> l) (chunks 4 (1 -- 10) |> map Array.to_list))));
  print_endline (String.concat "|" (to_list (map (fun l -> String.concat "" (List.map string_of_int l)) (permutations (1 -- 3)))));
  print_endline (String.concat "|" (to_list (map (fun l -> String.concat "" (List.map string_of_int l)) (combinations 2 (1 -- 4)))));
  ints (to_list (unfold (fun (a, b) -> if a > 100 then None else Some (a, (b, a + b))) (0, 1)));
  let g = 1 -- 6 in
  ignore (next g);
  let a, b = partition (fun x -> x mod 2 = 0) g in
  ints (to_list b);
  ints (to_list a);
  Printf.printf "%d %b %b\n" (fold ( + ) 0 (1 -- 100)) (for_all (fun x -> x > 0) (1 -- 5)) (exists (fun x -> x > 5) (1 -- 5));
  print_string (to_string (lines (of_string "one\ntwo\n\nthree") |> unlines));
  List.iter (fun (x, l) -> Printf.printf "%d:%d " x (List.length l)) (to_list (map (fun l -> (List.hd l, l)) (group (of_list [ 1; 1; 2; 3; 3; 3 ]))));
  print_newline ();
  let open GenLabels in
  ints (to_list (scan ~init:0 ~f:( + ) (of_array [| 1; 2; 3 |])));
  let m = Gen.Restart.(take 3 (cycle (of_list [ 5; 6 ]))) in
  ints (Gen.Restart.to_list m);
  ints (Gen.Restart.to_list m)

let () =
  let lexbuf = Sedlexing.Utf8.from_string "a\xc3\xa9\xe6\xbc\xa2b\nc" in
  let rec go () =
    Sedlexing.start lexbuf;
    match Sedlexing.__private__next_int lexbuf with
    | -1 -> print_endline "end"
    | c ->
        Sedlexing.mark lexbuf 3;
        let a, b = Sedlexing.loc lexbuf in
        let p, _ = Sedlexing.lexing_positions lexbuf in
        Printf.printf "%x %d-%d %S line %d\n" c a b (Sedlexing.Utf8.lexeme lexbuf) p.Lexing.pos_lnum;
        if c = 10 then Sedlexing.new_line lexbuf;
        go ()
  in
  go ()
