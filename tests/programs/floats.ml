(* Floats: arithmetic, comparison with NaN, printing, loops that accumulate. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let id = Sys.opaque_identity
let sum n = let r = ref 0. in for i = 1 to n do r := !r +. (1. /. float_of_int i) done; !r
let rec power x n = if n = 0 then 1. else x *. power x (n - 1)
let mean a = Array.fold_left ( +. ) 0. a /. float_of_int (Array.length a)
type point = { x : float; y : float }
let norm { x; y } = sqrt ((x *. x) +. (y *. y))
let add a b = { x = a.x +. b.x; y = a.y +. b.y }
let () =
  p "%g %g %g" (sum 100) (power 2. 10) (power 0.5 3);
  p "%.3f %.1e %h" 3.14159 12345.678 1.5;
  p "%b %b %b %b" (nan = id nan) (nan < id 1.) (compare nan (id nan) = 0) (compare nan (id 1.) < 0);
  p "%g %g %g" infinity neg_infinity (0. /. id (-5.));
  p "%d %d %d" (int_of_float 3.9) (int_of_float (-3.9)) (truncate 1e10);
  p "%g %g" (norm { x = 3.; y = 4. }) (norm (add { x = 1.; y = 1. } { x = 2.; y = 3. }));
  p "%g" (mean [| 1.; 2.; 3.; 4. |]);
  p "%g %g %g" (floor 2.7) (ceil 2.1) (Float.rem 7.5 2.);
  p "%s %s %s" (string_of_float 1.) (string_of_float 0.1) (string_of_float 1e100);
  p "%.17g %.17g" 0.1 (0.1 +. 0.2);
  p "%b %b" (1. = id 1.) (0. = id (-0.));
  p "%g %g" (max 1. 2.) (min 1. 2.);
  p "%g" (float_of_string "1e-3");
  let a = Array.make 3 0. in
  a.(1) <- 2.5;
  p "%g %g %d" a.(0) a.(1) (Array.length a);
  p "%g" (Array.fold_left ( +. ) 0. (Array.map (fun x -> x *. 2.) a));
  match id 2.5 with 1.0 -> p "one" | 2.5 -> p "two and a half" | _ -> p "other"
