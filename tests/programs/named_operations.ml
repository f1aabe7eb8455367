(* Operations under their names in OCaml's runtime. *)
external add : int64 -> int64 -> int64 = "caml_int64_add"
external shift : int32 -> int -> int32 = "caml_int32_shift_right_unsigned"
external divide : nativeint -> nativeint -> nativeint = "caml_nativeint_div"
external compare_ints : int -> int -> int = "caml_int_compare"
external compare_floats : float -> float -> int = "caml_float_compare"
external swap : int64 -> int64 = "caml_int64_bswap"
external get16 : string -> int -> int = "caml_string_get16"
external get64 : bytes -> int -> int64 = "caml_bytes_get64"
external set32 : bytes -> int -> int32 -> unit = "caml_bytes_set32"
external array_get : 'a array -> int -> 'a = "caml_array_get"
external array_set : 'a array -> int -> 'a -> unit = "caml_array_set"
external floor : float -> float = "caml_floor_float"
external format_float : string -> float -> string = "caml_format_float"
external hash : int -> int -> int -> 'a -> int = "caml_hash"
external string_compare : string -> string -> int = "caml_string_compare"
external make : int -> 'a -> 'a array = "caml_make_vect"

let attempt f = try f () with Invalid_argument m -> print_endline m | Division_by_zero -> print_endline "zero"

let () =
  Printf.printf "%Ld %ld %nd\n" (add 5L (-7L)) (shift (-1l) 28) (divide 7n (-2n));
  attempt (fun () -> ignore (divide 1n 0n));
  Printf.printf "%d %d %d %d\n" (compare_ints 3 5) (compare_ints 5 5) (compare_floats nan 1.) (compare_floats 2. 1.);
  Printf.printf "%Lx %x\n" (swap 0x0102030405060708L) (get16 "abc" 1);
  attempt (fun () -> ignore (get16 "abc" 2));
  let b = Bytes.make 9 'x' in
  set32 b 1 0x41424344l;
  Printf.printf "%S %Lx\n" (Bytes.to_string b) (get64 b 1);
  attempt (fun () -> set32 b 6 0l);
  let floats = make 3 1.5 and strings = make 2 "s" in
  array_set floats 1 2.5;
  array_set strings 0 "t";
  Printf.printf "%g %g %s %s\n" (array_get floats 0) (array_get floats 1) (array_get strings 0) (array_get strings 1);
  attempt (fun () -> ignore (array_get floats 3));
  attempt (fun () -> ignore (make (-1) 0));
  Printf.printf "%g %s %d %d\n" (floor (-1.5)) (format_float "%08.3f" 3.14159) (hash 10 100 0 "abc") (string_compare "a" "b");
  List.iter (fun f -> print_string (string_of_bool (f nan 1.)); print_char ' ') [ ( = ); ( < ); ( > ); ( <> ) ];
  print_newline ()

(* Conversions that the compiler knows as operations, by the names of C functions. *)
external md5 : string -> int -> int -> string = "caml_md5_string"
external long_of_int32 : int32 -> int64 = "caml_int64_of_int32"
external int32_of_long : int64 -> int32 = "caml_int64_to_int32"
external long_of_native : nativeint -> int64 = "caml_int64_of_nativeint"
external native_of_long : int64 -> nativeint = "caml_int64_to_nativeint"
external native_of_int32 : int32 -> nativeint = "caml_nativeint_of_int32"
external int32_of_native : nativeint -> int32 = "caml_nativeint_to_int32"
external to_bytes : string -> bytes = "caml_bytes_of_string"
external of_bytes : bytes -> string = "caml_string_of_bytes"
external is_big_endian : unit -> bool = "caml_sys_const_big_endian"
external word_size : unit -> int = "caml_sys_const_word_size"
external int_size : unit -> int = "caml_sys_const_int_size"
external max_wosize : unit -> int = "caml_sys_const_max_wosize"

let () =
  print_endline (Digest.to_hex (md5 "abcdef" 1 4));
  Printf.printf "%Ld %ld %Ld %nd %nd %ld\n" (long_of_int32 (-7l)) (int32_of_long 0x1_8000_0005L) (long_of_native 5n) (native_of_long (-6L)) (native_of_int32 (-3l)) (int32_of_native 0x1_0000_0009n);
  Printf.printf "%s %b %d %d %d\n" (of_bytes (to_bytes "bytes")) (is_big_endian ()) (word_size ()) (int_size ()) (max_wosize ())
