let n = 300
let mk f = Array.init n (fun i -> Array.init n (fun j -> f i j))
let () =
  let a = mk (fun i j -> float (i + j)) and b = mk (fun i j -> float (i - j)) in
  let c = Array.make_matrix n n 0. in
  for _ = 1 to 3 do
  for i = 0 to n-1 do for j = 0 to n-1 do
    let s = ref 0. in
    for k = 0 to n-1 do s := !s +. a.(i).(k) *. b.(k).(j) done;
    c.(i).(j) <- !s done done done;
  Printf.printf "%g\n" c.(10).(20)
