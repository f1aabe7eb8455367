(* Modules: nesting, shadowing, include, open, signatures that hide, aliases, functors of several kinds. *)
let p fmt = Printf.printf (fmt ^^ "\n")
module A = struct let x = 1 let f y = x + y module Inner = struct let z = x * 10 let x = "inner" end end
module B = struct include A let x = 2 let g () = f x end
module type S = sig type t val make : int -> t val get : t -> int val name : string end
module M : S = struct type t = int let secret = 100 let make n = n + secret let get t = t - secret let name = "M" end
module N : S with type t = string = struct type t = string let make = string_of_int let get = int_of_string let name = "N" end
module Pair (X : S) (Y : S) = struct
  type t = X.t * Y.t
  let () = Printf.printf "Pair(%s,%s) " X.name Y.name
  let make n = (X.make n, Y.make (n + 1))
  let sum (a, b) = X.get a + Y.get b
  let count = ref 0
  let tick () = incr count; !count
end
module P1 = Pair (M) (N)
module P2 = Pair (N) (N)
module P3 = Pair (N) (N)
module type ORD = sig type t val compare : t -> t -> int end
module Sorted (O : ORD) = struct
  let rec insert x = function [] -> [ x ] | y :: r as l -> if O.compare x y <= 0 then x :: l else y :: insert x r
  let sort l = List.fold_right insert l []
  module Rev = struct let sort l = List.rev (sort l) end
end
module IntSort = Sorted (Int)
module DescSort = Sorted (struct type t = int let compare a b = compare b a end)
module StrSort = Sorted (String)
module Make_counter () = struct let n = ref 0 let next () = incr n; !n end
module C1 = Make_counter ()
module C2 = Make_counter ()
module type F = functor (X : S) -> sig val twice : int -> int end
module Apply (F : F) (X : S) = struct module R = F (X) let run n = R.twice (R.twice n) end
module Ap = Apply (functor (X : S) -> struct let twice n = X.get (X.make (2 * n)) end) (M)
module L = List
module SS = Set.Make (String)
module IM = Map.Make (Int)
let () =
  print_newline ();
  p "%d %d %d %d %s" A.x (A.f 5) B.x (B.g ()) B.Inner.x;
  p "%d %d" A.Inner.z (let open A in let open Inner in z + f 1);
  p "%d %d %s" (M.get (M.make 5)) (N.get (N.make 6)) M.name;
  p "%d %d" (P1.sum (P1.make 3)) (P2.sum (P2.make 3));
  ignore (P2.tick ()); ignore (P2.tick ());
  p "%d %d" (P2.tick ()) (P3.tick ());
  let show l = String.concat " " (List.map string_of_int l) in
  p "%s | %s | %s" (show (IntSort.sort [ 3; 1; 2 ])) (show (DescSort.sort [ 3; 1; 2 ])) (show (IntSort.Rev.sort [ 3; 1; 2 ]));
  p "%s" (String.concat " " (StrSort.sort [ "b"; "c"; "a" ]));
  ignore (C1.next ());
  p "%d %d" (C1.next ()) (C2.next ());
  p "%d" (Ap.run 3);
  p "%d" (L.length [ 1; 2 ]);
  let s = SS.of_list [ "x"; "y"; "x" ] in
  p "%d %b %s" (SS.cardinal s) (SS.mem "y" s) (String.concat "," (SS.elements s));
  let m = IM.add 3 "c" (IM.add 1 "a" IM.empty) in
  IM.iter (fun k v -> Printf.printf "%d=%s " k v) m;
  print_newline ();
  let module Local = struct let v = List.length [ 1; 2; 3 ] let w = v * 2 end in
  p "%d" Local.w;
  let module LS = Set.Make (struct type t = int * int let compare = compare end) in
  p "%d" (LS.cardinal (LS.of_list [ (1, 2); (1, 2); (2, 1) ]));
  p "%d" L.(length (map succ [ 1; 2; 3 ]))
