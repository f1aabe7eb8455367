(* packages: bitstring *)
(* Strings of bits: parts, comparison, numbers of any width put in and taken out. *)
let show b =
  Printf.printf "%d bits: " (Bitstring.bitstring_length b);
  for i = 0 to Bitstring.bitstring_length b - 1 do
    print_char (if Bitstring.is_set b i then '1' else '0')
  done;
  print_newline ()

let () =
  let b = Bitstring.bitstring_of_string "\x5a\xff\x00A" in
  List.iter show [ b; Bitstring.subbitstring b 3 9; Bitstring.dropbits 25 b; Bitstring.takebits 5 b ];
  show (Bitstring.concat [ Bitstring.takebits 3 b; Bitstring.ones_bitstring 4; Bitstring.dropbits 29 b ]);
  let m = Bitstring.zeroes_bitstring 19 in
  Bitstring.set m 3; Bitstring.put m 0 1; Bitstring.clear m 3; show m;
  for from = 0 to 12 do
    for count = 8 to 20 do
      let part = Bitstring.subbitstring b from count in
      let other = Bitstring.bitstring_of_string (Bitstring.string_of_bitstring b) in
      (if Bitstring.is_set b (from + count - 1) then Bitstring.clear else Bitstring.set) other (from + count - 1);
      Printf.printf "%b%b%b " (Bitstring.is_prefix (Bitstring.dropbits from b) part) (Bitstring.is_prefix (Bitstring.dropbits from other) part) (Bitstring.is_prefix part (Bitstring.dropbits from b))
    done;
    print_newline ()
  done;
  Bitstring.hexdump_bitstring stdout (Bitstring.bitstring_of_string "The quick brown fox jumps over\x00\x01\x02");
  let buffer = Bitstring.Buffer.create () in
  Bitstring.construct_int_be_unsigned buffer 0x1234 13 Exit;
  Bitstring.construct_int64_le_unsigned buffer 0x0102030405060708L 64 Exit;
  Bitstring.construct_bit buffer true 1 Exit;
  Bitstring.construct_string buffer "xyz";
  (try Bitstring.construct_char_unsigned buffer 300 8 Exit with Exit -> print_endline "too large");
  let ((data, offset, length) as c) = Bitstring.Buffer.contents buffer in
  show c;
  Printf.printf "%d %Ld\n" (Bitstring.extract_int_be_unsigned data offset length 13) (Bitstring.extract_int64_le_unsigned data (offset + 13) (length - 13) 64);
  (try ignore (Bitstring.get b 99) with Invalid_argument m -> print_endline m);
  Printf.printf "%d %b %S\n" (Bitstring.compare b m) (Bitstring.equals b b) (Bitstring.string_of_bitstring (Bitstring.takebits 12 b))
