(* first-class classes through functions and modules; class aliases *)
module type SHAPE = sig class shape : float -> object method area : float method scale : float -> unit end end
module Circle : SHAPE = struct class shape r = object val mutable r = r method area = 3. *. r *. r method scale k = r <- r *. k end end
module Square : SHAPE = struct class shape s = object val mutable s = s method area = s *. s method scale k = s <- k *. s end end
module Twice (S : SHAPE) : SHAPE = struct class shape x = object (self) inherit S.shape x as super method! area = 2. *. super#area method! scale k = super#scale k; super#scale k end end
module TC = Twice (Circle) module TTS = Twice (Twice (Square))
let use (module S : SHAPE) = let o = new S.shape 2. in o#scale 3.; o#area
class alias = Circle.shape
class fixed = alias 1.
let makers = [("c", new Circle.shape); ("s", fun x -> (new Square.shape x :> < area : float; scale : float -> unit >))]
let () =
  List.iter (fun m -> Printf.printf "%g\n" (use m)) [(module Circle : SHAPE); (module Square); (module TC); (module TTS)];
  Printf.printf "%g %g\n" (new alias 2.)#area (new fixed)#area;
  List.iter (fun (n, mk) -> Printf.printf "%s %g\n" n (mk 3.)#area) makers
