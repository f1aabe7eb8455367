let rec ok q i = function [] -> true | x :: r -> x <> q && x <> q + i && x <> q - i && ok q (i+1) r
let rec solve n k qs = if k = 0 then 1 else begin let c = ref 0 in for q = 1 to n do if ok q 1 qs then c := !c + solve n (k-1) (q :: qs) done; !c end
let () = Printf.printf "%d\n" (solve 11 11 [])
