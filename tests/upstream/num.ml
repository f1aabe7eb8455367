(* packages: num *)
open Num
let () =
  let show n = print_endline (string_of_num n) in
  show (num_of_string "123456789012345678901/3"); show (num_of_string "6/4"); show (num_of_string "-10/5"); show (num_of_string "1/3" +/ num_of_string "1/6");
  show (power_num (Int 2) (Int 100)); show (quo_num (Int (-7)) (Int 2)); show (mod_num (Int (-7)) (Int 2)); show (floor_num (num_of_string "-7/2"));
  print_endline (approx_num_fix 10 (num_of_string "22/7")); print_endline (approx_num_exp 5 (num_of_string "1000000/7"));
  Printf.printf "%d %b\n" (compare_num (Int 3) (num_of_string "7/2")) (eq_num (Int 2) (num_of_string "4/2"));
  print_endline (Big_int.string_of_big_int (Big_int.power_int_positive_int 7 50));
  print_endline (Big_int.string_of_big_int (Big_int.gcd_big_int (Big_int.big_int_of_string "123456789000") (Big_int.big_int_of_int 9000)));
  Arith_status.set_normalize_ratio true; show (num_of_string "10/4" */ num_of_string "2/5"); Printf.printf "%f\n" (float_of_num (num_of_string "1/3"));
  match Int 1 // Int 0 with n -> show n | exception Failure m -> print_endline m | exception Division_by_zero -> print_endline "div0"
