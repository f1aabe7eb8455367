(* Recursive values, recursive modules, lazy values, cyclic data. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let rec ones = 1 :: ones
let rec a = 1 :: b and b = 2 :: a
type node = { v : int; next : node; mutable seen : bool }
let rec n1 = { v = 1; next = n2; seen = false } and n2 = { v = 2; next = n1; seen = false }
let rec f x = if x = 0 then List.nth tbl 0 else f (x - 1) and tbl = [ 10; 20 ]
let rec stream = lazy (print_string "."; 42 :: Lazy.force rest) and rest = lazy [ 43 ]
let rec g = let cache = Hashtbl.create 3 in fun n -> match Hashtbl.find_opt cache n with Some v -> v | None -> let v = if n < 2 then n else g (n - 1) + g (n - 2) in Hashtbl.add cache n v; v
module rec Even : sig val test : int -> bool val zero : int end = struct let test n = n = 0 || Odd.test (n - 1) let zero = 0 end
and Odd : sig val test : int -> bool end = struct let test n = n <> 0 && Even.test (n - 1) end
module rec Tree : sig type t = Node of int * Forest.t val sum : t -> int end = struct
  type t = Node of int * Forest.t
  let sum (Node (n, f)) = n + Forest.sum f
end
and Forest : sig type t = Tree.t list val sum : t -> int end = struct
  type t = Tree.t list
  let sum l = List.fold_left (fun acc t -> acc + Tree.sum t) 0 l
end
module rec Ord : sig type t = Leaf of int | Set of OSet.t val compare : t -> t -> int end = struct
  type t = Leaf of int | Set of OSet.t
  let compare a b = match (a, b) with Leaf x, Leaf y -> compare x y | Leaf _, Set _ -> -1 | Set _, Leaf _ -> 1 | Set x, Set y -> OSet.compare x y
end
and OSet : Set.S with type elt = Ord.t = Set.Make (Ord)
module rec Init : sig val get : unit -> int val table : (string, int) Hashtbl.t Lazy.t end = struct
  let table = lazy (Hashtbl.create 3)
  let get () = Hashtbl.length (Lazy.force Init.table)
end
let count = ref 0
let l = lazy (incr count; !count * 10)
let bad = lazy (failwith "lazy failure")
let () =
  (match ones with x :: y :: _ -> p "%d %d" x y | _ -> ());
  (match a with [ _ ] | [] -> () | x :: y :: z :: _ -> p "%d %d %d" x y z);
  n1.seen <- true;
  p "%d %d %b" n1.next.v n2.next.v n2.next.seen;
  p "%d" (f 3);
  p "%d" (List.length (Lazy.force stream));
  p "%d" (List.length (Lazy.force stream));
  p "%d" (g 30);
  p "%b %b %d" (Even.test 10) (Odd.test 10) Even.zero;
  p "%d" (Tree.sum (Tree.Node (1, [ Tree.Node (2, []); Tree.Node (3, [ Tree.Node (4, []) ]) ])));
  p "%d" (OSet.cardinal (OSet.of_list [ Ord.Leaf 1; Ord.Set OSet.empty; Ord.Leaf 1; Ord.Set (OSet.singleton (Ord.Leaf 2)) ]));
  p "%d" (Init.get ());
  p "%d %d %d" (Lazy.force l) (Lazy.force l) !count;
  (try Lazy.force bad with Failure m -> p "%s" m);
  (try Lazy.force bad with Failure m -> p "%s again" m);
  p "%b %b" (Lazy.is_val l) (Lazy.is_val (lazy (f 1)));
  p "%d" (Lazy.force (Lazy.map succ l))

(* Where a module is said to have been used too early: at its body. *)
let early f = try f () with Undefined_recursive_module (f, l, c) -> p "%s %d %d" (Filename.basename f) l c
let () = early (fun () -> let module M = struct
  module rec A : sig val f : unit -> int end = struct let f () = B.g () let x = f () end
  and B : sig val g : unit -> int end = struct let v = A.f () let g () = v end end in ())
module type S = sig val g : unit -> int end
module F (X : S) : S = struct let v = X.g () let g () = v end
let () = early (fun () -> let module M = struct module rec A : S = F (A) end in ())
let () = early (fun () -> let module M = struct module rec A : S = (F (A) : S) end in ())
let () = early (fun () -> let module M = struct module rec A : S = (F (struct include B end) : S) and B : S = F (A) end in ())
let () = early (fun () -> let module M = struct module rec A : sig val l : int Lazy.t val o : unit -> int end = struct let l = lazy (B.b ()) let o () = Lazy.force l end and B : sig val b : unit -> int end = struct let z = A.o () let b () = z end end in ())
