(* Strings and bytes: splitting, joining, searching, mapping, comparing. *)
let () =
  let total = ref 0 in
  let text = String.concat "," (List.init 20_000 string_of_int) in
  for _ = 1 to 20 do
    let pieces = String.split_on_char ',' text in
    total := !total + List.length pieces + String.length (String.concat "; " pieces);
    total := !total + String.length (String.uppercase_ascii text) + String.length (String.map (fun c -> if c = ',' then ' ' else c) text);
    total := !total + String.length (String.escaped text);
    let i = ref 0 in
    (try
       while true do
         i := 1 + String.index_from text !i ',';
         incr total
       done
     with Not_found -> ());
    List.iter (fun p -> if String.starts_with ~prefix:"19" p || p = "7" || String.compare p "5" < 0 then incr total) pieces;
    let b = Bytes.of_string text in
    for k = 0 to (Bytes.length b / 8) - 1 do
      Bytes.set_int64_le b (8 * k) (Int64.add (Bytes.get_int64_le b (8 * k)) 1L)
    done;
    total := !total + Char.code (Bytes.get b 12345) + Hashtbl.hash (Bytes.sub_string b 0 100)
  done;
  Printf.printf "%d\n" !total
