(* Strings and bytes. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let () =
  let s = "hello, world" in
  p "%d %c %s %s" (String.length s) s.[4] (String.sub s 7 5) (String.uppercase_ascii s);
  p "%s" (String.concat "-" [ "a"; "b"; "c" ]);
  p "%s" (String.concat "|" (String.split_on_char ',' "x,y,,z"));
  p "%d %d" (String.index s 'o') (String.rindex s 'o');
  (try ignore (String.index s 'q') with Not_found -> p "no q");
  let b = Bytes.of_string s in
  Bytes.set b 0 'J';
  Bytes.blit_string "WORLD" 0 b 7 5;
  p "%s" (Bytes.to_string b);
  let buf = Buffer.create 1 in
  for i = 0 to 9 do Buffer.add_string buf (string_of_int i); Buffer.add_char buf ' ' done;
  p "%s%d" (Buffer.contents buf) (Buffer.length buf);
  p "%b %b %d" ("abc" < "abd") ("abc" = "ab" ^ "c") (compare "b" "a");
  p "%s" (String.map (fun c -> if c = 'l' then 'L' else c) s);
  p "%s" (String.init 5 (fun i -> Char.chr (97 + i)));
  p "%S %C" "tab\there\n\"q\" \xff" '\'';
  p "%s" (String.escaped "a\\b\n");
  p "%s|%5s|%-5s|%05d|%+d|% d" "x" "ab" "ab" 42 42 42;
  p "%s" (String.trim "  x y \n");
  p "%b %b" (String.contains s 'w') (String.equal s s);
  String.iteri (fun i c -> if i < 3 then Printf.printf "%d%c" i c) s;
  print_newline ();
  p "%d" (Hashtbl.hash "abc" land 0 + String.length (String.make 10 'z'));
  p "%d %d %d" (Bytes.get_uint8 b 1) (Bytes.get_uint16_le b 0) (Bytes.get_uint16_be b 0);
  p "%ld %Ld" (Bytes.get_int32_le b 0) (Bytes.get_int64_be b 0);
  p "%s" ({|raw "string" \n|} ^ {x|with |} inside|x});
  p "%s" (String.concat "" (List.map (String.make 1) (List.of_seq (String.to_seq "seq"))))
