(* polymorphic variants and objects together; coercions *)
type shape = [ `Circle of float | `Square of float ]
class virtual base = object method virtual kind : [ `Circle | `Square | `Other of string ] method area = 0. end
class circle r = object inherit base method kind = `Circle method! area = 3. *. r *. r method shape : shape = `Circle r end
class square s = object inherit base method kind = `Square method! area = s *. s method shape : shape = `Square s end
class blob = object inherit base method kind = `Other "blob" end
let show (o : #base) = match o#kind with `Circle -> "circle" | `Square -> "square" | `Other s -> s
let widen (x : [ `A | `B ]) = (x :> [ `A | `B | `C ])
let () =
  let l = [(new circle 1. :> base); (new square 2. :> base); new blob] in
  List.iter (fun o -> Printf.printf "%s %.1f\n" (show o) o#area) l;
  let shapes = [(new circle 2.)#shape; (new square 3.)#shape] in
  List.iter (function `Circle r -> Printf.printf "c%g " r | `Square s -> Printf.printf "s%g " s) shapes;
  print_endline (match widen `B with `A -> "A" | `B -> "B" | `C -> "C");
  let objs : < area : float > list = (l :> < area : float > list) in
  Printf.printf "%g\n" (List.fold_left (fun s o -> s +. o#area) 0. objs)
