(* Strings, bytes, characters, buffers: results, errors. *)
let t name f = match f () with s -> Printf.printf "%s: %s\n" name s | exception e -> Printf.printf "%s: raises %s\n" name (Printexc.to_string e)
let i f () = string_of_int (f ())
let b f () = string_of_bool (f ())
let q f () = Printf.sprintf "%S" (f ())
let io f () = match f () with None -> "None" | Some n -> string_of_int n
let () =
  t "Char.chr -1" (fun () -> String.make 1 (Char.chr (-1)));
  t "Char.chr 256" (fun () -> String.make 1 (Char.chr 256));
  for c = 0 to 255 do Printf.printf "%s %C %c %c|" (Char.escaped (Char.chr c)) (Char.chr c) (Char.uppercase_ascii (Char.chr c)) (Char.lowercase_ascii (Char.chr c)) done;
  print_newline ();
  t "make -1" (q (fun () -> String.make (-1) 'a'));
  t "init -1" (q (fun () -> String.init (-1) (fun _ -> 'a')));
  t "sub" (q (fun () -> String.sub "hello" 2 4));
  t "sub2" (q (fun () -> String.sub "hello" (-1) 1));
  t "sub3" (q (fun () -> String.sub "hello" 5 0));
  t "sub4" (q (fun () -> String.sub "hello" 6 0));
  t "sub max" (q (fun () -> String.sub "hello" 1 max_int));
  t "get" (fun () -> String.make 1 "abc".[3]);
  t "get-1" (fun () -> String.make 1 "abc".[-1]);
  t "index" (i (fun () -> String.index "hello" 'z'));
  t "index2" (i (fun () -> String.index "hello" 'l'));
  t "rindex" (i (fun () -> String.rindex "hello" 'l'));
  t "index_from" (i (fun () -> String.index_from "hello" 6 'l'));
  t "index_from5" (i (fun () -> String.index_from "hello" 5 'l'));
  t "index_from_opt" (io (fun () -> String.index_from_opt "hello" 6 'l'));
  t "index_from_opt5" (io (fun () -> String.index_from_opt "hello" 5 'l'));
  t "rindex_from" (i (fun () -> String.rindex_from "hello" 5 'l'));
  t "rindex_from -1" (i (fun () -> String.rindex_from "hello" (-1) 'l'));
  t "rindex_from -2" (i (fun () -> String.rindex_from "hello" (-2) 'l'));
  t "rindex_from_opt" (io (fun () -> String.rindex_from_opt "hello" 5 'l'));
  t "contains_from" (b (fun () -> String.contains_from "hello" 5 'l'));
  t "contains_from6" (b (fun () -> String.contains_from "hello" 6 'l'));
  t "rcontains_from" (b (fun () -> String.rcontains_from "hello" 5 'l'));
  t "rcontains_from4" (b (fun () -> String.rcontains_from "hello" 4 'l'));
  t "concat" (q (fun () -> String.concat ", " ["a"; "bc"; ""; "d"]));
  t "concat1" (q (fun () -> String.concat ", " ["a"]));
  t "concat0" (q (fun () -> String.concat ", " []));
  t "trim" (q (fun () -> String.trim " \t\n\r\012 a b \n"));
  t "trim0" (q (fun () -> String.trim "   "));
  t "escaped" (q (fun () -> String.escaped "a\"\\\n\t\r\b\000\127\200z"));
  t "split" (fun () -> String.concat "|" (String.split_on_char ',' ",a,,b,"));
  t "split0" (fun () -> String.concat "|" (String.split_on_char ',' ""));
  t "cap" (fun () -> String.capitalize_ascii "hello" ^ String.uncapitalize_ascii "HELLO" ^ String.capitalize_ascii "");
  t "upper" (fun () -> String.uppercase_ascii "hello\200z" ^ String.lowercase_ascii "HELLO[");
  t "starts" (b (fun () -> String.starts_with ~prefix:"he" "hello" && not (String.starts_with ~prefix:"hello!" "hello") && String.ends_with ~suffix:"lo" "hello" && String.ends_with ~suffix:"" ""));
  t "blit" (fun () -> String.blit "abc" 1 (Bytes.create 2) 1 2; "");
  t "bblit" (fun () -> Bytes.blit (Bytes.create 2) 1 (Bytes.create 2) 1 2; "");
  t "fill" (fun () -> Bytes.fill (Bytes.create 2) 1 2 'a'; "");
  t "extend" (fun () -> Bytes.to_string (Bytes.extend (Bytes.of_string "abc") (-4) 0));
  t "extend2" (fun () -> Bytes.to_string (Bytes.extend (Bytes.of_string "abc") (-1) (-1)));
  t "extend3" (fun () -> Bytes.to_string (Bytes.extend (Bytes.of_string "abc") max_int max_int));
  t "extend4" (fun () -> string_of_int (Bytes.length (Bytes.extend (Bytes.of_string "abc") 2 3)));
  t "create" (fun () -> Bytes.to_string (Bytes.create (-1)));
  t "create big" (fun () -> Bytes.to_string (Bytes.create max_int));
  t "bmake" (fun () -> Bytes.to_string (Bytes.make (-2) 'a'));
  t "set" (fun () -> Bytes.set (Bytes.create 1) 1 'a'; "");
  t "set8" (fun () -> Bytes.set_uint8 (Bytes.create 1) 1 1; "");
  t "set16" (fun () -> Bytes.set_uint16_be (Bytes.create 1) 0 1; "");
  t "set32" (fun () -> Bytes.set_int32_be (Bytes.create 5) 2 1l; "");
  t "set64" (fun () -> Bytes.set_int64_le (Bytes.create 5) 0 1L; "");
  t "get64" (fun () -> Int64.to_string (String.get_int64_le "12345678" 0));
  t "get64e" (fun () -> Int64.to_string (String.get_int64_le "12345678" 1));
  t "ints" (fun () ->
    let b = Bytes.make 32 '\000' in
    Bytes.set_int8 b 0 (-1); Bytes.set_uint8 b 1 300; Bytes.set_int16_be b 2 (-2); Bytes.set_uint16_le b 4 70000; Bytes.set_int32_be b 6 (-3l);
    Bytes.set_int32_le b 10 0x12345678l; Bytes.set_int64_be b 14 (-4L); Bytes.set_int64_le b 22 0x1122334455667788L; Bytes.set_int16_ne b 30 0x1234;
    Printf.sprintf "%S %d %d %d %d %ld %ld %Ld %Ld %d %d" (Bytes.to_string b) (Bytes.get_int8 b 0) (Bytes.get_uint8 b 1) (Bytes.get_int16_be b 2) (Bytes.get_uint16_le b 4) (Bytes.get_int32_be b 6) (Bytes.get_int32_le b 10) (Bytes.get_int64_be b 14) (Bytes.get_int64_le b 22) (Bytes.get_uint16_be b 2) (Bytes.get_int16_le b 4));
  t "buffer sub" (fun () -> Buffer.sub (Buffer.create 1) 0 1);
  t "buffer nth" (fun () -> let b = Buffer.create 1 in String.make 1 (Buffer.nth b 0));
  t "buffer truncate" (fun () -> Buffer.truncate (Buffer.create 1) 1; "");
  t "buffer blit" (fun () -> Buffer.blit (Buffer.create 1) 0 (Bytes.create 1) 0 1; "");
  t "buffer add_substring" (fun () -> Buffer.add_substring (Buffer.create 1) "abc" 2 2; "");
  t "buffer add_subbytes" (fun () -> Buffer.add_subbytes (Buffer.create 1) (Bytes.create 1) 2 2; "");
  t "substitute" (fun () -> let b = Buffer.create 1 in Buffer.add_substitute b (fun s -> "<" ^ s ^ ">") "$a ${b c} $(d) \\$e $f1_g$h \\\\ \\x $"; Buffer.contents b);
  t "substitute2" (fun () -> let b = Buffer.create 1 in Buffer.add_substitute b (fun s -> "<" ^ s ^ ">") "$a ${b{x} c} $(d(e)f) \\\\$e $f1_g$h \\"; Buffer.contents b);
  t "substitute3" (fun () -> let b = Buffer.create 1 in Buffer.add_substitute b (fun s -> "<" ^ s ^ ">") "a${b"; Buffer.contents b);
  t "substitute4" (fun () -> let b = Buffer.create 1 in Buffer.add_substitute b (fun s -> "<" ^ s ^ ">") "$é $- x"; Buffer.contents b);
  t "utf" (fun () -> let b = Buffer.create 1 in List.iter (fun u -> Buffer.add_utf_8_uchar b (Uchar.of_int u)) [0; 0x7f; 0x80; 0x7ff; 0x800; 0xffff; 0x10000; 0x10ffff]; String.escaped (Buffer.contents b));
  t "utf16" (fun () -> let b = Buffer.create 1 in List.iter (fun u -> Buffer.add_utf_16be_uchar b (Uchar.of_int u); Buffer.add_utf_16le_uchar b (Uchar.of_int u)) [0; 0x7f; 0x80; 0x7ff; 0x800; 0xffff; 0x10000; 0x10ffff]; String.escaped (Buffer.contents b));
  t "uchar" (fun () -> string_of_int (Uchar.to_int (Uchar.of_int 0xd800)));
  t "uchar-" (fun () -> string_of_int (Uchar.to_int (Uchar.of_int (-1))));
  t "uchar succ" (fun () -> string_of_int (Uchar.to_int (Uchar.succ Uchar.max)));
  t "uchar pred" (fun () -> string_of_int (Uchar.to_int (Uchar.pred Uchar.min)));
  t "uchar to_char" (fun () -> String.make 1 (Uchar.to_char (Uchar.of_int 0x3b1)));
  t "buf ints" (fun () -> let b = Buffer.create 1 in Buffer.add_int8 b 1; Buffer.add_int16_be b 2; Buffer.add_int32_le b 3l; Buffer.add_int64_be b 4L; Buffer.add_uint16_ne b 0x1234; String.escaped (Buffer.contents b));
  t "buf seq" (fun () -> let b = Buffer.of_seq (String.to_seq "hello") in String.of_seq (Seq.map Char.uppercase_ascii (Buffer.to_seq b)) ^ string_of_int (Buffer.length b));
  t "fold" (fun () -> String.fold_left (fun a c -> a ^ "." ^ String.make 1 c) "" "abc" ^ String.fold_right (fun c a -> a ^ "." ^ String.make 1 c) "abc" "");
  t "exists" (b (fun () -> String.exists (fun c -> c = 'b') "abc" && String.for_all (fun c -> c < 'd') "abc"));
  t "map" (fun () -> String.mapi (fun i c -> Char.chr (Char.code c + i)) "aaaa");
  t "iteri" (fun () -> String.iteri (fun i c -> Printf.printf "%d%c " i c) "abc"; "");
  t "compare" (i (fun () -> compare (String.compare "abc" "abd") 0 + compare (String.compare "ab" "abc") 0 + compare (String.compare "b" "abc") 0));
  t "cat" (fun () -> Bytes.to_string (Bytes.cat (Bytes.of_string "ab") (Bytes.of_string "cd")) ^ Bytes.to_string (Bytes.concat (Bytes.of_string "-") [Bytes.of_string "x"; Bytes.of_string "y"]));
  t "hash" (i (fun () -> Hashtbl.hash "hello" + Hashtbl.hash 'c' + Hashtbl.hash 3.14 + Hashtbl.hash 3L))
