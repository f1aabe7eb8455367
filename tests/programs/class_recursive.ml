(* recursive classes and class types *)
class type tree_t = object method size : int method depth : int method fold : 'a. ('a -> int -> 'a) -> 'a -> 'a end
class leaf : tree_t = object method size = 0 method depth = 0 method fold : 'a. ('a -> int -> 'a) -> 'a -> 'a = fun _ a -> a end
and node (l : tree_t) v (r : tree_t) : tree_t = object
  method size = l#size + 1 + r#size
  method depth = 1 + max l#depth r#depth
  method fold : 'a. ('a -> int -> 'a) -> 'a -> 'a = fun f a -> r#fold f (f (l#fold f a) v)
end
class even = object method test n = n = 0 || (new odd)#test (n - 1) end
and odd = object method test n = n <> 0 && (new even)#test (n - 1) end
let rec build lo hi = if lo > hi then new leaf else let m = (lo + hi) / 2 in new node (build lo (m - 1)) m (build (m + 1) hi)
let () =
  let t = build 1 100 in
  Printf.printf "%d %d %d %s\n" t#size t#depth (t#fold (+) 0) (t#fold (fun s x -> if x < 6 then s ^ string_of_int x else s) "");
  Printf.printf "%b %b\n" ((new even)#test 10) ((new odd)#test 10)
