(* packages: hex ocplib-endian ocplib-endian.bigstring cstruct base64 *)
let () =
  Hex.hexdump (Hex.of_string "hello world, this is a dump");
  print_endline (Hex.show (Hex.of_cstruct (Cstruct.of_string "\x00\xff")));
  print_endline (Hex.to_string (`Hex "41 42:43"));
  print_endline (Hex.hexdump_s ~print_row_numbers:false (Hex.of_string "xyz"));
  let b = Bytes.make 16 '\000' in
  EndianBytes.BigEndian.set_int32 b 0 0x01020304l;
  EndianBytes.LittleEndian.set_int64 b 4 0x1122334455667788L;
  EndianBytes.LittleEndian.set_double b 8 1.5;
  Printf.printf "%S\n" (Bytes.to_string b);
  Printf.printf "%d %d %ld\n" (EndianString.BigEndian.get_uint16 "\xff\xfe" 0) (EndianString.LittleEndian.get_int16 "\xfe\xff" 0) (EndianString.BigEndian_unsafe.get_int32 "\x80\x00\x00\x01" 0);
  let ba = Bigarray.Array1.create Bigarray.char Bigarray.c_layout 8 in
  EndianBigstring.NativeEndian.set_int64 ba 0 42L;
  Printf.printf "%Ld %f\n" (EndianBigstring.LittleEndian.get_int64 ba 0) (EndianBigstring.LittleEndian.get_float ba 0);
  print_endline (Base64.encode_string ~pad:false ~alphabet:Base64.uri_safe_alphabet "\xff\xfe?x");
  match Base64.decode "a===" with Error (`Msg m) -> print_endline m | Ok s -> print_endline s
