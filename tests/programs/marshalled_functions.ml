(* Functions written by Marshal.Closures, which read back in the same program. skip: evaluator *)
let message f = match f () with _ -> print_endline "?" | exception Invalid_argument m | exception Failure m -> print_endline m
let copy (f : 'a) : 'a = Marshal.from_string (Marshal.to_string f [ Marshal.Closures ]) 0
let rec even n = n = 0 || odd (n - 1)
and odd n = n > 0 && even (n - 1)

type shape = { name : string; area : unit -> float; mutable next : shape option }

let () =
  Printf.printf "%d\n" (copy (fun x -> x + 1) 41);
  let k = Sys.opaque_identity 10 in
  Printf.printf "%d %d\n" (copy (fun x -> x * k) 7) (copy (fun a b c -> (a * k) + (b - c)) 1 2 3);
  Printf.printf "%b %b\n" (copy even 10) (copy odd 10);
  (* Functions of one block. *)
  let rec up n = if n > k then [ n ] else n :: down (n + 3)
  and down n = if n < 0 then [] else n :: up (n + 1) in
  let u, d = copy (up, down) in
  List.iter (Printf.printf "%d ") (u 1 @ d 5);
  print_newline ();
  let partial = ( + ) 3 in
  Printf.printf "%d\n" (copy partial 4);
  let s = { name = "square"; area = (fun () -> float (k * k)); next = None } in
  s.next <- Some s;
  let s' = copy s in
  Printf.printf "%s %g %b\n" s'.name (s'.area ()) (match s'.next with Some x -> x == s' | None -> false);
  let o = object (self) val mutable n = 1 method bump = n <- n + k; self method get = n end in
  Printf.printf "%d %d\n" (copy o)#bump#get o#get;
  let l = copy (List.map (fun i () -> i * i) [ 1; 2; 3 ]) in
  List.iter (fun f -> Printf.printf "%d " (f ())) l;
  print_newline ();
  let lazily = copy (lazy (k + 1)) in
  Printf.printf "%d\n" (Lazy.force lazily);
  message (fun () -> Marshal.to_string (fun x -> x + k) []);
  message (fun () -> Marshal.to_string [ Some print_newline ] [ Marshal.No_sharing ]);
  let b = Marshal.to_bytes (fun x -> x + k) [ Marshal.Closures ] in
  (* Another program's code. *)
  Bytes.fill b (Bytes.length b - 20) 20 '\255';
  print_endline (try ignore (Marshal.from_bytes b 0 : int -> int); "read" with Failure _ -> "refused")
