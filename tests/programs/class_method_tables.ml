(* many methods: binary search in method tables *)
class big = object
  method m00 = 0 method m01 = 1 method m02 = 2 method m03 = 3 method m04 = 4 method m05 = 5 method m06 = 6 method m07 = 7 method m08 = 8 method m09 = 9
  method alpha = 10 method beta = 11 method gamma = 12 method delta = 13 method epsilon = 14 method zeta = 15 method eta = 16 method theta = 17 method iota = 18
  method kappa = 19 method lambda = 20 method mu = 21 method nu = 22 method xi = 23 method omicron = 24 method pi = 25 method rho = 26 method sigma = 27
end
class other = object method zeta = 100 method a = 101 method m05 = 102 end
let sum o = o#m05 + o#zeta
let () =
  let o = new big in
  Printf.printf "%d\n" (o#m00 + o#m01 + o#m02 + o#m03 + o#m04 + o#m05 + o#m06 + o#m07 + o#m08 + o#m09);
  Printf.printf "%d\n" (o#alpha + o#beta + o#gamma + o#delta + o#epsilon + o#zeta + o#eta + o#theta + o#iota);
  Printf.printf "%d\n" (o#kappa + o#lambda + o#mu + o#nu + o#xi + o#omicron + o#pi + o#rho + o#sigma);
  Printf.printf "%d %d\n" (sum o) (sum (new other));
  let rec loop i acc = if i = 0 then acc else loop (i - 1) (acc + (if i land 1 = 0 then sum o else sum (new other))) in
  Printf.printf "%d\n" (loop 2000 0)
