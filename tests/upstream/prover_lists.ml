(* packages: coq-core.clib *)
(* What Coq is made of below its kernel: lists, differences, heaps, locks, exceptions with information. *)
let ints l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
module D = Diff2.Make (struct type elem = int type t = int array let get a i = a.(i) let length = Array.length end)
module H = Heap.Functional (Int)

let () =
  print_endline (ints (CList.uniquize [ 3; 1; 3; 2; 1 ]) ^ String.concat " " (List.map ints (CList.combinations [ [ 1; 2 ]; [ 3 ]; [ 4; 5 ] ])));
  D.diff [| 1; 2; 3; 4 |] [| 2; 3; 5; 4 |] |> List.iter (function `Common (i, j, x) -> Printf.printf "=%d(%d,%d) " x i j | `Added (i, x) -> Printf.printf "+%d(%d) " x i | `Removed (i, x) -> Printf.printf "-%d(%d) " x i);
  let rec drain h = match H.maximum h with m -> Printf.printf "%d " m; drain (H.remove h) | exception Heap.EmptyHeap -> print_newline () in
  drain (List.fold_right H.add [ 4; 9; 2; 7 ] H.empty)

let () =
  let lock = Mutex.create () in
  let once = CThread.with_lock lock ~scope:(fun () -> 3) in
  let twice = CThread.with_lock lock ~scope:(fun () -> once + 1) in
  let raised = match CThread.with_lock lock ~scope:(fun () -> raise Exit) with () -> "" | exception Exit -> "exit" in
  Printf.printf "%d %s %b\n" twice raised (Mutex.try_lock lock);
  let field = Exninfo.make () in
  match Exninfo.iraise (Not_found, Exninfo.add Exninfo.null field 7) with
  | () -> ()
  | exception e ->
      let e, info = Exninfo.capture e in
      Printf.printf "%s %s\n" (Printexc.to_string e) (match Exninfo.get info field with Some n -> string_of_int n | None -> "nothing")
