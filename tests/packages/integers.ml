(* Integers of at least 32 and of 63 bits, unboxed and boxed. *)
open Optint
let check (type a) name (module I : Optint.S with type t = a) =
  let i = I.of_int in
  Printf.printf "%s %s %s %s %s\n" name (I.to_string (I.add (i 40) (i 2))) (I.to_string (I.Infix.(i 7 * i 6 - i 2 / i 2))) (I.to_string (I.logxor (i 6) (i 3))) (I.to_string I.max_int);
  Printf.printf "%b %d %ld %Ld %s\n" (I.equal (I.Infix.( >> ) (i (-1)) 62) I.one) (I.to_int (I.shift_right (i (-8)) 1)) (I.to_int32 (i 5)) (I.to_int64 (I.of_int64 9L)) (match I.of_string_opt "x" with None -> "none" | Some _ -> "some");
  let b = Bytes.create I.encoded_size in
  I.encode b ~off:0 (i (-3));
  Printf.printf "%d %b %s\n" I.encoded_size (I.equal (I.decode (Bytes.to_string b) ~off:0) (i (-3))) (I.to_string (I.of_unsigned_int32 (-1l)));
  Format.printf "%a %d@." I.pp (I.of_float 2.7) (I.compare (i 1) (i 2))
let native : type a. (a, int, int32) Conditional.t -> a -> int = function True -> fun n -> n | False -> Int32.to_int
let () =
  check "int" (module struct include Optint end);
  check "int63" (module Int63);
  check "boxed" (module Int63.Boxed);
  Printf.printf "%d %b\n" (native is_immediate (of_int 12)) (match Int63.is_immediate with True -> true | False -> false)
