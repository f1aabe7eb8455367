(* packages: cstruct *)
let () =
  let c = Cstruct.create 16 in
  Cstruct.BE.set_uint32 c 0 0xdeadbeefl; Cstruct.LE.set_uint16 c 4 0x1234; Cstruct.set_uint8 c 6 255; Cstruct.BE.set_uint64 c 8 0x0102030405060708L;
  Cstruct.hexdump c;
  let a, b = Cstruct.split c 5 in
  Printf.printf "%d %d %s\n" (Cstruct.length a) (Cstruct.length b) (String.escaped (Cstruct.to_string a));
  let d = Cstruct.of_string "hello world" in
  Cstruct.blit d 0 c 0 5; print_endline (Cstruct.to_string ~len:5 c);
  Printf.printf "%b %d\n" (Cstruct.equal (Cstruct.sub d 0 5) (Cstruct.sub c 0 5)) (Cstruct.compare d c);
  print_endline (Cstruct.to_string (Cstruct.concat [ Cstruct.of_string "a"; Cstruct.of_hex "62 63"; Cstruct.append (Cstruct.of_string "d") (Cstruct.of_string "e") ]));
  (try ignore (Cstruct.sub d 5 100) with Invalid_argument m -> print_endline m);
  let it = Cstruct.iter (fun c -> if Cstruct.length c < 2 then None else Some 2) (fun c -> Cstruct.get_uint8 c 0) d in
  Printf.printf "%d\n" (Cstruct.fold (fun acc x -> acc + x) it 0);
  Cstruct.memset c 0x2a; Format.printf "%a@." Cstruct.hexdump_pp (Cstruct.sub c 0 4);

  Printf.printf "%d\n" (Cstruct.lenv [ a; b ])
