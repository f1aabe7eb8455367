(* needs OCaml 5: effects with Effect.Deep, Effect.Shallow and `effect` patterns; the expectation is written by hand. *)
open Effect
open Effect.Deep
let p fmt = Printf.printf (fmt ^^ "\n")
type _ Effect.t += Ask : int -> int Effect.t | Yield : int -> unit Effect.t | Get : int Effect.t | Put : int -> unit Effect.t
let ask n = perform (Ask n)
let simple () = try ask 1 + ask 2 with effect Ask n, k -> continue k (n * 10)
let deep () = match_with (fun () -> ask 3 * 2) () { retc = (fun v -> v + 1); exnc = raise; effc = (fun (type a) (e : a Effect.t) -> match e with Ask n -> Some (fun (k : (a, _) continuation) -> continue k (n + 1)) | _ -> None) }
let generate f = let out = ref [] in (match f () with () -> () | effect Yield n, k -> out := n :: !out; continue k ()); List.rev !out
let state init f = let rec go : int -> (int, int) Shallow.continuation -> int -> int * int = fun s k v -> Shallow.continue_with k v { retc = (fun r -> (r, s)); exnc = raise; effc = (fun (type a) (e : a Effect.t) -> match e with Get -> Some (fun (k : (a, _) Shallow.continuation) -> go s k s) | Put n -> Some (fun (k : (a, _) Shallow.continuation) -> ignore k; (n, s)) | _ -> None) } in go init (Shallow.fiber f) 0
let handler_exn () = match ask 0 with v -> v | exception Not_found -> -1 | effect Ask _, k -> discontinue k Not_found
let rec depth n = if n = 0 then ask 5 else 1 + depth (n - 1)
let nested () = try (try perform (Yield 1); ask 7 with effect Yield n, k -> p "yield %d" n; continue k ()) with effect Ask n, k -> continue k (n * 2)
(* A round-robin scheduler. *)
type _ Effect.t += Fork : (unit -> unit) -> unit Effect.t | Pause : unit Effect.t
let run main =
  let q = Queue.create () in
  let next () = if not (Queue.is_empty q) then (Queue.pop q) () in
  let rec spawn f = match f () with
    | () -> next ()
    | effect Pause, k -> Queue.push (fun () -> continue k ()) q; next ()
    | effect Fork g, k -> Queue.push (fun () -> continue k ()) q; spawn g
  in
  spawn main
let () =
  p "%d" (simple ());
  p "%d" (deep ());
  p "%s" (String.concat "," (List.map string_of_int (generate (fun () -> for i = 1 to 5 do perform (Yield (i * i)) done))));
  (let r, s = state 42 (fun _ -> let a = perform Get in let b = perform Get in a + b) in p "%d %d" r s);
  p "%d" (handler_exn ());
  p "%d" (try depth 1000 with effect Ask n, k -> continue k n);
  p "%d" (nested ());
  (try ignore (ask 1) with Effect.Unhandled _ -> p "unhandled");
  (try match ask 1 with v -> ignore v | effect Ask _, k -> ignore (continue k 1 : unit); continue k 2 with Continuation_already_resumed -> p "resumed twice");
  run (fun () ->
      for i = 1 to 3 do
        perform (Fork (fun () -> for j = 1 to 2 do Printf.printf "%d.%d " i j; perform Pause done))
      done);
  print_newline ()
