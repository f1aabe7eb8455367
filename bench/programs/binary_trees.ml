type t = E | N of t * t
let rec make d = if d = 0 then N (E, E) else N (make (d-1), make (d-1))
let rec check = function E -> 0 | N (l, r) -> 1 + check l + check r
let () =
  let long = make 16 in
  let s = ref 0 in
  for _ = 1 to 400 do s := !s + check (make 12) done;
  for d = 4 to 16 do s := !s + check (make d) done;
  Printf.printf "%d %d\n" !s (check long)
