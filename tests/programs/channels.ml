(* skip: evaluator. Files and channels: buffering, positions, lines, errors. *)
let name = Filename.concat (Filename.get_temp_dir_name ()) "morgana-channels-test"
let sys_error f = try f () with Sys_error m -> print_endline m | End_of_file -> print_endline "End_of_file" | Invalid_argument m -> print_endline m

let () =
  (try Sys.remove name with Sys_error _ -> ());
  Printf.printf "%b\n" (Sys.file_exists name);
  sys_error (fun () -> ignore (open_in name));
  sys_error (fun () -> ignore (open_in "/nonexistent/folder/file"));
  sys_error (fun () -> ignore (open_out "/"));
  sys_error (fun () -> ignore (open_in "a\000b"));
  let oc = open_out name in
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  output_string oc "first line\nsecond\n\nfourth";
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  flush oc;
  Printf.printf "%d %d\n" (pos_out oc) (out_channel_length oc);
  seek_out oc 6;
  output_char oc 'L';
  output_byte oc 0x149;
  Printf.printf "%d\n" (pos_out oc);
  close_out oc;
  close_out oc;
  sys_error (fun () -> output_string oc "x");
  sys_error (fun () -> output_char oc 'x');
  sys_error (fun () -> output_string oc "");
  sys_error (fun () -> flush oc; print_endline "flushed");
  let ic = open_in name in
  Printf.printf "%d %d\n" (pos_in ic) (in_channel_length ic);
  (try while true do Printf.printf "%S %d\n" (input_line ic) (pos_in ic) done with End_of_file -> print_endline "end");
  seek_in ic 0;
  Printf.printf "%C %d\n" (input_char ic) (input_byte ic);
  seek_in ic 17;
  Printf.printf "%S\n" (input_line ic);
  Printf.printf "%S\n" (really_input_string ic 6);
  sys_error (fun () -> ignore (really_input_string ic 100));
  sys_error (fun () -> ignore (input_char ic));
  let b = Bytes.make 10 '.' in
  Printf.printf "%d\n" (input ic b 0 10);
  seek_in ic 2;
  Printf.printf "%d %S\n" (input ic b 3 4) (Bytes.to_string b);
  sys_error (fun () -> ignore (input ic b 3 40));
  close_in ic;
  close_in ic;
  sys_error (fun () -> ignore (input_char ic));
  sys_error (fun () -> ignore (input_line ic));
  sys_error (fun () -> ignore (input ic b 0 1))

(* More than a buffer: long lines, binary numbers *)
let () =
  let oc = open_out_bin name in
  let line n = String.init n (fun i -> Char.chr (97 + (i mod 26))) in
  List.iter (fun n -> output_string oc (line n); output_char oc '\n') [ 0; 1; 65534; 65535; 65536; 65537; 200000; 3 ];
  output_binary_int oc 0x12345678;
  output_binary_int oc (-2);
  output_binary_int oc 0xffffffff;
  for i = 0 to 99999 do output_char oc (Char.chr (i land 255)) done;
  Printf.printf "%d\n" (pos_out oc);
  close_out oc;
  let ic = open_in_bin name in
  for _ = 1 to 8 do let s = input_line ic in Printf.printf "%d %d %s\n" (String.length s) (pos_in ic) (Digest.to_hex (Digest.string s)) done;
  Printf.printf "%d" (input_binary_int ic);
  Printf.printf " %d" (input_binary_int ic);
  Printf.printf " %d\n" (input_binary_int ic);
  let sum = ref 0 in
  (try while true do sum := !sum + input_byte ic done with End_of_file -> ());
  Printf.printf "%d %d\n" !sum (pos_in ic);
  sys_error (fun () -> ignore (input_binary_int ic));
  close_in ic;
  let oc = open_out_gen [ Open_append ] 0o600 name in
  output_string oc "tail";
  close_out oc;
  let ic = open_in_bin name in
  seek_in ic (in_channel_length ic - 4);
  Printf.printf "%s\n" (really_input_string ic 4);
  close_in ic;
  sys_error (fun () -> ignore (open_out_gen [ Open_wronly; Open_creat; Open_excl ] 0o600 name))

(* Folders and names *)
let () =
  let folder = name ^ ".d" in
  let inside f = Filename.concat folder f in
  (try List.iter (fun f -> Sys.remove (inside f)) [ "a"; "b"; "c" ] with Sys_error _ -> ());
  (try Sys.rmdir folder with Sys_error _ -> ());
  Sys.mkdir folder 0o755;
  let strip m = let n = String.length name in if String.length m > n && String.sub m 0 n = name then "NAME" ^ String.sub m n (String.length m - n) else m in
  let check f = try f () with Sys_error m -> print_endline (strip m) in
  check (fun () -> Sys.mkdir folder 0o755);
  List.iter (fun f -> close_out (open_out (inside f))) [ "b"; "a" ];
  let entries = Sys.readdir folder in
  Array.sort compare entries;
  print_endline (String.concat " " (Array.to_list entries));
  Printf.printf "%b %b %b\n" (Sys.is_directory folder) (Sys.is_directory (inside "a")) (Sys.file_exists (inside "c"));
  check (fun () -> ignore (Sys.is_directory (inside "c")));
  Sys.rename (inside "a") (inside "c");
  check (fun () -> Sys.rename (inside "a") (inside "d"));
  check (fun () -> Sys.rmdir folder);
  check (fun () -> Sys.remove (inside "a"));
  check (fun () -> ignore (Sys.readdir (inside "a")));
  check (fun () -> Sys.chdir (inside "a"));
  let home = Sys.getcwd () in
  Sys.chdir folder;
  Printf.printf "%b %s\n" (Sys.file_exists "c") (strip (Sys.getcwd ()));
  Sys.chdir home;
  List.iter (fun f -> Sys.remove (inside f)) [ "b"; "c" ];
  Sys.rmdir folder;
  Sys.remove name;
  Printf.printf "%b\n" (Sys.file_exists folder)

(* Output through two channels arrives in the order of flushing *)
let () =
  prerr_string "not seen here";
  print_string "a";
  flush stderr;
  print_string "b\n";
  Printf.printf "%b %b\n" (stdout = stdout) (compare stdout stderr = 0);
  (try ignore (Sys.getenv "NO_SUCH_VARIABLE_HERE") with Not_found -> print_endline "Not_found");
  Printf.printf "%d\n" (List.length (List.filter (fun c -> c == stdout) [ stdout; stderr ]));
  at_exit (fun () -> print_string "at exit\n")

(* Channels are flushed in the order in which they were opened. *)
let () =
  let name = Filename.temp_file "order" "" in
  let opened () = open_out_gen [ Open_wronly; Open_append ] 0 name in
  let a = opened () in
  let b = opened () in
  output_string b "second";
  output_string a "first ";
  flush_all ();
  close_out b;
  close_out a;
  let ic = open_in name in
  print_endline (input_line ic);
  close_in ic;
  Sys.remove name
