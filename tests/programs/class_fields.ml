(* floats and other unboxed things in instance variables *)
class vec x y z = object (self : 'a)
  val mutable x = x val mutable y = y val mutable z = z
  method coords = (x, y, z)
  method add (o : 'a) = let (a, b, c) = o#coords in {< x = x +. a; y = y +. b; z = z +. c >}
  method scale k = x <- x *. k; y <- y *. k; z <- z *. k
  method norm = sqrt (x *. x +. y *. y +. z *. z)
end
class counters = object val mutable i32 = 0l val mutable i64 = 0L val mutable b = false val mutable c = 'a' val mutable arr = [| 1.; 2. |]
  method step = i32 <- Int32.add i32 1l; i64 <- Int64.sub i64 3L; b <- not b; c <- Char.chr (Char.code c + 1); arr.(0) <- arr.(0) +. 0.5
  method show = Printf.sprintf "%ld %Ld %b %c %g" i32 i64 b c (arr.(0) +. arr.(1)) end
let () =
  let v = new vec 1. 2. 2. in
  Printf.printf "%g " v#norm; v#scale 2.; Printf.printf "%g " v#norm;
  let w = v#add (new vec 1. 1. 1.) in
  let (a, b, c) = w#coords in Printf.printf "%g %g %g\n" a b c;
  let k = new counters in k#step; k#step; print_endline k#show
