(* The functions that containers has in C, as its own C computed them. *)
external combine_int : int64 -> int -> int64 = "caml_cc_hash_combine_int_byte" "caml_cc_hash_combine_int"
external combine_i64 : int64 -> int64 -> int64 = "caml_cc_hash_combine_i64_byte" "caml_cc_hash_combine_i64"
external combine_i32 : int64 -> int32 -> int64 = "caml_cc_hash_combine_i32_byte" "caml_cc_hash_combine_i32"
external combine_char : int64 -> int -> int64 = "caml_cc_hash_combine_char_byte" "caml_cc_hash_combine_char"
external combine_string : int64 -> string -> int64 = "caml_cc_hash_combine_string_byte" "caml_cc_hash_combine_string"
external fmix64 : int64 -> int64 = "caml_cc_hash_fmix64_byte" "caml_cc_hash_fmix64"
external finalize : int64 -> int = "caml_cc_hash_finalize_byte" "caml_cc_hash_finalize"

let seed = 0x9e3779b97f4a7c15L

let () =
  List.iter (fun s -> Printf.printf "%Ld %d\n" (combine_string seed s) (finalize (combine_string seed s))) [ ""; "a"; "12345678"; "hello world, this"; "\255\254" ];
  let show n =
    Printf.printf "%Ld %Ld %Ld %Ld %Ld %d\n" (combine_int seed n) (combine_i64 seed (Int64.of_int n)) (combine_i32 seed (Int32.of_int n)) (combine_char seed n)
      (fmix64 (Int64.of_int n)) (finalize (Int64.of_int n))
  in
  List.iter show [ 0; 1; -1; max_int; min_int; 255; 256; 123456789 ]
