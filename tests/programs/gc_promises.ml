(* skip: evaluator. What is kept alive by Sys.opaque_identity, finalisers that raise, sizes that Gc.set sets, words that are counted. *)
let () =
  let w = Weak.create 1 in
  let x = ref 42 in
  Weak.set w 0 (Some x);
  Gc.full_major ();
  Printf.printf "alive: %b\n" (Weak.check w 0);
  ignore (Sys.opaque_identity x);
  Gc.full_major ();
  Printf.printf "alive: %b\n" (Weak.check w 0)

let () =
  let x = ref 42 in
  Gc.finalise (fun r -> Printf.printf "final %d\n" !r) x;
  Gc.full_major ();
  print_endline "before";
  ignore (Sys.opaque_identity x);
  Gc.full_major ();
  print_endline "after"

let calls = ref 0
let[@inline never] finalised i = Gc.finalise (fun _ -> incr calls; if i mod 2 = 0 then failwith "finaliser") (ref i)

(* After a finaliser has raised, the others follow at allocations, without another collection being asked for. *)
let () =
  for i = 1 to 6 do finalised i done;
  (try Gc.full_major () with Failure text -> ignore text);
  for i = 1 to 100 do
    try ignore (Sys.opaque_identity (ref i)) with Failure text -> ignore text
  done;
  Printf.printf "finalisers called: %d\n" !calls

let size () = (Gc.get ()).Gc.minor_heap_size

let () =
  Printf.printf "%d\n" (size ());
  List.iter
    (fun minor_heap_size ->
      Gc.set { (Gc.get ()) with Gc.minor_heap_size };
      let kept = List.init 10_000 string_of_int in
      Gc.minor ();
      Printf.printf "%d: %d, %d\n" minor_heap_size (size ()) (List.fold_left (fun n s -> n + String.length s) 0 kept))
    [ 32768; 1000; 1_048_576; 262_145; 262_144 ];
  let settings = { (Gc.get ()) with Gc.max_overhead = 1_000_000; space_overhead = 200 } in
  Gc.set settings;
  Printf.printf "%b\n" (Gc.get () = settings)

let words f =
  let before = Gc.minor_words () in
  f ();
  Gc.minor_words () -. before

let () =
  Printf.printf "%.0f\n" (words (fun () -> for i = 1 to 100_000 do ignore (Sys.opaque_identity (Some i)) done));
  Printf.printf "%.0f\n" (words (fun () -> for i = 1 to 10 do ignore (Sys.opaque_identity [ i; i ]); Gc.minor () done))
