(* Elementary functions: special values and signs to the last bit, other values to twelve digits. *)
let functions =
  [ ("sqrt", sqrt); ("exp", exp); ("expm1", expm1); ("log", log); ("log10", log10); ("log1p", log1p); ("sin", sin); ("cos", cos); ("tan", tan);
    ("asin", asin); ("acos", acos); ("atan", atan); ("sinh", sinh); ("cosh", cosh); ("tanh", tanh); ("ceil", ceil); ("floor", floor);
    ("round", Float.round); ("trunc", Float.trunc) ]

let binary = [ ("pow", ( ** )); ("atan2", atan2); ("hypot", hypot); ("fmod", mod_float); ("copysign", copysign); ("min", Float.min); ("max", Float.max) ]

let special = [ 0.; -0.; infinity; neg_infinity; 0. /. 0.; 1.; -1.; max_float; min_float; 4.9e-324; 0.5; -0.5; 2.; -2.; 3. ]

(* NaN has a sign that no rule gives. *)
let show x = if x <> x then "nan" else if x = 0. || abs_float x = infinity || Float.is_integer x then Printf.sprintf "%h" x else Printf.sprintf "%.11e" x

let () =
  List.iter
    (fun (name, f) ->
      List.iter (fun x -> Printf.printf "%s %h: %s\n" name x (show (f x))) special;
      List.iter (fun x -> Printf.printf "%s %g: %s\n" name x (show (f x)))
        [ 1e-10; 1e-3; 0.1; 0.25; 0.7; 0.99; 1.0001; 1.5; 2.5; 3.14159; 5.5; 10.25; 22.; 100.5; 700.25; 1000.; 12345.678; 1e6; 1e10; 1e22; 1e100; 1e300; -0.3; -7.7; -745. ])
    functions;
  List.iter
    (fun (name, f) ->
      List.iter (fun x -> List.iter (fun y -> Printf.printf "%s %h %h: %s\n" name x y (show (f x y))) special) special;
      List.iter (fun (x, y) -> Printf.printf "%s %g %g: %s\n" name x y (show (f x y))) [ (1.5, 2.5); (10., -3.); (0.1, 700.); (123.456, 0.001); (-8., 3.); (-8., -2.5); (1e200, 1e200); (1e-200, 1e-200); (7.25, -2.) ])
    binary

let () =
  List.iter
    (fun x ->
      let m, e = frexp x and f, i = modf x in
      Printf.printf "%h: %h %d, %h %h, %s\n" x m e f i
        (match classify_float x with FP_normal -> "normal" | FP_subnormal -> "subnormal" | FP_zero -> "zero" | FP_infinite -> "infinite" | FP_nan -> "nan"))
    [ 0.; -0.; 1.; -1.5; 123.456; 4.9e-324; 2.2e-308; max_float; infinity; neg_infinity; 1e16 ];
  List.iter (fun (x, n) -> Printf.printf "%h %d: %h\n" x n (ldexp x n)) [ (1., 10); (1., -1074); (1., -1075); (1.5, -1075); (1., 1024); (4.9e-324, 2000); (-3., -1074); (0., 5); (infinity, -5); (1e308, -2098); (max_float, -2097); (1., max_int); (1., min_int) ];
  List.iter (fun x -> Printf.printf "%h: %h %h\n" x (Float.succ x) (Float.pred x)) [ 0.; -0.; 1.; -1.; max_float; infinity; 4.9e-324; min_float ];
  List.iter (fun (x, y, z) -> Printf.printf "%h\n" (Float.fma x y z)) [ (0.1, 10., -1.); (1e308, 10., -1e308); (3., 4., 5.); (0x1.0000001p0, 0x1.0000001p0, -1.); (1e-300, 1e-300, 1e-320); (infinity, 1., 2.); (2., -0.5, 1.) ];
  List.iter (fun x -> Printf.printf "%d %d\n" (int_of_float x) (truncate (-.x))) [ 0.; 0.9; 1.5; 1e15; 4e18; 123456789.99 ]

(* The sign of what is not a number, as Printf shows it. *)
let () =
  List.iter (fun f -> Printf.printf "%f %f %f %f\n" (f 2.) (f (-2.)) (f infinity) (f nan)) [ asin; acos; log10; log; sqrt; sin; log1p ]
