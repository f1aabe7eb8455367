(* binary methods, comparable, self types *)
class virtual comparable = object (_ : 'a) method virtual leq : 'a -> bool method max (o : 'a) : 'a option = None end
class money (x : float) = object (self : 'a)
  inherit comparable
  val repr = x
  method value = repr
  method leq (p : 'a) = repr <= p#value
  method! max p = Some (if self#leq p then p else self)
  method plus (p : 'a) = {< repr = repr +. p#value >}
end
class money2 x = object inherit money x method times k = {< repr = k *. repr >} end
let rec sort (l : (#comparable as 'a) list) = match l with [] -> [] | x :: r -> let a, b = List.partition (fun y -> y#leq x) r in sort a @ [x] @ sort b
let () =
  List.iter (fun m -> Printf.printf "%g " m#value) (sort [new money 3.; new money 1.; new money 2.]);
  let l = List.map (fun x -> (new money2 x)#times 2.) [3.; 1.; 2.] in
  List.iter (fun m -> Printf.printf "%g " m#value) (sort l);
  let a = (new money2 1.)#plus (new money2 2.) in
  Printf.printf "%g\n" (a#times 3.)#value;
  match a#max (new money2 7.) with Some m -> Printf.printf "%g\n" m#value | None -> print_endline "none"
