(* needs OCaml 5: functions that Float has since. *)
let () =
  List.iter (fun (n, f) -> List.iter (fun x -> Printf.printf "%s %g %.11g\n" n x (f x)) [0.; -0.; 1e-320; 1e-30; 1e-9; 0.1; 0.5; -0.5; 0.99; 1.; 1.5; 2.; 2.001; 3.7; 5.9; 6.1; 10.; 26.6; 27.5; 100.25; 1e10; -1.; -3.; 700.; infinity; neg_infinity; nan; -1074.; 8.; 0.125; -27.])
  [ "erf", Float.erf; "erfc", Float.erfc; "cbrt", Float.cbrt; "exp2", Float.exp2; "log2", Float.log2; "acosh", Float.acosh; "asinh", Float.asinh; "atanh", Float.atanh; "succ", Float.succ; "expm1", Float.expm1; "log1p", Float.log1p ];
  Printf.printf "%b %b %g %g\n" (Float.sign_bit (-0.)) (Float.sign_bit 1.) (Float.rem 7. (-3.)) (Float.fma 2. 3. 4.)
