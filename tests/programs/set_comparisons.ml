(* In which order sets and maps compare, and call functions, when they work on two of them at once. *)
let seen = Buffer.create 100

module O = struct
  type t = int
  let compare a b = Buffer.add_string seen (Printf.sprintf "%d:%d " a b); Int.compare a b
end

module S = Set.Make (O)
module M = Map.Make (O)

let show name f =
  Buffer.clear seen;
  ignore (f ());
  Printf.printf "%s %s\n" name (Buffer.contents seen)

let () =
  let multiples k n = List.init n (fun i -> (i * k * 7 mod 31) + 1) in
  List.iter
    (fun n ->
      let a = S.of_list (multiples 2 n) and b = S.of_list (multiples 3 (n + 1)) in
      let bindings s = List.fold_left (fun m x -> M.add x x m) M.empty (S.elements s) in
      let m = bindings a and m' = bindings b in
      let call x = Buffer.add_string seen (Printf.sprintf "(%d) " x) in
      show "union" (fun () -> S.union a b); show "inter" (fun () -> S.inter a b); show "diff" (fun () -> S.diff a b); show "diff" (fun () -> S.diff b a);
      show "subset" (fun () -> S.subset a b); show "disjoint" (fun () -> S.disjoint a b); show "compare" (fun () -> S.compare a b); show "split" (fun () -> S.split 9 a);
      show "merge" (fun () -> M.merge (fun k x _ -> call k; x) m m'); show "Map.union" (fun () -> M.union (fun k x _ -> call k; Some x) m m');
      show "Map.compare" (fun () -> M.compare (fun x y -> call x; Int.compare x y) m m'))
    [ 1; 2; 5; 12 ]
