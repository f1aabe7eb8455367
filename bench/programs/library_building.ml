(* Buffers: characters, strings, numbers. *)
let () =
  let total = ref 0 in
  for _ = 1 to 20 do
    let b = Buffer.create 16 in
    for i = 0 to 199_999 do
      Buffer.add_char b (Char.unsafe_chr (97 + (i land 15)));
      Buffer.add_string b "some text"
    done;
    for i = 0 to 99_999 do
      Buffer.add_int32_le b (Int32.of_int i);
      Buffer.add_utf_8_uchar b (Uchar.of_int (0x20ac + (i land 7)))
    done;
    total := !total + Buffer.length b + Char.code (Buffer.contents b).[1000]
  done;
  Printf.printf "%d\n" !total
