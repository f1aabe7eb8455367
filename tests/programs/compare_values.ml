(* Polymorphic comparison: every kind of value against every other, by all eight operations. *)
type t = A | B | C of int | D of string * t | E of { x : float; mutable y : int list } | F of t array
exception Boom of int

type packed = P : 'a -> packed

let sign n = if n < 0 then -1 else if n > 0 then 1 else 0

let show_op f = try string_of_bool (f ()) with Invalid_argument m -> m

let all (type a) name (values : (string * a) list) =
  List.iter
    (fun (na, a) ->
      List.iter
        (fun (nb, b) ->
          let c = try string_of_int (sign (compare a b)) with Invalid_argument m -> m in
          Printf.printf "%s %s %s: %s %s %s %s %s %s %s\n" name na nb c
            (show_op (fun () -> a = b)) (show_op (fun () -> a <> b)) (show_op (fun () -> a < b)) (show_op (fun () -> a <= b))
            (show_op (fun () -> a > b)) (show_op (fun () -> a >= b)))
        values)
    values

let named show l = List.map (fun x -> (show x, x)) l

let () =
  all "int" (named string_of_int [ 0; 1; -1; max_int; min_int ]);
  all "float" (named (Printf.sprintf "%h") [ 0.; -0.; 1.; -1.; infinity; neg_infinity; nan; min_float ]);
  all "string" (named (Printf.sprintf "%S") [ ""; "a"; "b"; "ab"; "abcdefg"; "abcdefgh"; "abcdefgi"; "abcdefghi"; "\255"; "a\000"; "abcdefg\000" ]);
  all "bytes" (named (fun b -> Printf.sprintf "%S" (Bytes.to_string b)) (List.map Bytes.of_string [ ""; "a"; "ab"; "12345678"; "12345679" ]));
  all "int32" (named Int32.to_string [ 0l; 1l; -1l; Int32.max_int; Int32.min_int ]);
  all "int64" (named Int64.to_string [ 0L; 1L; -1L; Int64.max_int; Int64.min_int ]);
  all "nativeint" (named Nativeint.to_string [ 0n; 1n; -1n; Nativeint.max_int ]);
  all "list" (named (fun l -> String.concat ";" (List.map string_of_int l)) [ []; [ 1 ]; [ 1; 2 ]; [ 2 ]; [ 1; 2; 3 ] ]);
  all "array" (named (fun a -> String.concat ";" (List.map string_of_int (Array.to_list a))) [ [||]; [| 1 |]; [| 1; 2 |]; [| 2 |]; [| 0; 9; 9 |] ]);
  all "floats" (named (fun a -> String.concat ";" (List.map string_of_float (Array.to_list a))) [ [||]; [| 1. |]; [| 1.; 2. |]; [| nan |]; [| -0. |]; [| 0. |] ]);
  all "variant"
    [ ("A", A); ("B", B); ("C1", C 1); ("C2", C 2); ("D", D ("x", A)); ("D'", D ("x", C 0)); ("D''", D ("y", A)); ("E", E { x = 1.; y = [] });
      ("En", E { x = nan; y = [] }); ("E1", E { x = 1.; y = [ 1 ] }); ("F", F [||]); ("F1", F [| A; B |]); ("F2", F [| B; A |]) ];
  all "option" (named (function None -> "None" | Some x -> string_of_float x) [ None; Some 1.; Some nan; Some 0. ]);
  all "tuple" [ ("a", (1, "x", 2.)); ("b", (1, "x", 3.)); ("c", (1, "y", 0.)); ("d", (0, "z", nan)) ];
  all "poly" [ ("A", `A); ("B", `B); ("C1", `C 1); ("C2", `C 2); ("Cx", `D "x") ];
  all "exn" [ ("nf", Not_found); ("ef", End_of_file) ];
  all "lazy" [ ("1", Lazy.from_val 1); ("2", Lazy.from_val 2) ];
  all "char" (named (String.make 1) [ 'a'; 'b'; '\255' ]);
  all "bool" (named string_of_bool [ true; false ]);
  all "unit" [ ("()", ()) ];
  all "obj" [ ("int", Obj.repr 1); ("float", Obj.repr 1.); ("string", Obj.repr "1"); ("block", Obj.repr (1, 2)); ("int64", Obj.repr 1L); ("floats", Obj.repr [| 1. |]); ("int32", Obj.repr 1l); ("nativeint", Obj.repr 1n) ]

(* Functions and what hides them *)
let () =
  let f x = x + 1 in
  let g = fun x -> x in
  all "fun" [ ("f", f); ("g", g) ];
  Printf.printf "%s\n" (try string_of_int (compare (1, f) (2, f)) with Invalid_argument m -> m);
  Printf.printf "%s\n" (try string_of_int (compare (1, f) (1, g)) with Invalid_argument m -> m);
  Printf.printf "%s\n" (try string_of_int (compare (1, f) (1, f)) with Invalid_argument m -> m);
  Printf.printf "%s\n" (try string_of_bool ((1, f) = (1, f)) with Invalid_argument m -> m)

(* Objects compare by identity, in the order of creation *)
let () =
  let a = object method m = 1 end in
  let b = object method m = 1 end in
  Printf.printf "%b %b %d %d %b\n" (a = a) (a = b) (sign (compare a b)) (sign (compare b a)) (a < b)

(* Forced lazy values inside blocks *)
let () =
  let l1 = lazy (1 + 1) and l2 = lazy (4 - 2) in
  ignore (Lazy.force l1);
  ignore (Lazy.force l2);
  Printf.printf "%b %d\n" (l1 = l2) (compare [ l1 ] [ l2 ])

(* Deep and long values *)
let () =
  let rec deep n acc = if n = 0 then acc else deep (n - 1) (D ("", acc)) in
  Printf.printf "%d\n" (compare (deep 100000 A) (deep 100000 B));
  let a = List.init 100000 Fun.id in
  Printf.printf "%b %d\n" (a = List.init 100000 Fun.id) (compare a (List.init 100001 Fun.id))

type tree = Leaf | Node of tree * int * tree

let () =
  let rec leftmost n acc = if n = 0 then acc else leftmost (n - 1) (Node (acc, n, Leaf)) in
  Printf.printf "%d %b\n" (compare (leftmost 50000 Leaf) (leftmost 50000 Leaf)) (leftmost 50000 (Node (Leaf, 1, Leaf)) < leftmost 50000 (Node (Leaf, 2, Leaf)));
  (* A cyclic value is equal to itself under compare, and differs from others where they do *)
  let rec ones = 1 :: ones in
  let rec other = 1 :: 1 :: 2 :: other in
  Printf.printf "%d %d %b\n" (compare ones ones) (compare ones other) (ones = other)
