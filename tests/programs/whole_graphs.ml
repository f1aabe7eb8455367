(* graphs *)
module Graph (V : sig type t val compare : t -> t -> int val show : t -> string end) = struct
  module M = Map.Make (V)
  module S = Set.Make (V)
  type t = (V.t * int) list M.t
  let empty : t = M.empty
  let add_edge g a b w = let add u v g = M.update u (fun o -> Some ((v, w) :: Option.value o ~default:[])) g in M.update b (function None -> Some [] | s -> s) (add a b g)
  let succ g v = try List.sort compare (M.find v g) with Not_found -> []
  let bfs g start = let q = Queue.create () and seen = Hashtbl.create 16 and order = ref [] in Queue.push start q; Hashtbl.add seen start (); while not (Queue.is_empty q) do let v = Queue.pop q in order := v :: !order; List.iter (fun (u, _) -> if not (Hashtbl.mem seen u) then (Hashtbl.add seen u (); Queue.push u q)) (succ g v) done; List.rev !order
  let dfs g start = let rec go (seen, order) v = if S.mem v seen then (seen, order) else let seen, order = List.fold_left (fun acc (u, _) -> go acc u) (S.add v seen, order) (succ g v) in seen, v :: order in snd (go (S.empty, []) start)
  exception Cycle of V.t list
  let topo g =
    let state = Hashtbl.create 10 in let out = ref [] in
    let rec visit path v = match Hashtbl.find_opt state v with
      | Some `Done -> () | Some `Active -> raise (Cycle (List.rev (v :: path)))
      | None -> Hashtbl.replace state v `Active; List.iter (fun (u, _) -> visit (v :: path) u) (succ g v); Hashtbl.replace state v `Done; out := v :: !out in
    M.iter (fun v _ -> visit [] v) g; !out
  let dijkstra g s =
    let module PQ = Set.Make (struct type t = int * V.t let compare (d, v) (d', v') = match Int.compare d d' with 0 -> V.compare v v' | c -> c end) in
    let dist = Hashtbl.create 10 and prev = Hashtbl.create 10 in
    Hashtbl.replace dist s 0;
    let rec loop pq = match PQ.min_elt_opt pq with
      | None -> ()
      | Some ((d, v) as x) -> let pq = PQ.remove x pq in
        loop (List.fold_left (fun pq (u, w) -> let nd = d + w in match Hashtbl.find_opt dist u with Some od when od <= nd -> pq | _ -> Hashtbl.replace dist u nd; Hashtbl.replace prev u v; PQ.add (nd, u) pq) pq (succ g v)) in
    loop (PQ.singleton (0, s));
    let rec path v = match Hashtbl.find_opt prev v with None -> [ v ] | Some p -> path p @ [ v ] in
    M.fold (fun v _ acc -> match Hashtbl.find_opt dist v with Some d -> (v, d, path v) :: acc | None -> acc) g [] |> List.rev
  let show_list l = String.concat " " (List.map V.show l)
end
module SG = Graph (struct include String let show s = s end)
module IG = Graph (struct type t = int let compare = compare let show = string_of_int end)
let floyd n edges = let d = Array.make_matrix n n max_int in for i = 0 to n - 1 do d.(i).(i) <- 0 done; List.iter (fun (a, b, w) -> d.(a).(b) <- w) edges; for k = 0 to n - 1 do for i = 0 to n - 1 do for j = 0 to n - 1 do if d.(i).(k) < max_int && d.(k).(j) < max_int && d.(i).(k) + d.(k).(j) < d.(i).(j) then d.(i).(j) <- d.(i).(k) + d.(k).(j) done done done; d
let () =
  let g = List.fold_left (fun g (a, b, w) -> SG.add_edge g a b w) SG.empty [ "a", "b", 7; "a", "c", 9; "a", "f", 14; "b", "c", 10; "b", "d", 15; "c", "d", 11; "c", "f", 2; "d", "e", 6; "f", "e", 9 ] in
  print_endline (SG.show_list (SG.bfs g "a")); print_endline (SG.show_list (SG.dfs g "a")); print_endline (SG.show_list (SG.topo g));
  List.iter (fun (v, d, p) -> Printf.printf "%s %d: %s\n" v d (SG.show_list p)) (SG.dijkstra g "a");
  (try ignore (SG.topo (SG.add_edge g "e" "b" 1)) with SG.Cycle c -> Printf.printf "cycle %s\n" (SG.show_list c));
  let g = ref IG.empty in for i = 1 to 30 do for j = 2 * i to 30 do if j mod i = 0 then g := IG.add_edge !g i j (j / i) done done;
  List.iter (fun (v, d, p) -> if v mod 7 = 0 then Printf.printf "%d %d: %s\n" v d (IG.show_list p)) (IG.dijkstra !g 1);
  Array.iter (fun r -> print_endline (String.concat " " (Array.to_list (Array.map (fun x -> if x = max_int then "-" else string_of_int x) r)))) (floyd 5 [ 0, 1, 3; 1, 2, -2; 2, 3, 2; 3, 1, 1; 0, 4, 10; 3, 4, 1 ]);
  (* union find, kruskal *)
  let parent = Array.init 10 Fun.id in let rec find x = if parent.(x) = x then x else (parent.(x) <- find parent.(x); parent.(x)) in
  let edges = List.sort compare (List.init 40 (fun i -> ((i * 7919) mod 97, (i * 31) mod 10, (i * 17 + 3) mod 10))) in
  let total = List.fold_left (fun t (w, a, b) -> let a = find a and b = find b in if a <> b then (parent.(a) <- b; Printf.printf "(%d) " w; t + w) else t) 0 edges in Printf.printf "mst %d\n" total
