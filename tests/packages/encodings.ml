(* Base 64, and comparisons in constant time. oracle: base64 base64.rfc2045 eqaf *)
let e name f = match f () with
  | s -> Printf.printf "%s: %s\n" name s
  | exception ex -> Printf.printf "%s: EXN %s\n" name (Printexc.to_string ex)
let i = string_of_int
let r = function Ok s -> Printf.sprintf "%S" s | Error (`Msg m) -> "Error " ^ m
let () =
  let open Base64 in
  List.iter (fun s -> e ("enc " ^ String.escaped s) (fun () -> encode_string s ^ " " ^ encode_string ~pad:false s ^ " " ^ encode_string ~alphabet:uri_safe_alphabet s)) [""; "a"; "ab"; "abc"; "abcd"; "\255\254\253"; "hello world"; String.init 256 Char.chr];
  List.iter (fun s -> e ("dec " ^ String.escaped s) (fun () -> r (decode s)); e ("decnp " ^ String.escaped s) (fun () -> r (decode ~pad:false s)); e ("decx " ^ String.escaped s) (fun () -> decode_exn s))
    [""; "YQ=="; "YQ="; "YQ"; "YWI="; "YWJj"; "YWJjZA=="; "Y"; "YQ==YQ=="; "YWJj\n"; "YW Jj"; "=YQ="; "Y==="; "===="; "YR=="; "_-__"; "/+//"; "YWJj="; "YW=j"; "YQ=a"];
  e "dec uri" (fun () -> r (decode ~alphabet:uri_safe_alphabet "_-__")); e "sub" (fun () -> r (decode ~off:1 ~len:4 "xYWJjx")); e "sub9" (fun () -> r (decode ~off:1 ~len:40 "xYWJjx")); e "subneg" (fun () -> r (decode ~off:(-1) ~len:4 "xYWJjx")); e "encsub" (fun () -> r (encode ~off:1 ~len:3 "xabcx")); e "encsub9" (fun () -> r (encode ~off:1 ~len:30 "xabcx")); e "encx9" (fun () -> encode_exn ~off:1 ~len:30 "xabcx"); e "decx9" (fun () -> decode_exn ~off:1 ~len:30 "xabcx");
  e "encode_sub" (fun () -> match encode_sub "abcd" with Ok (s, o, l) -> String.sub s o l | Error (`Msg m) -> m); e "decode_sub" (fun () -> match decode_sub "YWJjZA==" with Ok (s, o, l) -> String.sub s o l | Error (`Msg m) -> m);
  e "alph" (fun () -> i (length_alphabet default_alphabet) ^ alphabet uri_safe_alphabet); e "mk" (fun () -> alphabet (make_alphabet "abc")); e "mk2" (fun () -> alphabet (make_alphabet (String.make 63 'a' ^ "="))); e "mk3" (fun () -> alphabet (make_alphabet (String.make 64 'a')))
let () =
  let rec dec d acc = match Base64_rfc2045.decode d with
    | `Await -> acc ^ "<await>" | `End -> acc ^ "<end>" | `Flush s -> dec d (acc ^ Printf.sprintf "<%S>" s) | `Malformed s -> dec d (acc ^ Printf.sprintf "<bad %S>" s) | `Wrong_padding -> acc ^ "<pad>" in
  List.iter (fun s -> e ("2045 " ^ String.escaped s) (fun () -> dec (Base64_rfc2045.decoder (`String s)) "")) ["YWJj"; "YWJj\r\nZGVm\r\n"; "YQ=="; "YWJ jZA=="; "YWJj!ZGVm"; "YQ="; ""; "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5"];
  List.iter (fun s -> e "2045e" (fun () -> let b = Buffer.create 10 in let en = Base64_rfc2045.encoder (`Buffer b) in String.iter (fun c -> ignore (Base64_rfc2045.encode en (`Char c))) s; ignore (Base64_rfc2045.encode en `End); Printf.sprintf "%S" (Buffer.contents b))) [""; "a"; "ab"; "abc"; String.make 57 'x'; String.make 100 'y'; String.make 58 'z'; String.make 114 'w'; String.make 115 'w']
let () =
  let open Eqaf in
  e "eq" (fun () -> String.concat " " (List.map (fun (a, b) -> string_of_bool (equal a b)) ["", ""; "a", "b"; "a", "a"; "ab", "a"; "abcdefghij", "abcdefghij"; "abcdefghij", "abcdefghiJ"]));
  let pairs = ["", ""; "a", "b"; "b", "a"; "a", "a"; "abcdefghij", "abcdefghiJ"; "\255\001", "\001\255"; "\001\255", "\255\001"; "ab", "a"; "a", "ab"; "abc", "abd"] in
  List.iter (fun (a, b) -> e ("be " ^ String.escaped a ^ "," ^ String.escaped b) (fun () -> i (Int.compare (compare_be a b) 0)); e ("le " ^ String.escaped a ^ "," ^ String.escaped b) (fun () -> i (Int.compare (compare_le a b) 0))) pairs;
  e "bel" (fun () -> i (compare_be_with_len ~len:2 "abc" "abd")); e "bel9" (fun () -> i (compare_be_with_len ~len:9 "abc" "abd"));
  List.iter (fun (x, m) -> e "divmod" (fun () -> let q, r = divmod ~x ~m in Printf.sprintf "%ld %ld" q r)) [100l, 7l; -1l, 10l; 5l, 9l; 0l, 3l; -1l, 16383l; 1000000l, 1l];
  e "find" (fun () -> i (find_uint8 ~f:(fun x -> x = 99) "abcabc") ^ i (find_uint8 ~off:3 ~f:(fun x -> x = 99) "abcabc") ^ i (find_uint8 ~f:(fun x -> x = 9) "abc")); e "find9" (fun () -> i (find_uint8 ~off:9 ~f:(fun x -> x = 99) "abcabc")); e "ex" (fun () -> string_of_bool (exists_uint8 ~f:(fun x -> x = 99) "abc") ^ string_of_bool (exists_uint8 ~f:(fun x -> x = 100) "abc"));
  e "asc" (fun () -> ascii_of_int32 ~digits:6 1234l ^ ascii_of_int32 ~digits:2 1234l ^ ascii_of_int32 ~digits:10 (-1l)); e "ascneg" (fun () -> ascii_of_int32 ~digits:(-1) 3l); e "lc" (fun () -> lowercase_ascii "aBZ[@\200" ^ uppercase_ascii "azAZ{`"); e "hex" (fun () -> hex_of_string "\000\255aZ" ^ hex_of_bytes (Bytes.of_string "x")); e "unhex" (fun () -> let s, n = string_of_hex "00ffAb" in Printf.sprintf "%S %d" s n); e "unhexbad" (fun () -> let s, n = string_of_hex "00xx" in Printf.sprintf "%d" n); e "unhexodd" (fun () -> let s, n = string_of_hex "001" in Printf.sprintf "%S %d" s n); e "unhexbad2" (fun () -> let s, n = bytes_of_hex "0g" in Printf.sprintf "%d" n);
  e "ints" (fun () -> String.concat " " (List.map i [one_if_not_zero 5; one_if_not_zero 0; one_if_not_zero (-1); zero_if_not_zero 5; zero_if_not_zero 0; int_of_bool true; select_int 1 2 3; select_int 0 2 3; select_a_if_in_range ~low:1 ~high:5 ~n:5 7 8; select_a_if_in_range ~low:1 ~high:5 ~n:6 7 8; select_a_if_in_range ~low:1 ~high:5 ~n:0 7 8]) ^ string_of_bool (bool_of_int 3))
