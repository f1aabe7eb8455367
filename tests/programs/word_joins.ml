(* Unboxed words that reach a join from one side only, the other one raising. *)
let get s i = if i < 0 then raise Not_found else String.get_int64_le s i
let set b s i =
  let a = get s i in
  Bytes.set_int64_le b 0 (Int64.logor a 1L);
  Bytes.set_int64_le b 8 (if a <> 0L then a else 1L)

let pick n = if n > 3 then failwith "large" else if n > 2 then 4L else 6L

let () =
  let b = Bytes.make 16 '\000' in
  set b "babcdefgh" (Sys.opaque_identity 0);
  print_endline (String.escaped (Bytes.to_string b));
  let a = String.get_int64_le "bbbbbbbbb" (Sys.opaque_identity 1) in
  Bytes.set_int64_le b 0 (Int64.logor a 1L);
  Bytes.set_int64_le b 8 (Int64.logand a 1L);
  print_endline (String.escaped (Bytes.to_string b));
  Printf.printf "%Ld %Ld\n" (Int64.logor (pick (Sys.opaque_identity 1)) 1L) (Int64.logand (pick 3) 1L)
