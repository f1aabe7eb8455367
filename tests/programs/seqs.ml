(* Sequences, options, results, buffers of characters, sys constants. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let rec nat n () = Seq.Cons (n, nat (n + 1))
let rec take n s = if n = 0 then [] else match s () with Seq.Nil -> [] | Seq.Cons (x, r) -> x :: take (n - 1) r
let rec sieve s () = match s () with Seq.Nil -> Seq.Nil | Seq.Cons (x, r) -> Seq.Cons (x, sieve (Seq.filter (fun y -> y mod x <> 0) r))
let show l = String.concat " " (List.map string_of_int l)
let () =
  p "%s" (show (take 5 (Seq.map (fun x -> x * x) (nat 1))));
  p "%s" (show (take 10 (sieve (nat 2))));
  p "%d" (Seq.fold_left ( + ) 0 (List.to_seq [ 1; 2; 3 ]));
  p "%s" (show (List.of_seq (Seq.filter_map (fun x -> if x > 1 then Some (x * 2) else None) (List.to_seq [ 1; 2; 3 ]))));
  p "%d" (Option.value (Option.map succ (Some 1)) ~default:0);
  p "%s" (match Result.bind (Ok 3) (fun x -> if x > 2 then Error "big" else Ok x) with Ok _ -> "ok" | Error e -> e);
  p "%b %d" Sys.big_endian Sys.word_size;
  p "%s" (String.of_seq (Seq.map Char.uppercase_ascii (String.to_seq "abc")));
  p "%d" (List.length (List.of_seq (Seq.flat_map (fun x -> List.to_seq [ x; x ]) (List.to_seq [ 1; 2 ]))));
  p "%s" (show (Array.to_list (Array.of_seq (Seq.unfold (fun n -> if n > 3 then None else Some (n, n + 1)) 0))))
