(* Integer arithmetic at its limits, shifts, division and remainder by sign, conversions. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let id = Sys.opaque_identity
let () =
  p "%d %d %d" max_int min_int (max_int + 1);
  p "%d %d" (id min_int / id (-1)) (id min_int mod id (-1));
  List.iter (fun (a, b) -> p "%d %d: %d %d" a b (a / b) (a mod b)) [ (7, 2); (-7, 2); (7, -2); (-7, -2); (0, 5) ];
  p "%d %d %d" (id 1 lsl 62) (id (-1) lsr 1) (id (-16) asr 2);
  p "%d %d %d %d" (id 0xff land 0x0f) (id 0xf0 lor 0x0f) (id 5 lxor 3) (lnot (id 5));
  p "%d" (id max_int * id 3);
  p "%d" (id 3037000500 * id 3037000500);
  (try p "%d" (1 / id 0) with Division_by_zero -> p "division by zero");
  (try p "%d" (1 mod id 0) with Division_by_zero -> p "modulo by zero");
  p "%b %b %b" (id 3 < 5) (id 3 = 3) (id 3 <> 3);
  p "%d %d %d" (compare 1 2) (compare 2 1) (compare 1 1);
  p "%c %d %c" (Char.chr 65) (Char.code 'z') (Char.uppercase_ascii 'q');
  p "%d %d" (abs (-5)) (succ 3 + pred 3);
  p "%x %X %o" 255 255 8;
  p "%d" (int_of_string "0x1F" + int_of_string "-0b101" + int_of_string "1_000");
  p "%s" (string_of_int (-42))
