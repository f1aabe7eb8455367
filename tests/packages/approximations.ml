(* Texts of approximations, and floats, of integers. oracle: num *)
open Big_int
let () =
  List.iter (fun s -> List.iter (fun p -> Printf.printf "%s %d %s\n" s p (try approx_big_int p (big_int_of_string s) with e -> Printexc.to_string e)) [0;1;3;5;12]) ["0"; "7"; "123"; "-123"; "123456"; "-1299999"; "99999999"; "1234567890123456789012345678901234567890"; "-99996";"995"];
  List.iter (fun (s, o, l) -> let b = Bytes.of_string s in let r = round_futur_last_digit b o l in Printf.printf "%s %d %d %b %s\n" s o l r (Bytes.to_string b)) ["1234", 0, 4; "1235", 0, 4; "1996", 0, 4; "9999", 0, 4; "9999", 1, 3; "1995", 0, 3; "5", 0, 1; "x95", 1, 2; "x996", 1, 3; "-96", 1, 2];
  List.iter (fun s -> List.iter (fun e -> Printf.printf "%s %b %h\n" s e (round_big_int_to_float (big_int_of_string s) e)) [true; false]) ["4611686018427387904"; "9223372036854775807"; "9223372036854774784"; "9223372036854774785"; "9223372036854774783"; "9223372036854775296"; "9007199254740993000"; "-9007199254740993000"; "5000000000000000256"; "5000000000000000768"; "5000000000000000512"; "5000000000000000513"; "5000000000000000511"; "5000000000000001536"]
