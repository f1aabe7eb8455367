(* Evaluation order: arguments from right to left, and the exceptions to it. *)
let s x v = print_string x; v
let nl () = print_newline ()
let f a b = a + b
type r = { a : int; mutable b : int }
let g ?(x = s "x" 1) ?(y = s "y" 2) () = x + y
let h ~a ~b = a + b
let ff = ref f
let () = ignore ((s "F" f) (s "a" 1) (s "b" 2)); nl ()
let () = ignore ((s "F" succ) (s "a" 1)); nl ()
let () = (match (s "a" 1, s "b" 2) with 1, 2 -> () | _ -> ()); nl ()
let () = let x, y = (s "a" 1, s "b" 2) in ignore (x + y); nl ()
let () = ignore (s "a" 1 :: s "b" []); nl ()
let () = ignore { b = s "b" 1; a = s "a" 2 }; nl ()
let () = ignore { (s "r" { a = 1; b = 2 }) with a = s "a" 2 }; nl ()
let () = (s "r" { a = 1; b = 2 }).b <- s "b" 3; nl ()
let () = (s "arr" [| 1; 2 |]).(s "i" 0) <- s "v" 3; nl ()
let () = ignore (g ()); nl ()
let () = for i = s "l" 0 to s "h" 1 do ignore i done; nl ()
let () = ignore (h ~b:(s "b" 1) ~a:(s "a" 2)); nl ()
let () = let x = s "x" 1 and y = s "y" 2 in ignore (x + y); nl ()
let () = ignore (s "a" 1 + s "b" 2); nl ()
let () = ignore (compare (s "a" 1) (s "b" 2)); nl ()
let () = ignore (s "x" 1 |> s "f" succ); nl ()
let () = ignore (s "f" succ @@ s "x" 1); nl ()
let () = ignore ((s "F" !ff) (s "a" 1) (s "b" 2)); nl ()
let () = (match (s "a" 1, s "b" 2) with x -> ignore x); nl ()
let () = ignore (s "a" true && s "b" false || s "c" true); nl ()
let () = ignore [| s "1" 1; s "2" 2; s "3" 3 |]; nl ()
let () = ignore (if s "c" true then s "t" 1 else s "e" 2); nl ()
let () = while s "w" false do () done; nl ()
let () = ignore (Some (s "a" 1), Some (s "b" 2)); nl ()

(* What is compared with a constant is calculated even where the answer is known before. *)
type shape = Dot | Line of int * int
let () =
  let said s n = print_string s; n in
  let no b = if b then print_string "yes " in
  no (Dot = Line (1, said "a " 2));
  no (not (Line (said "b " 1, said "c " 2) <> Dot));
  no ([] = [ said "d " 1 ]);
  no (Some (said "e " 1) = None);
  no (None == Some (said "f " 1));
  (match Some (said "g " 1) with None -> print_string "none" | Some _ -> ());
  print_newline ()

(* The function that is called: first where an expression computes it, last where it is the result of a call. *)
let () =
  let e n v = print_string n; v in
  let id x = x in
  let is _ = print_string " " in
  let add a b = a + b in
  is ((print_string "f"; add) (e "x" 1) (e "y" 2));
  is ((let () = print_string "l" in add) (e "x" 1) (e "y" 2));
  is ((if e "c" true then add else fun a _ -> a) (e "x" 1) (e "y" 2));
  is ((match e "m" 3 with 3 -> add | _ -> fun a _ -> a) (e "x" 1));
  is ((fst (e "p" (add, 1))) (e "x" 1) (e "y" 2));
  is ((id (e "q" add)) (e "x" 1) (e "y" 2));
  is ((Lazy.force (lazy (print_string "z"; add))) (e "x" 1) (e "y" 2));
  is ((try print_string "t"; add with Exit -> fun a _ -> a) (e "x" 1) (e "y" 2));
  is ((function 0 -> (fun b -> b) | n -> print_string "n"; (fun b -> b + n)) (e "x" 1) (e "y" 2));
  let h = [| (fun x -> print_string "h0"; x) |] in
  is (h.(e "i" 0) (e "x" 1));
  is (h.(0) (h.(0) <- (fun x -> print_string "h1"; x); 3));
  let r = ref (fun x y -> x + y) in
  is (!r (r := (fun _ _ -> print_string "new"; 0); 1) 2);
  print_newline ()

(* A function that a reference holds is read first, unless the reference is a variable of its function. *)
let held = ref (fun x -> Printf.printf "old %d\n" x)
let reset () = held := fun x -> Printf.printf "old %d\n" x
let change x = (held := fun x -> Printf.printf "new %d\n" x); x
let held2 = ref (fun x y -> Printf.printf "old2 %d %d\n" x y)
let change2 x = (held2 := fun x y -> Printf.printf "new2 %d %d\n" x y); x

type holder = { holder : (int -> unit) ref }

let holder = { holder = held }
let apply_held r x = !r (change x)

let () =
  reset (); !held (change 1);
  !held2 1 (change2 2);
  reset (); change 3 |> !held;
  reset (); !held @@ change 4;
  reset (); apply_held held 5;
  reset (); !(holder.holder) (change 6);
  reset (); (let f = !held in f) (change 7);
  let r = ref (fun x -> Printf.printf "local old %d\n" x) in
  !r ((r := fun x -> Printf.printf "local new %d\n" x); !r 8; 9);
  let q = ref (fun x y -> Printf.printf "local old2 %d %d\n" x y) in
  for i = 1 to 2 do
    !q ((if i = 2 then q := fun x y -> Printf.printf "local new2 %d %d\n" x y); i) 10
  done;
  let kept = ref (fun x -> Printf.printf "kept old %d\n" x) in
  let set x = (kept := fun x -> Printf.printf "kept new %d\n" x); x in
  !kept (set 11);
  !kept (set 12)
