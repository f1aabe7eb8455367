(* Blocks of all sizes around the limits of the collector's size classes live and die beside each other and keep their contents. *)
let sizes = List.filter (fun n -> n < 20 || n mod 37 = 0 || (n > 250 && n < 270) || (n > 1020 && n < 1040)) (List.init 1500 (fun n -> n + 1))
let expected n = n * (n - 1) / 2

let check kept =
  List.iter
    (fun (n, a, s, f) ->
      if Array.fold_left ( + ) 0 a <> expected n then failwith "array";
      if String.length s <> 8 * n || not (String.for_all (fun c -> Char.code c = n land 255) s) then failwith "string";
      if Array.fold_left ( +. ) 0. f <> float_of_int (expected n) then failwith "floats")
    kept

let make n = (n, Array.init n Fun.id, String.make (8 * n) (Char.chr (n land 255)), Array.init n float_of_int)

let () =
  let kept = ref [] in
  for round = 1 to 3 do
    List.iter
      (fun n ->
        let block = make n in
        if (n + round) mod 3 = 0 then kept := block :: !kept)
      sizes;
    check !kept;
    kept := List.filteri (fun i _ -> i mod 2 = round mod 2) !kept;
    Gc.full_major ();
    check !kept
  done;
  Printf.printf "%d\n" (List.length !kept)
