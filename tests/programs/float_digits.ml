(* Numbers whose last digits programs print: what C's mathematical functions give for simple arguments. *)
let functions = [ ("cbrt", Float.cbrt); ("erf", Float.erf); ("erfc", Float.erfc); ("asinh", Float.asinh); ("acosh", Float.acosh); ("sinh", sinh); ("cosh", cosh);
    ("tanh", tanh); ("atanh", Float.atanh); ("expm1", expm1); ("log1p", log1p); ("log10", log10); ("log2", Float.log2); ("exp2", Float.exp2);
    ("exp", exp); ("log", log); ("sin", sin); ("cos", cos); ("tan", tan); ("asin", asin); ("acos", acos); ("atan", atan) ]

let () =
  List.iter
    (fun (name, f) ->
      Printf.printf "%s:" name;
      List.iter
        (fun x -> Printf.printf " %.17g" (f x))
        [ 0.1; 0.2; 0.25; 0.3; 0.5; 0.6; 0.7; 0.75; 0.9; 0.99; 1.; 1.1; 1.5; 2.; 2.5; 3.; 3.14159265358979312; 4.5; 5.; 7.; 10.; 12.5; 20.; 23.; 45.; 100.; 300.; 1e5; 1e15; 1e300; 1e-5; 1e-20; 1e-310; -0.1; -0.25; -0.35; -0.8; -1.5; -3.; -20.; -80.; 709.9; 710.3 ];
      print_newline ())
    functions

(* Roots of cubes, lengths, powers. *)
let () =
  for i = -40 to 40 do
    let x = float_of_int i in
    Printf.printf "%d: %h %h %h %h %h\n" i (Float.cbrt (x *. x *. x)) (Float.cbrt (x /. 7.)) (hypot x 3.) (hypot (x *. 0.1) 0.35) (hypot (x *. 1e200) 1e201)
  done;
  List.iter (fun (x, y) -> Printf.printf "%g ** %g = %h\n" x y (x ** y)) [ (3., 33.); (3., 35.); (5., 22.); (5., 24.); (7., 19.); (-197., 7.); (197., 7.); (-193., 7.); (1.5, 34.); (2.5, 23.); (0.3, 3.); (10., 22.); (10., 23.); (10., -5.); (2., 0.5); (2., 1.5); (1.1, 10.); (1e-100, 3.); (1e100, 4.); (6., 21.); (12., 17.) ]
