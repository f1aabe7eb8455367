(* needs OCaml 5 *)
open Digest
let e n f = try print_endline (n ^ " " ^ String.escaped (f ())) with Invalid_argument m -> print_endline (n ^ " IA " ^ m) | End_of_file -> print_endline (n ^ " EOF") | Failure m -> print_endline ("F " ^m) | Sys_error m -> print_endline m
module All (D : S) = struct let run name =
  for n = 0 to 400 do if n mod 13 = 0 || n land 63 >= 54 then e (string_of_int n) (fun () -> D.to_hex (D.string (String.init n (fun i -> Char.chr ((i * 7 + n) land 255))))) done;
  e "big" (fun () -> D.to_hex (D.string (String.make 60000 'q')));
  e "sub" (fun () -> D.to_hex (D.substring "abcdefghijkl" 3 5));
  e "sub" (fun () -> D.to_hex (D.substring "abcdefghijkl" 3 15));
  e "sub" (fun () -> D.to_hex (D.subbytes (Bytes.of_string "abcdefghijkl") (-1) 1));
  e "hex" (fun () -> D.to_hex "abc");
  e "hex" (fun () -> D.of_hex "abc");
  e "hex" (fun () -> D.of_hex (String.make (2*D.hash_length) 'g'));
  e "hex" (fun () -> D.of_hex (String.make (2*D.hash_length) '_'));
  e "hex" (fun () -> D.of_hex (String.concat "" (List.init D.hash_length (fun i -> "Ae"))));
  print_endline name end
module A1 = All (BLAKE128) module A2 = All (BLAKE256) module A3 = All (BLAKE512) module A4 = All (MD5) let () = A1.run "128"; A2.run "256"; A3.run "512"; A4.run "md5";
 e "x" (fun () -> to_hex (string "abc")); e "hex" (fun () -> to_hex "abc");
  e "hex" (fun () -> of_hex "abc"); e "f" (fun () -> from_hex "abc");   e "hex" (fun () -> from_hex (String.make (2*16) 'g'));
