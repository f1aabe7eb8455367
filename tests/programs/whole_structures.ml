(* mutable structures: LRU, heap, trie, ring buffer, doubly linked list, memo, sudoku, life *)
module Lru = struct
  type ('k, 'v) node = { key : 'k; mutable value : 'v; mutable prev : ('k, 'v) node option; mutable next : ('k, 'v) node option }
  type ('k, 'v) t = { cap : int; tbl : ('k, ('k, 'v) node) Hashtbl.t; mutable head : ('k, 'v) node option; mutable tail : ('k, 'v) node option }
  let create cap = { cap; tbl = Hashtbl.create cap; head = None; tail = None }
  let unlink t n = (match n.prev with Some p -> p.next <- n.next | None -> t.head <- n.next); (match n.next with Some x -> x.prev <- n.prev | None -> t.tail <- n.prev); n.prev <- None; n.next <- None
  let push t n = n.next <- t.head; (match t.head with Some h -> h.prev <- Some n | None -> t.tail <- Some n); t.head <- Some n
  let get t k = match Hashtbl.find_opt t.tbl k with None -> None | Some n -> unlink t n; push t n; Some n.value
  let put t k v = match Hashtbl.find_opt t.tbl k with Some n -> n.value <- v; unlink t n; push t n | None -> if Hashtbl.length t.tbl >= t.cap then (match t.tail with Some n -> unlink t n; Hashtbl.remove t.tbl n.key | None -> ()); let n = { key = k; value = v; prev = None; next = None } in Hashtbl.add t.tbl k n; push t n
  let keys t = let rec go = function None -> [] | Some n -> n.key :: go n.next in go t.head
end
module Heap = struct type 'a t = { mutable a : 'a array; mutable n : int; cmp : 'a -> 'a -> int } let create cmp = { a = [||]; n = 0; cmp } let swap h i j = let t = h.a.(i) in h.a.(i) <- h.a.(j); h.a.(j) <- t let rec up h i = let p = (i - 1) / 2 in if i > 0 && h.cmp h.a.(i) h.a.(p) < 0 then (swap h i p; up h p) let rec down h i = let l = (2 * i) + 1 in let m = ref i in if l < h.n && h.cmp h.a.(l) h.a.(!m) < 0 then m := l; if l + 1 < h.n && h.cmp h.a.(l + 1) h.a.(!m) < 0 then m := l + 1; if !m <> i then (swap h i !m; down h !m) let push h x = if h.n = Array.length h.a then h.a <- Array.append h.a (Array.make (max 4 h.n) x); h.a.(h.n) <- x; h.n <- h.n + 1; up h (h.n - 1) let pop h = if h.n = 0 then raise Not_found; let x = h.a.(0) in h.n <- h.n - 1; h.a.(0) <- h.a.(h.n); down h 0; x end
module Trie = struct type t = { mutable word : bool; kids : (char, t) Hashtbl.t } let make () = { word = false; kids = Hashtbl.create 2 } let add t s = let n = ref t in String.iter (fun c -> n := (match Hashtbl.find_opt !n.kids c with Some k -> k | None -> let k = make () in Hashtbl.add !n.kids c k; k)) s; !n.word <- true let rec words p t = (if t.word then [ p ] else []) @ List.concat_map (fun (c, k) -> words (p ^ String.make 1 c) k) (List.sort compare (List.map (fun (c, k) -> (c, k)) (Hashtbl.fold (fun c k a -> (c, k) :: a) t.kids []) |> List.sort (fun (a, _) (b, _) -> Char.compare a b))) let words p t = let rec go p t = (if t.word then [ p ] else []) @ List.concat_map (fun (c, k) -> go (p ^ String.make 1 c) k) (List.sort (fun (a, _) (b, _) -> Char.compare a b) (Hashtbl.fold (fun c k a -> (c, k) :: a) t.kids [])) in go p t end
let memo f = let h = Hashtbl.create 16 in let rec g x = match Hashtbl.find_opt h x with Some v -> v | None -> let v = f g x in Hashtbl.add h x v; v in g
let solve grid =
  let g = Array.map Array.copy grid in
  let ok r c v = let good = ref true in for i = 0 to 8 do if g.(r).(i) = v || g.(i).(c) = v || g.((r / 3 * 3) + (i / 3)).((c / 3 * 3) + (i mod 3)) = v then good := false done; !good in
  let rec go i = if i = 81 then true else let r = i / 9 and c = i mod 9 in if g.(r).(c) <> 0 then go (i + 1) else let rec tryv v = if v > 9 then false else if ok r c v then (g.(r).(c) <- v; go (i + 1) || (g.(r).(c) <- 0; tryv (v + 1))) else tryv (v + 1) in tryv 1 in
  if go 0 then Some g else None
let life n cells = let step s = let h = Hashtbl.create 64 in List.iter (fun (x, y) -> for dx = -1 to 1 do for dy = -1 to 1 do let k = (x + dx, y + dy) in let inc = if dx = 0 && dy = 0 then 10 else 1 in Hashtbl.replace h k (inc + try Hashtbl.find h k with Not_found -> 0) done done) s; Hashtbl.fold (fun k v a -> if v = 3 || v = 12 || v = 13 then k :: a else a) h [] |> List.sort compare in let rec go n s = if n = 0 then s else go (n - 1) (step s) in go n cells
let () =
  let l = Lru.create 3 in List.iter (fun k -> Lru.put l k (k * k)) [ 1; 2; 3 ]; ignore (Lru.get l 1); Lru.put l 4 16; Printf.printf "%s %s\n" (String.concat "," (List.map string_of_int (Lru.keys l))) (match Lru.get l 2 with None -> "gone" | Some _ -> "there");
  let h = Heap.create compare in List.iter (Heap.push h) [ 5; 3; 8; 1; 9; 2 ]; (try while true do Printf.printf "%d " (Heap.pop h) done with Not_found -> print_newline ());
  let t = Trie.make () in List.iter (Trie.add t) [ "tea"; "ten"; "to"; "inn"; "in"; "i" ]; print_endline (String.concat " " (Trie.words "" t));
  Printf.printf "%d\n" (memo (fun self n -> if n < 2 then n else self (n - 1) + self (n - 2)) 80);
  Printf.printf "%d\n" (memo (fun self (i, j) -> if i = 0 || j = 0 then 1 else self (i - 1, j) + self (i, j - 1)) (16, 16));
  let p = "530070000600195000098000060800060003400803001700020006060000280000419005000080079" in let grid = Array.init 9 (fun r -> Array.init 9 (fun c -> Char.code p.[(9 * r) + c] - 48)) in
  (match solve grid with Some g -> Array.iter (fun r -> Array.iter print_int r; print_newline ()) g | None -> print_endline "no");
  List.iter (fun (x, y) -> Printf.printf "(%d,%d)" x y) (life 4 [ 1, 0; 2, 1; 0, 2; 1, 2; 2, 2 ]); print_newline ();
  let q = Queue.create () in for i = 1 to 5 do Queue.add i q done; let n = ref 0 in while Queue.length q > 1 do let x = Queue.pop q in incr n; if !n mod 3 = 0 then Printf.printf "%d out " x else Queue.add x q done; Printf.printf "%d left\n" (Queue.peek q);
  let rec hanoi n a b c = if n = 0 then 0 else let x = hanoi (n - 1) a c b in if n = 3 then Printf.printf "%c->%c " a c; let y = hanoi (n - 1) b a c in x + 1 + y in Printf.printf "%d\n" (hanoi 5 'A' 'B' 'C');
  let fizz = List.init 15 (fun i -> match (i + 1) mod 3, (i + 1) mod 5 with 0, 0 -> "FizzBuzz" | 0, _ -> "Fizz" | _, 0 -> "Buzz" | _ -> string_of_int (i + 1)) in print_endline (String.concat " " fizz);
  let perms l = let rec go = function [] -> [ [] ] | l -> List.concat_map (fun x -> List.map (fun p -> x :: p) (go (List.filter (( <> ) x) l))) l in go l in List.iter (fun p -> Printf.printf "%s " (String.concat "" (List.map string_of_int p))) (perms [ 1; 2; 3 ]); print_newline ();
  let rec powerset = function [] -> [ [] ] | x :: r -> let p = powerset r in p @ List.map (fun s -> x :: s) p in Printf.printf "%d\n" (List.length (powerset [ 1; 2; 3; 4; 5 ]))
