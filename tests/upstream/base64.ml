(* packages: base64 base64.rfc2045 *)
let () =
  List.iter (fun s -> let e = Base64.encode_exn s in Printf.printf "%s %s %b\n" (String.escaped s) e (Base64.decode_exn e = s)) [ ""; "f"; "fo"; "foo"; "\x00\xff\xfe"; "any carnal pleas" ];
  print_endline (Base64.encode_string ~pad:false ~alphabet:Base64.uri_safe_alphabet "\xfb\xff\xbf");
  (match Base64.decode "ab$d" with Ok s -> print_endline s | Error (`Msg m) -> print_endline m);
  (match Base64.decode ~pad:false "Zm9vYg" with Ok s -> print_endline s | Error (`Msg m) -> print_endline m);
  let d = Base64_rfc2045.decoder (`String "SGVs\r\nbG8=\r\n") in
  let rec go () = match Base64_rfc2045.decode d with `Flush s -> Printf.printf "flush %S\n" s; go () | `Malformed s -> Printf.printf "mal %S\n" s; go () | `Wrong_padding -> print_endline "pad"; go () | `End -> print_endline "end" | `Await -> print_endline "await" in go ()
