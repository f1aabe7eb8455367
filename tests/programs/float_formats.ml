(* Conversions of floating-point numbers: flags, widths, precisions, all letters; and back. *)
let numbers =
  [ 0.; -0.; 1.; -1.; 0.5; 1.5; 2.5; 9.5; 99.95; 0.1; 0.3; 1e15; 1e16; 1e17; 1e22; 1e23; 1e100; 1.7976931348623157e308; 4.9e-324; 2.2250738585072014e-308; 2.2250738585072011e-308;
    123456789.125; 3.14159265358979; -2.71828; 1e-5; 1.234e-4; 0.00099999999; 9.9999999e5; 999999.5; 1048576.; 0x1.fffffffffffffp0; infinity; neg_infinity; nan; 5e-324; 6.02214076e23; 1. /. 3.; 100.; 1e5; 123456.; 1234567. ]

let () =
  List.iter
    (fun x ->
      Printf.printf "%f|%e|%g|%F|%h|%H|%E|%G\n" x x x x x x x x;
      Printf.printf "%.0f|%.1f|%.2f|%.10f|%.20f|%.3e|%.0e|%.17g|%.15g|%.1g|%.0g\n" x x x x x x x x x x x;
      Printf.printf "%+f|% f|%012.3f|%-12.3f|%12g|%+.2e|%-20.3e|%020.3e|%+g\n" x x x x x x x x x;
      Printf.printf "%.3h|%.0h|%.15h|%+h|%20h|%-20h|%#F|%.3F|%10.2F\n" x x x x x x x x x;
      Printf.printf "%*.*f|%-*.*e\n" 15 4 x 20 2 x;
      print_endline (string_of_float x);
      Printf.printf "%b\n" (compare (float_of_string (Printf.sprintf "%.17g" x)) x = 0);
      Printf.printf "%b\n" (compare (float_of_string (Printf.sprintf "%h" x)) x = 0))
    numbers;
  Printf.printf "%.400f\n%.1000f\n" 1e-300 4.9e-324;
  Printf.printf "%.300g\n" 1.7976931348623157e308;
  Printf.printf "%f\n" 1.7976931348623157e308

(* Random bits, through the shortest of %.15g %.16g %.17g that reads back. *)
let () =
  let state = ref 1 in
  let next () = state := ((!state * 2862933555777941757) + 1442695040888963407); !state in
  for _ = 1 to 60 do
    let x = Int64.float_of_bits (Int64.logxor (Int64.of_int (next ())) (Int64.shift_left (Int64.of_int (next ())) 11)) in
    let rec shortest p = let s = Printf.sprintf "%.*g" p x in if p >= 17 || compare (float_of_string s) x = 0 then s else shortest (p + 1) in
    Printf.printf "%s %e %h\n" (shortest 1) x x
  done

let () =
  List.iter
    (fun s -> Printf.printf "%S %s\n" s (match float_of_string_opt s with Some x -> Printf.sprintf "%h" x | None -> "none"))
    [ ""; " "; "-"; "+"; "."; "1"; "1."; ".5"; "-.5"; "1e"; "1e+"; "1e5"; "1E-5"; "1e400"; "1e-400"; "nan"; "NaN"; "-nan"; "inf"; "Infinity"; "-INF"; "infin"; "0x"; "0x."; "0x1"; "0x1p"; "0x1p+";
      "0x1.8p3"; "0x.8"; "0x1_0p1"; "1_000.5"; "_1"; "1_"; "_"; " 1"; "1 "; "\t1"; "0x1.00000000000008p0"; "0x1.00000000000018p0"; "0x0.0000000000001p-1022"; "0x1p-1075"; "0x1.8p-1075"; "0x1p1024";
      "4.9406564584124654e-324"; "2.4703282292062327e-324"; "2.4703282292062328e-324"; "1.7976931348623158e308"; "1.7976931348623159e308"; "9007199254740993"; "9007199254740992.99999999999999999";
      "--1"; "+-1"; "1-"; "1.5.2"; "1e5.5"; "0e0"; "1e99999999999999999999"; "1e-99999999999999999999"; "0xg"; "0X1P3"; "1f"; "+0x1p3"; "-0x1p3"; "1e 5"; "0b1"; "1,5"; "0.1e1"; "123456789012345678901234567890"; "0.000000000000000000000000000001e30" ]
