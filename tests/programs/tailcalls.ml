(* Tail calls in constant space: self, mutual, through closures, in matches and tries' handlers; deep non-tail recursion. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let rec count n acc = if n = 0 then acc else count (n - 1) (acc + 1)
let rec ping n = if n = 0 then "ping" else pong (n - 1) and pong n = if n = 0 then "pong" else ping (n - 1)
let rec cps n k = if n = 0 then k 0 else cps (n - 1) (fun r -> k (r + 1))
let rec handled n = match (if n mod 2 = 0 then Some n else None) with Some 0 -> "done" | Some n -> handled (n - 1) | None -> handled (n - 1)
let rec deep n = if n = 0 then 0 else 1 + deep (n - 1)
let rec retry n = try if n > 0 then failwith "x" else n with Failure _ -> retry (n - 1)
let rec map f = function [] -> [] | x :: r -> let y = f x in y :: map f r
let rec args8 a b c d e f g h n = if n = 0 then a + b + c + d + e + f + g + h else args8 b c d e f g h a (n - 1)
let rec args12 a b c d e f g h i j k n = if n = 0 then a + (2 * b) + (3 * c) + d + e + f + g + h + i + j + k else args12 b c d e f g h i j k a (n - 1)
let () =
  p "%d" (count 1000000 0);
  p "%s %s" (ping 100001) (pong 100001);
  p "%d" (cps 20000 (fun x -> x));
  p "%s" (handled 100000);
  p "%d" (deep 50000);
  p "%d" (retry 10000);
  p "%d" (List.length (map succ (List.init 12000 (fun i -> i))));
  p "%d" (args8 1 2 3 4 5 6 7 8 1001);
  p "%d" (args12 1 2 3 4 5 6 7 8 9 10 11 1001)
