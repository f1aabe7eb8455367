let () =
  let b = Buffer.create 16 in
  for i = 1 to 300_000 do Buffer.add_string b (string_of_int i); Buffer.add_char b ' '; Buffer.add_string b (Printf.sprintf "%d:%s," i "x") done;
  let s = Buffer.contents b in
  let parts = String.split_on_char ' ' s in
  Printf.printf "%d %d %d\n" (String.length s) (List.length parts) (Hashtbl.hash s)
