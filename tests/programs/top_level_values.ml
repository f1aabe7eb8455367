(* skip: evaluator, which lets nothing go. What top-level definitions make on the way to their values does not stay alive: queues whose first node goes, parts that are not named. *)
type node = Nil | Cons of int array * node ref
let live what = Gc.full_major (); Printf.printf "%s: %b\n" what ((Gc.stat ()).Gc.live_words < 1_000_000)
let rounds = 20_000
let fill push = for i = 1 to rounds do push (Array.make 100 i) done

let tail = (fun f x -> f x) ref (ref Nil)
let () = fill (fun v -> let n = ref Nil in !tail := Cons (v, n); tail := n); live "a reference to a reference"

let last = let first = ref Nil in ref (if Array.length Sys.argv > 5 then ref Nil else first)
let () = fill (fun v -> let n = ref Nil in !last := Cons (v, n); last := n); live "a first node with a name"

type queue = { mutable front : node ref; mutable back : node ref; name : string }
let queue = let sentinel = ref Nil in { front = sentinel; back = sentinel; name = "queue" }
let push v = let n = ref Nil in queue.back := Cons (v, n); queue.back <- n
let pop () = match !(queue.front) with Nil -> [||] | Cons (v, n) -> queue.front <- n; v
let () = fill (fun v -> push v; if v.(0) > 5 then ignore (pop ())); live queue.name

let advance, current = let place = ref (ref Nil) in (fun v -> let n = ref Nil in !place := Cons (v, n); place := n), (fun () -> !(!place) = Nil)
let () = fill advance; live "a closure's queue"; Printf.printf "%b\n" (current ())

let traces = Weak.create 8
let traced i x = Weak.set traces i (Some x); x
let bytes i = Obj.repr (traced i (Bytes.make (200 + Array.length Sys.argv) 'x'))
let length = let b = bytes 0 in Printf.printf "made\n"; Obj.size b
let (one, _) = (1 + Array.length Sys.argv, bytes 1)
let { contents = { contents = two } } = let r = ref 2 in ignore (bytes 2); ref r
let three = let b = bytes 3 in let n = Obj.size b in let m = n + 1 in (n, m, fun x -> x + n)
let () = let b = bytes 4 in ignore (Obj.size b)
let kept = bytes 5
let pair = let b = bytes 6 in (b, Obj.size b)
let[@warning "-8"] (x :: _) = List.rev [ bytes 7; Obj.repr 0 ]
let () =
  Gc.full_major ();
  for i = 0 to 7 do Printf.printf "%d %b\n" i (Weak.check traces i) done;
  let _, m, f = three in
  Printf.printf "%d %d %d %d %d %b %d\n" length one two m (f 1) (Obj.is_int x) (Obj.size kept + Obj.size (fst pair))

let opaque = Sys.opaque_identity
let more : Obj.t Weak.t = Weak.create 4
let noted i x = Weak.set more i (Some (Obj.repr x)); x
let block i = Obj.repr (noted i (Bytes.make (100 + i) 'y'))
let (first, _, (third, _)) = (opaque (fun () -> (1, block 0, (Obj.size (block 1), 2)))) ()
let { contents = fourth } as whole = (opaque (fun () -> ref (block 2))) ()
let { front = _; back; name = _ } = (opaque (fun () -> { front = ref (Cons ([||], noted 3 (ref Nil))); back = ref Nil; name = "n" })) ()
let () =
  whole := Obj.repr 0;
  Gc.full_major ();
  for i = 0 to 3 do Printf.printf "%d %b\n" i (Weak.check more i) done;
  Printf.printf "%d %d %b %b\n" first third (Obj.is_block fourth) (!back = Nil)
