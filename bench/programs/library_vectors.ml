(* Arrays: the two sorts, mapping, folding, of integers and floats. *)
let () =
  let total = ref 0 in
  let numbers = Array.init 200_000 (fun i -> i * 7919 land 0xfffff) in
  for _ = 1 to 4 do
    let a = Array.copy numbers and b = Array.copy numbers in
    Array.sort Int.compare a;
    Array.stable_sort Int.compare b;
    total := !total + a.(777) + b.(999)
  done;
  let floats = Array.map float_of_int numbers in
  let sum = ref 0. in
  for _ = 1 to 30 do
    sum := !sum +. Array.fold_left ( +. ) 0. (Array.map (fun x -> (x *. 1.5) +. 1.) floats);
    total := !total + Array.fold_left ( + ) 0 (Array.mapi (fun i x -> i lxor x) numbers)
  done;
  Printf.printf "%d %g\n" !total !sum
