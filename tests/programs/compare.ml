(* Polymorphic comparison and equality on all kinds of data, physical equality, min and max. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type t = A | B of int | C of t * t | D of { x : int; y : string }
let cmp a b = compare a b
let sign n = if n < 0 then "<" else if n > 0 then ">" else "="
let () =
  let values = [ A; B 1; B 2; C (A, A); C (A, B 1); D { x = 1; y = "a" }; D { x = 1; y = "b" } ] in
  List.iter (fun a -> List.iter (fun b -> print_string (sign (cmp a b))) values; print_newline ()) values;
  p "%s %s %s" (sign (cmp 1 2)) (sign (cmp "a" "A")) (sign (cmp 1.5 1.5));
  p "%s %s" (sign (cmp [ 1; 2 ] [ 1 ])) (sign (cmp [||] [| 1 |]));
  p "%s %s %s" (sign (cmp (1, "x") (1, "y"))) (sign (cmp None (Some 1))) (sign (cmp (Some 2) (Some 1)));
  p "%s %s %s" (sign (cmp 5L 3L)) (sign (cmp 5l 5l)) (sign (cmp (-1n) 1n));
  p "%b %b %b" (values = values) (A = B 1) (C (A, B 3) = C (A, B 3));
  let s1 = "abc" and s2 = String.concat "" [ "a"; "bc" ] in
  p "%b %b %b" (s1 = s2) (s1 == s2) (s1 != s2);
  p "%d %s %g" (max 1 2) (min "a" "b") (max 1.5 0.5);
  (try ignore (cmp (fun x -> x) (fun x -> x + 1)) with Invalid_argument m -> p "%s" m);
  p "%s" (sign (cmp [| 1.; 2. |] [| 1.; 3. |]));
  p "%s" (sign (cmp "abcdefgh" "abcdefghi"));
  p "%b %b" (compare nan nan = 0) (nan = nan);
  let r = ref 1 in
  p "%b %b %b" (r = ref 1) (r == r) (r == ref 1);
  p "%b" (List.sort compare [ "b"; ""; "a" ] = [ ""; "a"; "b" ]);
  p "%s" (sign (cmp (lazy 1 == lazy 1) true))
