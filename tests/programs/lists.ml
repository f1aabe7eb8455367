(* Lists: the common functions, sorting, folding, long ones. skip: stress (100,000 frames are walked at every allocation) *)
let p fmt = Printf.printf (fmt ^^ "\n")
let show l = "[" ^ String.concat "; " (List.map string_of_int l) ^ "]"
let rec insert x = function [] -> [ x ] | y :: r when x <= y -> x :: y :: r | y :: r -> y :: insert x r
let rec range a b = if a > b then [] else a :: range (a + 1) b
let () =
  let l = [ 5; 3; 8; 1; 9; 2 ] in
  p "%s" (show (List.sort compare l));
  p "%s" (show (List.rev l));
  p "%s" (show (List.fold_left (fun acc x -> insert x acc) [] l));
  p "%d %d" (List.length l) (List.fold_left ( + ) 0 l);
  p "%s" (show (List.filter (fun x -> x mod 2 = 1) l));
  p "%s" (show (List.concat [ [ 1 ]; [ 2; 3 ]; []; [ 4 ] ]));
  let a, b = List.partition (fun x -> x > 4) l in
  p "%s %s" (show a) (show b);
  let xs, ys = List.split [ (1, 2); (3, 4) ] in
  p "%s %s" (show xs) (show ys);
  p "%b %b %b" (List.mem 3 l) (List.exists (fun x -> x > 100) l) (List.for_all (fun x -> x > 0) l);
  (match List.find_opt (fun x -> x > 5) l with Some x -> p "found %d" x | None -> p "none");
  (try ignore (List.find (fun x -> x > 50) l) with Not_found -> p "not found");
  (try ignore (List.hd []) with Failure m -> p "failure %s" m);
  p "%d" (List.assoc "b" [ ("a", 1); ("b", 2) ]);
  p "%d" (List.length (range 1 100000));
  p "%d" (List.fold_right (fun x acc -> x + acc) (range 1 1000) 0);
  p "%s" (show (List.mapi (fun i x -> i * x) l));
  List.iter2 (fun x y -> Printf.printf "%d-%d " x y) [ 1; 2 ] [ 3; 4 ];
  print_newline ();
  p "%s" (show (List.sort_uniq compare [ 3; 1; 2; 3; 1 ]));
  p "%s" (show (List.flatten (List.map (fun x -> [ x; x ]) [ 1; 2; 3 ])));
  p "%s" (show (List.init 5 (fun i -> i * i)));
  p "%d" (List.nth l 2);
  p "%b" ([ 1; 2; 3 ] < [ 1; 2; 4 ])
