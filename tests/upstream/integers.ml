(* packages: integers *)
open Unsigned
let t s = List.iter (fun x -> (try Printf.printf "%s " (UInt32.to_string (UInt32.of_string x)) with e -> Printf.printf "%s " (Printexc.to_string e)); (try Printf.printf "%s " (UInt64.to_string (UInt64.of_string x)) with e -> Printf.printf "%s " (Printexc.to_string e)); (try Printf.printf "%s " (UInt8.to_string (UInt8.of_string x)) with e -> Printf.printf "%s " (Printexc.to_string e));  (try Printf.printf "%s\n" (UInt16.to_string (UInt16.of_string x)) with e -> Printf.printf "%s\n" (Printexc.to_string e))) s
let () = t ["0";"1";"255";"256";"65535";"65536";"70000";"4294967295";"4294967296";"18446744073709551615";"18446744073709551616";"-1";"-256";"+5";"0x1f";"0xFFFFFFFF";"0x1FFFFFFFF";"0b101";"0o17";"0u12";"abc";"";"12abc";" 5";"5 ";"1_000";"99999999999999999999999"; "-0x5"; "0x"; "_1"; "0u4294967296"]
module T (U : Unsigned.S) = struct
 let vals = List.map U.of_int [0;3;255;-1;min_int;12345678901] @ [U.max_int; U.div U.max_int (U.of_int 3)]
 let () = List.iter (fun a -> List.iter (fun b -> 
  Printf.printf "%s %s %s %s %s %s %s %s %s %d %b\n" (U.to_string a) (U.to_string b) (U.to_string (U.add a b)) (U.to_string (U.sub a b)) (U.to_string (U.mul a b)) (try U.to_string (U.div a b) with Division_by_zero -> "dz") (try U.to_string (U.rem a b) with Division_by_zero -> "dz") (U.to_string (U.logxor a b)) (U.to_hexstring (U.logor a b)) (U.compare a b) (U.equal a b)) vals;
  Printf.printf "%d %Ld %s %s %s %s %d\n" (U.to_int a) (U.to_int64 a) (U.to_string (U.shift_left a 3)) (U.to_string (U.shift_right a 3)) (U.to_string (U.lognot a)) (U.to_string (U.of_int64 (U.to_int64 a))) (if U.equal a (U.of_string (U.to_string a)) then 1 else 0)) vals
 let () = List.iter (fun x -> Printf.printf "%s " (U.to_string x)) (List.sort compare vals); print_newline ()
end
module A = T(UInt8) module B = T(UInt16) module C = T(UInt32) module D = T(UInt64) 
let () = List.iter (fun x -> Printf.printf "%s %ld " (UInt32.to_string (UInt32.of_int32 x)) (UInt32.to_int32 (UInt32.of_int32 x))) [0l;1l;Int32.max_int;Int32.min_int;-1l]; 
 List.iter (fun x -> Printf.printf "%s %s\n" (UInt64.to_string (UInt64.of_int64 x)) (UInt32.to_string (UInt64.to_uint32 (UInt64.of_int64 x)))) [0L;1L;Int64.max_int;Int64.min_int;-1L;0x1_0000_0005L];
 print_endline (UInt64.to_string (UInt64.of_uint32 UInt32.max_int)); Format.printf "%a %a@." UInt64.pp UInt64.max_int UInt32.pp_hex UInt32.max_int;
 let m : UInt64.t list = Marshal.from_string (Marshal.to_string [UInt64.max_int; UInt64.of_int 3] []) 0 in List.iter (fun x -> print_endline (UInt64.to_string x)) m;
 Printf.printf "%b %d %d %d\n" (Hashtbl.hash UInt64.one = Hashtbl.hash (UInt64.of_string "1")) Signed.Long.(to_int (of_int 5)) Signed.SInt.(to_int (shift_left one 31)) (Signed.Int32.to_int (Signed.Int32.of_int 0xFFFFFFFF));
 Printf.printf "%s %s\n" (Signed.LLong.to_string (Signed.LLong.of_string "-9223372036854775808")) (Signed.Long.to_hexstring (Signed.Long.of_int (-1)))
