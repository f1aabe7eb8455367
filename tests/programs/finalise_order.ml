(* The order in which finalisers run. skip: evaluator, stress *)
let () =
  let r = ref 3 in
  Gc.finalise (fun _ -> print_string "one ") r;
  Gc.finalise (fun _ -> print_string "two ") r;
  Gc.full_major ();
  for i = 1 to 3 do
    Gc.finalise (fun _ -> Printf.printf "f%d " i) (ref i);
    Gc.finalise_last (fun () -> Printf.printf "l%d " i) (ref i)
  done;
  Gc.full_major ();
  print_newline ()
