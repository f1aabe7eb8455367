(* Lists, arrays, tables, maps, sets, queues. *)
module Strings = Map.Make (String)
module Ints = Map.Make (Int)
module String_set = Set.Make (String)
module Int_set = Set.Make (Int)

let words = Array.to_list Sys.argv
let number = List.length words

let lists () =
  let l = List.init number (fun i -> number - i) in
  let l = List.rev_append (List.filter (fun i -> i mod 2 = 0) l) (List.concat_map (fun i -> [ i; i ]) l) @ List.rev l in
  List.iteri (fun i x -> print_int (i * x)) (List.sort compare l);
  print_int (List.fold_left ( + ) 0 l + List.fold_right ( + ) l 0 + List.length (List.sort_uniq compare l));
  List.iter2 (fun a b -> print_int (a + b)) l l;
  List.iter (fun (a, b) -> print_int a; print_string b) (List.combine l (List.map string_of_int l));
  let small, large = List.partition (fun x -> x < 3) l in
  print_int (List.length small - List.length large);
  if List.mem 3 l && List.exists (fun x -> x > 3) l && List.for_all (fun x -> x > 0) l then print_int (List.assoc 3 (List.map (fun x -> (x, x)) l));
  (match List.find_opt (fun x -> x = 2) l, List.nth_opt l 3 with Some a, Some b -> print_int (a + b) | _ -> ());
  List.iter print_string (List.filter_map (fun x -> if x > 1 then Some (string_of_int x) else None) l);
  Seq.iter print_int (Seq.map succ (List.to_seq (List.flatten [ l; List.tl l ])))

let arrays () =
  let a = Array.init (number + 3) (fun i -> i * i) in
  Array.sort (fun x y -> compare y x) a;
  Array.iteri (fun i x -> a.(i) <- x + 1) (Array.map succ a);
  print_int (Array.fold_left max 0 (Array.append a (Array.sub a 0 1)));
  let m = Array.make_matrix 3 3 0.0 in
  m.(1).(1) <- 2.5;
  Array.iter (fun row -> Array.iter print_float row) m;
  Array.blit a 0 a 1 2;
  Array.iter print_string (Array.of_list (List.map string_of_int (Array.to_list a)))

let tables () =
  let t = Hashtbl.create 16 in
  List.iteri (fun i w -> Hashtbl.replace t w i; Hashtbl.add t (w ^ "'") i) words;
  (match Hashtbl.find_opt t "a" with Some i -> print_int i | None -> print_int (Hashtbl.length t));
  Hashtbl.iter (fun k v -> print_string k; print_int v) t;
  if Hashtbl.mem t "b" then Hashtbl.remove t "b" else print_int (Hashtbl.find t (List.hd words));
  let ints = Hashtbl.create 16 in
  List.iteri (fun i w -> Hashtbl.replace ints i w) words;
  print_int (Hashtbl.fold (fun k _ n -> k + n) ints 0)

let maps () =
  let m = List.fold_left (fun m w -> Strings.update w (function None -> Some 1 | Some n -> Some (n + 1)) m) Strings.empty words in
  Strings.iter (fun k n -> print_string k; print_int n) (Strings.add "x" 1 (Strings.remove "y" (Strings.map succ m)));
  print_int (Strings.fold (fun _ n s -> n + s) m 0 + Strings.cardinal (Strings.filter (fun _ n -> n > 1) m));
  (match Strings.find_opt "x" m with Some n -> print_int n | None -> List.iter (fun (k, _) -> print_string k) (Strings.bindings m));
  let i = Ints.add number "n" (Ints.singleton 1 "one") in
  Ints.iter (fun k v -> print_int k; print_string v) i;
  if Ints.mem 2 i then print_string (Ints.find 2 i);
  let s = String_set.union (String_set.of_list words) (String_set.singleton "s") in
  String_set.iter print_string (String_set.add "t" s);
  if String_set.mem "u" s then List.iter print_string (String_set.elements s);
  let n = Int_set.inter (Int_set.of_list [ 1; 2; number ]) (Int_set.add 2 Int_set.empty) in
  print_int (Int_set.cardinal n + Int_set.fold ( + ) n 0)

let queues () =
  let q = Queue.create () and s = Stack.create () in
  List.iter (fun w -> Queue.add w q; Stack.push w s) words;
  while not (Queue.is_empty q) do print_string (Queue.pop q) done;
  (match Queue.take_opt q, Stack.pop_opt s with None, Some w -> print_string w | _ -> Stack.iter print_string s)

let () =
  lists ();
  arrays ();
  tables ();
  maps ();
  queues ()
