(* What the compiler knows as operations of its own and OCaml's run-time system has as C functions, too: declarations may give either name. *)

external int64_of_int32 : int32 -> int64 = "%int64_of_int32"
external int64_to_int32 : int64 -> int32 = "%int64_to_int32"
external int64_of_nativeint : nativeint -> int64 = "%int64_of_nativeint"
external int64_to_nativeint : int64 -> nativeint = "%int64_to_nativeint"
external nativeint_of_int32 : int32 -> nativeint = "%nativeint_of_int32"
external nativeint_to_int32 : nativeint -> int32 = "%nativeint_to_int32"
external bytes_of_string : string -> bytes = "%bytes_of_string"
external bytes_to_string : bytes -> string = "%bytes_to_string"
external big_endian : unit -> bool = "%big_endian"
external word_size : unit -> int = "%word_size"
external int_size : unit -> int = "%int_size"
external max_wosize : unit -> int = "%max_wosize"

let caml_int64_of_int32 n = int64_of_int32 n [@@primitive "caml_int64_of_int32"]
let caml_int64_to_int32 n = int64_to_int32 n [@@primitive "caml_int64_to_int32"]
let caml_int64_of_nativeint n = int64_of_nativeint n [@@primitive "caml_int64_of_nativeint"]
let caml_int64_to_nativeint n = int64_to_nativeint n [@@primitive "caml_int64_to_nativeint"]
let caml_nativeint_of_int32 n = nativeint_of_int32 n [@@primitive "caml_nativeint_of_int32"]
let caml_nativeint_to_int32 n = nativeint_to_int32 n [@@primitive "caml_nativeint_to_int32"]
let caml_bytes_of_string s = bytes_of_string s [@@primitive "caml_bytes_of_string"]
let caml_string_of_bytes b = bytes_to_string b [@@primitive "caml_string_of_bytes"]
let caml_sys_const_big_endian (u : unit) = big_endian u [@@primitive "caml_sys_const_big_endian"]
let caml_sys_const_word_size (u : unit) = word_size u [@@primitive "caml_sys_const_word_size"]
let caml_sys_const_int_size (u : unit) = int_size u [@@primitive "caml_sys_const_int_size"]
let caml_sys_const_max_wosize (u : unit) = max_wosize u [@@primitive "caml_sys_const_max_wosize"]
