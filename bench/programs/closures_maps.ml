module M = Map.Make (Int)
let compose fs = List.fold_left (fun f g x -> g (f x)) (fun x -> x) fs
let () =
  let m = ref M.empty in
  for i = 1 to 300_000 do m := M.add (i * 7919 mod 1000003) i !m done;
  let s = M.fold (fun k v a -> a + k * v land 0xff) !m 0 in
  let f = compose [ (fun x -> x + 1); (fun x -> x * 2); (fun x -> x - 3) ] in
  let t = ref 0 in
  for i = 1 to 20_000_000 do t := !t + f i done;
  Printf.printf "%d %d\n" s !t
