(* Loops, references, sequences, shadowing, nested functions with state. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let collatz n = let n = ref n and steps = ref 0 in while !n <> 1 do n := if !n mod 2 = 0 then !n / 2 else (3 * !n) + 1; incr steps done; !steps
let primes n =
  let sieve = Array.make (n + 1) true in
  let out = ref [] in
  for i = 2 to n do
    if sieve.(i) then begin
      out := i :: !out;
      let j = ref (i * i) in
      while !j <= n do sieve.(!j) <- false; j := !j + i done
    end
  done;
  List.rev !out
let fib n = let a = ref 0 and b = ref 1 in for _ = 1 to n do let t = !a + !b in a := !b; b := t done; !a
let gcd a b = let rec go a b = if b = 0 then a else go b (a mod b) in go a b
let matrix n = let m = Array.init n (fun i -> Array.init n (fun j -> float_of_int (i + j))) in let s = ref 0. in for i = 0 to n - 1 do for j = 0 to n - 1 do if i <> j then s := !s +. m.(i).(j) *. 0.5 done done; !s
let captured () = let r = ref 0 in let add n = r := !r + n in List.iter add [ 1; 2; 3 ]; add 10; !r
let swap_refs () = let a = ref 1 and b = ref 2 in let t = !a in a := !b; b := t; (!a, !b)
let () =
  p "%d" (collatz 27);
  p "%s" (String.concat " " (List.map string_of_int (primes 50)));
  p "%d" (fib 50);
  p "%d" (gcd 1071 462);
  p "%g" (matrix 10);
  p "%d" (captured ());
  let a, b = swap_refs () in
  p "%d %d" a b;
  for i = 3 downto 1 do Printf.printf "%d " i done;
  for i = 1 to 0 do Printf.printf "never %d" i done;
  print_newline ();
  let x = 1 in let x = x + 1 in let x = x * 10 in
  p "%d" x;
  let i = ref 0 in
  (try while true do incr i; if !i > 5 then raise Exit done with Exit -> ());
  p "%d" !i;
  for i = max_int - 1 to max_int do Printf.printf "%b " (i > 0) done;
  print_newline ();
  let total = ref 0. in
  for i = 1 to 10 do if i mod 3 = 0 then total := !total +. float_of_int i else total := !total -. 0.5 done;
  p "%g" !total;
  let state = ref `A in
  let n = ref 0 in
  while !state <> `Done do incr n; state := (match !state with `A -> if !n > 3 then `B else `A | `B -> `Done | `Done -> `Done) done;
  p "%d" !n
