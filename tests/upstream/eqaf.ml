(* packages: eqaf *)
let () =
  Printf.printf "%b %b %b %b\n" (Eqaf.equal "abcdef" "abcdef") (Eqaf.equal "abcdef" "abcdeg") (Eqaf.equal "a" "ab") (Eqaf.equal "" "");
  let s a b = compare a b in let sign n = compare n 0 in
  List.iter (fun (a, b) -> Printf.printf "%d %d\n" (sign (Eqaf.compare_be a b)) (sign (Eqaf.compare_le a b))) [ "ab", "ac"; "za", "az"; "x", "x" ]; ignore s;
  Printf.printf "%b %d %b\n" (Eqaf.exists_uint8 ~f:(fun c -> c = 0x63) "abcdef") (Eqaf.find_uint8 ~f:((=) 0x65) "abcdef") (Eqaf.one_if_not_zero 5 = 1);
  Printf.printf "%d %d\n" (Eqaf.select_int 1 10 20) (Eqaf.select_int 0 10 20);
  let q, r = Eqaf.divmod ~x:100l ~m:7l in Printf.printf "%ld %ld\n" q r;
  print_endline (Eqaf.hex_of_string "hello"); print_endline (Eqaf.string_of_hex "68656c6c6f" |> fst); print_endline (Eqaf.ascii_of_int32 ~digits:5 1234l)
