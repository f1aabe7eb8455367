(* packages: sha *)
let () = List.iter (fun s -> print_endline (Sha1.to_hex (Sha1.string s)); print_endline (Sha256.to_hex (Sha256.string s)); print_endline (Sha512.to_hex (Sha512.string s)); print_endline (String.escaped (Sha1.to_bin (Sha1.string s)))) [""; "abc"; String.make 1000 'x'; String.make 55 'a'; String.make 56 'a'; String.make 64 'b'; String.make 111 'c'; String.make 128 'd'];
 let c = Sha256.init () in Sha256.update_string c "hello "; let d = Sha256.copy c in Sha256.update_substring c "xworldx" 1 5; Sha256.update_string d "there"; print_endline (Sha256.to_hex (Sha256.finalize c)); print_endline (Sha256.to_hex (Sha256.finalize d));
 let b = Bigarray.Array1.of_array Bigarray.int8_unsigned Bigarray.c_layout (Array.init 200 (fun i -> i)) in
 let c = Sha1.init () in Sha1.update_buffer c (Obj.magic b); print_endline (Sha1.to_hex (Sha1.finalize c));
 let f = Filename.temp_file "a" "b" in let oc = open_out f in for i = 1 to 10000 do output_string oc (string_of_int i) done; close_out oc;
 print_endline (Sha1.to_hex (Sha1.file f)); print_endline (Sha256.to_hex (Sha256.file_fast f)); print_endline (Sha512.to_hex (Sha512.file_fast f));
 let ic = open_in f in print_endline (Sha1.to_hex (Sha1.channel ic 1000)); print_endline (Sha256.to_hex (Sha256.input ic)); close_in ic;
 Printf.printf "%b %b %b\n" (Sha1.equal (Sha1.string "a") (Sha1.string "a")) (Sha1.equal (Sha1.string "a") (Sha1.string "b")) (Sha256.equal (Sha256.of_hex (Sha256.to_hex (Sha256.string "q"))) (Sha256.string "q"));
 print_endline (Sha1.to_hex (Sha1.of_bin (Bytes.of_string (Sha1.to_bin (Sha1.string "z")))));
 (try ignore (Sha1.file_fast "/nonexistent") with e -> print_endline (Printexc.to_string e))
