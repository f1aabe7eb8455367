(* Exceptions: handlers, finally, re-raising, local and parametrised ones, printing of uncaught. *)
let p fmt = Printf.printf (fmt ^^ "\n")
exception Empty
exception Code of int
exception Pair of int * string
exception Rec of { line : int; msg : string }
let f n = if n = 0 then raise Empty else if n = 1 then raise (Code 42) else if n = 2 then raise (Pair (1, "p")) else if n = 3 then raise (Rec { line = 7; msg = "m" }) else n
let show n = try string_of_int (f n) with Empty -> "empty" | Code c -> Printf.sprintf "code %d" c | Pair (a, b) -> Printf.sprintf "pair %d %s" a b | Rec { line; msg } -> Printf.sprintf "%s at %d" msg line
let protect f = Fun.protect ~finally:(fun () -> print_string "[finally]") f
let rec depth n = if n = 0 then raise Exit else 1 + depth (n - 1)
let nested () = try (try raise (Code 1) with Empty -> "inner") with Code n -> "outer " ^ string_of_int n
let reraise () = try (try failwith "a" with Failure s -> failwith (s ^ "b")) with Failure s -> s
let local () =
  let exception Found of int in
  try List.iter (fun x -> if x > 2 then raise (Found x)) [ 1; 2; 3; 4 ]; "none" with Found n -> "found " ^ string_of_int n
let sum_until l = let s = ref 0 in (try List.iter (fun x -> if x < 0 then raise_notrace Exit; s := !s + x) l with Exit -> ()); !s
let () =
  for i = 0 to 4 do p "%s" (show i) done;
  p "%d" (protect (fun () -> 5));
  (try ignore (protect (fun () -> raise Not_found)) with Not_found -> p "nf");
  (try ignore (depth 10000) with Exit -> p "exit");
  p "%s" (nested ());
  p "%s" (reraise ());
  p "%s" (local ());
  p "%d" (sum_until [ 1; 2; 3; -1; 10 ]);
  p "%s %s %s" (Printexc.to_string Empty) (Printexc.to_string (Code 3)) (Printexc.to_string (Pair (1, "x")));
  p "%s %s" (Printexc.to_string (Failure "f")) (Printexc.to_string Not_found);
  (try ignore ([| 1 |].(Sys.opaque_identity 5)) with Invalid_argument m -> p "%s" m);
  (try ignore ("abc".[Sys.opaque_identity 3]) with Invalid_argument m -> p "%s" m);
  (try assert (Sys.opaque_identity false) with Assert_failure (f, l, c) -> p "%s %d %d" (Filename.basename f) l c);
  (try ignore ((function 1 -> 2 | _ when false -> 3) (Sys.opaque_identity 5)) with Match_failure (_, l, c) -> p "match %d %d" l c) [@warning "-8"];
  let r = try Ok (int_of_string "12x") with Failure m -> Error m in
  (match r with Ok n -> p "%d" n | Error m -> p "%s" m)
