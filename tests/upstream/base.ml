(* packages: base stdio *)
open Base
let () =
  let l = List.range 1 11 in
  Stdio.printf "%d %s\n" (List.sum (module Int) l ~f:(fun x -> x * x)) (String.concat ~sep:"," (List.map l ~f:Int.to_string));
  let m = Map.of_alist_exn (module String) [ "a", 1; "b", 2; "c", 3 ] in
  let m = Map.update m "b" ~f:(Option.value_map ~default:0 ~f:(fun x -> x * 10)) in
  Map.iteri m ~f:(fun ~key ~data -> Stdio.printf "%s=%d " key data); Stdio.print_endline "";
  let h = Hashtbl.create (module Int) in
  List.iter l ~f:(fun i -> Hashtbl.add_multi h ~key:(i % 3) ~data:i);
  List.iter (List.sort ~compare:(fun (a, _) (b, _) -> Int.compare a b) (Hashtbl.to_alist h)) ~f:(fun (k, v) -> Stdio.printf "%d:%s\n" k (Sexp.to_string (List.sexp_of_t Int.sexp_of_t v)));
  Stdio.printf "%s\n" (Sexp.to_string_hum (Map.sexp_of_m__t (module String) Int.sexp_of_t m));
  Stdio.printf "%s %s\n" (String.uppercase "abc") (String.strip ~drop:Char.is_digit "12abc34");
  Stdio.printf "%s\n" (String.concat ~sep:"|" (String.split_on_chars "a,b;c" ~on:[ ','; ';' ]));
  let s = Set.union (Set.of_list (module Int) [ 3; 1 ]) (Set.of_list (module Int) [ 2; 3 ]) in
  Stdio.printf "%d %s\n" (Set.length s) (String.concat (List.map (Set.to_list s) ~f:Int.to_string));
  (match Or_error.try_with (fun () -> Int.of_string "zz") with Ok n -> Stdio.printf "%d\n" n | Error e -> Stdio.print_endline (Error.to_string_hum e));
  Stdio.printf "%d %d\n" (Int.pow 3 7) (Int.popcount 255);
  let q = Queue.create () in Queue.enqueue_all q [ 1; 2; 3 ]; Stdio.printf "%d\n" (Queue.fold q ~init:0 ~f:( + ));
  Stdio.printf "%s\n" (Sequence.unfold ~init:1 ~f:(fun x -> Some (x, x * 2)) |> Fn.flip Sequence.take 8 |> Sequence.to_list |> List.map ~f:Int.to_string |> String.concat ~sep:" ");
  Stdio.printf "%.3f %s %s\n" (Float.round_decimal ~decimal_digits:2 3.14159) (Float.to_string 2.5) (Int.Hex.to_string 255);
  Stdio.printf "%d\n" (Array.binary_search ~compare:Int.compare [| 1; 3; 5; 7 |] `First_equal_to 5 |> Option.value ~default:(-1));
  Stdio.printf "%b %d\n" (Char.is_alpha 'z') (Hash.run Int.hash_fold_t 42 |> fun h -> if h = 0 then 0 else 1);
  Stdio.printf "%s\n" (Int.to_string_hum 1234567);
  ()
