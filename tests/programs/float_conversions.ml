(* Numbers out of range made integers as the machine does it, and the signs of what is not a number. *)
let () =
  List.iter
    (fun x -> Printf.printf "%h: %d %ld %Ld %nd %d\n" x (int_of_float x) (Int32.of_float x) (Int64.of_float x) (Nativeint.of_float x) (truncate x))
    [ nan; -.nan; infinity; neg_infinity; 1e10; -1e10; 2147483647.5; 2147483648.; -2147483648.; -2147483649.; 4294967295.; 4294967296.; 4.6e18; -4.6e18;
      4.611686018427387904e18; -4.611686018427387904e18; 9.3e18; -9.3e18; 1e300; 9223372036854775807.; -9223372036854775808.; 0.5; -0.5; 6442450944.7 ];
  Printf.printf "%ld %ld %Ld\n" (Int32.of_float 3e9) (Int32.of_float (0. /. 0.)) (Int64.of_float 1e19)

let show name x = Printf.printf "%s: %f %h %F %g %+e % .3f %s %b\n" name x x x x x x (string_of_float x) (Float.sign_bit x)
let zero = Sys.opaque_identity 0.
let inf = Sys.opaque_identity infinity
let n = Sys.opaque_identity nan

let () =
  List.iter (fun (name, x) -> show name x)
    [ ("nan", nan); ("-nan", -.nan); ("0/0", zero /. zero); ("-(0/0)", -.(zero /. zero)); ("inf-inf", inf -. inf); ("inf*0", inf *. zero); ("inf/inf", inf /. inf);
      ("-inf+inf", -.inf +. inf); ("constant", 0. /. 0.); ("abs", abs_float (-.n)); ("nan+1", n +. 1.); ("1+nan", 1. +. n); ("nan*-1", n *. -1.);
      ("of string", float_of_string "nan"); ("of string", float_of_string "-nan"); ("min", Float.min n 1.); ("max", Float.max 1. n); ("neg", Float.neg n);
      ("copysign", copysign n (-1.)); ("pow", (-8.) ** (1. /. 3.)); ("fma", Float.fma inf zero 1.); ("rem", Float.rem zero zero); ("acosh", Float.acosh 0.5);
      ("atanh", Float.atanh 2.); ("log1p", log1p (-2.)); ("log2", Float.log2 (-1.)); ("trunc", Float.trunc (-.n)); ("floor", floor n); ("cbrt", Float.cbrt n);
      ("hypot", hypot n 1.); ("atan2", atan2 n 1.); ("sum", List.fold_left ( +. ) 0. [ 1.; n; 2. ]) ]
