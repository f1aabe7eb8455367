(* Strings: byte sequences that do not change. What gives bytes in [Bytes] and has no other name for them is what it gives here. *)

external length : string -> int = "%string_length"
external get : string -> int -> char = "%string_safe_get"
external unsafe_get : string -> int -> char = "%string_unsafe_get"
external unsafe_blit : string -> int -> bytes -> int -> int -> unit = "caml_blit_string" [@@noalloc]
external unsafe_to_string : bytes -> string = "%bytes_to_string"
external unsafe_of_string : string -> bytes = "%bytes_of_string"

type t = string

let empty = ""
let make n c = unsafe_to_string (Bytes.make n c)
let init n f = unsafe_to_string (Bytes.init n f)
let of_bytes = Bytes.to_string
let to_bytes = Bytes.of_string
let sub s offset n = unsafe_to_string (Bytes.sub (unsafe_of_string s) offset n)
let blit = Bytes.blit_string
let cat = ( ^ )
let equal (a : t) (b : t) = a = b
let compare (a : t) (b : t) = Stdlib.compare a b

external hash_string : int -> string -> int = "caml_string_hash" [@@noalloc]

let seeded_hash = hash_string
let hash s = hash_string 0 s

(* {1 Joining} *)

let sum a b =
  let c = a + b in
  if c < 0 then invalid_arg "String.concat" else c

let rec joined_length separator total = function
  | [] -> total
  | [ s ] -> sum total (length s)
  | s :: rest -> joined_length separator (sum (sum total (length s)) separator) rest

let rec write_joined result offset separator width = function
  | [] -> ()
  | [ s ] -> unsafe_blit s 0 result offset (length s)
  | s :: rest ->
      let n = length s in
      unsafe_blit s 0 result offset n;
      unsafe_blit separator 0 result (offset + n) width;
      write_joined result (offset + n + width) separator width rest

let concat separator = function
  | [] -> ""
  | pieces ->
      let width = length separator in
      let result = Bytes.create (joined_length width 0 pieces) in
      write_joined result 0 separator width pieces;
      unsafe_to_string result

(* {1 Iterating} *)

let iter f s =
  for i = 0 to length s - 1 do
    f (unsafe_get s i)
  done

let iteri f s =
  for i = 0 to length s - 1 do
    f i (unsafe_get s i)
  done

let map f s = unsafe_to_string (Bytes.map f (unsafe_of_string s))
let mapi f s = unsafe_to_string (Bytes.mapi f (unsafe_of_string s))
let fold_left f acc s = Bytes.fold_left f acc (unsafe_of_string s)
let fold_right f s acc = Bytes.fold_right f (unsafe_of_string s) acc
let for_all p s = Bytes.for_all p (unsafe_of_string s)
let exists p s = Bytes.exists p (unsafe_of_string s)

(* {1 Characters} *)

let is_space = function ' ' | '\012' | '\n' | '\r' | '\t' -> true | _ -> false

let trim s =
  let n = length s in
  if n > 0 && (is_space (unsafe_get s 0) || is_space (unsafe_get s (n - 1))) then
    unsafe_to_string (Bytes.trim (unsafe_of_string s))
  else s

let escaped s = unsafe_to_string (Bytes.unsafe_escape (unsafe_of_string s))
let uppercase_ascii s = unsafe_to_string (Bytes.uppercase_ascii (unsafe_of_string s))
let lowercase_ascii s = unsafe_to_string (Bytes.lowercase_ascii (unsafe_of_string s))
let capitalize_ascii s = unsafe_to_string (Bytes.capitalize_ascii (unsafe_of_string s))
let uncapitalize_ascii s = unsafe_to_string (Bytes.uncapitalize_ascii (unsafe_of_string s))
let starts_with ~prefix s = Bytes.starts_with ~prefix:(unsafe_of_string prefix) (unsafe_of_string s)
let ends_with ~suffix s = Bytes.ends_with ~suffix:(unsafe_of_string suffix) (unsafe_of_string s)

(* {1 Searching} *)

let index s c = Bytes.index (unsafe_of_string s) c
let index_opt s c = Bytes.index_opt (unsafe_of_string s) c
let rindex s c = Bytes.rindex (unsafe_of_string s) c
let rindex_opt s c = Bytes.rindex_opt (unsafe_of_string s) c
let index_from s i c = Bytes.index_from (unsafe_of_string s) i c
let index_from_opt s i c = Bytes.index_from_opt (unsafe_of_string s) i c
let rindex_from s i c = Bytes.rindex_from (unsafe_of_string s) i c
let rindex_from_opt s i c = Bytes.rindex_from_opt (unsafe_of_string s) i c
let contains s c = Bytes.contains (unsafe_of_string s) c
let contains_from s i c = Bytes.contains_from (unsafe_of_string s) i c
let rcontains_from s i c = Bytes.rcontains_from (unsafe_of_string s) i c

let split_on_char c s =
  let pieces = ref [] in
  let stop = ref (length s) in
  for i = length s - 1 downto 0 do
    if unsafe_get s i = c then begin
      pieces := sub s (i + 1) (!stop - i - 1) :: !pieces;
      stop := i
    end
  done;
  sub s 0 !stop :: !pieces

(* {1 Sequences} *)

let to_seq s = Bytes.to_seq (unsafe_of_string s)
let to_seqi s = Bytes.to_seqi (unsafe_of_string s)
let of_seq chars = unsafe_to_string (Bytes.of_seq chars)

(* {1 Unicode} *)

let get_utf_8_uchar s i = Bytes.get_utf_8_uchar (unsafe_of_string s) i
let is_valid_utf_8 s = Bytes.is_valid_utf_8 (unsafe_of_string s)
let get_utf_16be_uchar s i = Bytes.get_utf_16be_uchar (unsafe_of_string s) i
let is_valid_utf_16be s = Bytes.is_valid_utf_16be (unsafe_of_string s)
let get_utf_16le_uchar s i = Bytes.get_utf_16le_uchar (unsafe_of_string s) i
let is_valid_utf_16le s = Bytes.is_valid_utf_16le (unsafe_of_string s)

(* {1 Integers in strings} *)

let get_uint8 s i = Bytes.get_uint8 (unsafe_of_string s) i
let get_int8 s i = Bytes.get_int8 (unsafe_of_string s) i
let get_uint16_ne s i = Bytes.get_uint16_ne (unsafe_of_string s) i
let get_uint16_be s i = Bytes.get_uint16_be (unsafe_of_string s) i
let get_uint16_le s i = Bytes.get_uint16_le (unsafe_of_string s) i
let get_int16_ne s i = Bytes.get_int16_ne (unsafe_of_string s) i
let get_int16_be s i = Bytes.get_int16_be (unsafe_of_string s) i
let get_int16_le s i = Bytes.get_int16_le (unsafe_of_string s) i
let get_int32_ne s i = Bytes.get_int32_ne (unsafe_of_string s) i
let get_int32_be s i = Bytes.get_int32_be (unsafe_of_string s) i
let get_int32_le s i = Bytes.get_int32_le (unsafe_of_string s) i
let get_int64_ne s i = Bytes.get_int64_ne (unsafe_of_string s) i
let get_int64_be s i = Bytes.get_int64_be (unsafe_of_string s) i
let get_int64_le s i = Bytes.get_int64_le (unsafe_of_string s) i
