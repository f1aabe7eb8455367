(* Words from branches of which others raise: nothing may be concluded from those that do not come back. *)
let[@inline never] odd s i = Int64.logor (String.get_int64_le s i) 1L
let[@inline never] odd32 s i = Int32.logor (Bytes.get_int32_le s i) 1l
let[@inline never] quotient a b = Nativeint.logor (Nativeint.div a b) 1n
let[@inline never] chosen b x y = Int64.logor (if b then x else if Int64.equal x y then failwith "equal" else Int64.add x y) 1L

let[@inline never] store state first =
  let a = String.get_int64_le first 0 in
  Bytes.set_int64_le state 0 (Int64.logor a 1L)

let () =
  let even = "\002\004\006\008\010\012\014\016\018" in
  Printf.printf "%Ld %Ld\n" (odd even 0) (odd even 1);
  Printf.printf "%ld\n" (odd32 (Bytes.of_string even) 4);
  Printf.printf "%nd\n" (quotient 40n 10n);
  Printf.printf "%Ld %Ld\n" (chosen true 4L 6L) (chosen false 4L 8L);
  let state = Bytes.create 8 in
  store state even;
  Printf.printf "%Ld\n" (Bytes.get_int64_le state 0);
  (try Printf.printf "%Ld\n" (odd even 2) with Invalid_argument m -> print_endline m);
  (try Printf.printf "%nd\n" (quotient 1n 0n) with Division_by_zero -> print_endline "zero");
  try Printf.printf "%Ld\n" (chosen false 4L 4L) with Failure m -> print_endline m
