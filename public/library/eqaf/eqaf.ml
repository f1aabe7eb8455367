(* Comparisons and conversions that take as long whatever the contents: no branch and no address depends on them, only lengths do. *)

external get : string -> int -> char = "%string_unsafe_get"

let byte s i = Char.code (get s i)

(* {1 Arithmetic without branches} on non-negative numbers below 2^61 *)

(* All ones for a negative number, zero for others. *)
let sign_mask n = n asr (Sys.int_size - 1)
let one_if_not_zero n = (n lor -n) lsr (Sys.int_size - 1)
let zero_if_not_zero n = one_if_not_zero n - 1
let int_of_bool (b : bool) = Bool.to_int b
let bool_of_int n = n <> 0

(* [b] when [choose_b] is not 0, otherwise [a]. *)
let select_int choose_b a b =
  let mask = -one_if_not_zero choose_b in
  (b land mask) lor (a land lnot mask)

let select_a_if_in_range ~low ~high ~n a b =
  let outside = sign_mask (n - low) lor sign_mask (high - n) in
  (a land lnot outside) lor (b land outside)

(* {1 Comparing} *)

let equal a b =
  let n = String.length a in
  n = String.length b
  &&
  let difference = ref 0 in
  for i = 0 to n - 1 do
    difference := !difference lor (byte a i lxor byte b i)
  done;
  !difference = 0

(* The bytes are looked at from the least to the most significant: a later difference outweighs an earlier one. *)
let compare_bytes ~index ~len a b =
  let result = ref 0 in
  for k = 0 to len - 1 do
    let i = index k in
    let d = byte a i - byte b i in
    let decided = -one_if_not_zero d in
    let sign = sign_mask d lor 1 in
    result := (sign land decided) lor (!result land lnot decided)
  done;
  !result

let compare_be_with_len ~len a b =
  if String.length a <> len || String.length b <> len then invalid_arg "compare_be_with_len";
  compare_bytes ~index:(fun k -> len - 1 - k) ~len a b

let compare_le_with_len ~len a b =
  if String.length a <> len || String.length b <> len then invalid_arg "compare_le_with_len";
  compare_bytes ~index:Fun.id ~len a b

let by_length compare a b =
  let n = String.length a and m = String.length b in
  if n < m then 1 else if n > m then -1 else compare ~len:n a b

let compare_be a b = by_length compare_be_with_len a b
let compare_le a b = by_length compare_le_with_len a b

(* {1 Division} *)

(* Long division of an unsigned 32-bit number, a bit at a time. *)
let divmod ~x ~m =
  let m = Int32.to_int m and x = Int32.to_int x land 0xffffffff in
  if m <= 0 then invalid_arg "m <= 0";
  if m >= 16348 then invalid_arg "m >= 16348 not supported";
  let quotient = ref 0 and rest = ref 0 in
  for bit = 31 downto 0 do
    rest := (!rest lsl 1) lor ((x lsr bit) land 1);
    let fits = lnot (sign_mask (!rest - m)) in
    rest := !rest - (m land fits);
    quotient := (!quotient lsl 1) lor (fits land 1)
  done;
  (Int32.of_int !quotient, Int32.of_int !rest)

(* {1 Searching} *)

let find_uint8 ?(off = 0) ~f s =
  let found = ref (-1) in
  for i = String.length s - 1 downto off do
    found := select_int (int_of_bool (f (byte s i))) !found i
  done;
  !found

let exists_uint8 ?off ~f s = find_uint8 ?off ~f s <> -1

(* {1 Text} *)

let ascii_of_int32 ~digits n =
  if digits < 0 then invalid_arg "digits < 0";
  let b = Bytes.make digits '0' in
  let rest = ref n in
  for i = digits - 1 downto 0 do
    let quotient, digit = divmod ~x:!rest ~m:10l in
    Bytes.set_uint8 b i (Char.code '0' + Int32.to_int digit);
    rest := quotient
  done;
  Bytes.unsafe_to_string b

let shift_case ~low ~high ~by s =
  String.map (fun c -> Char.unsafe_chr (select_a_if_in_range ~low:(Char.code low) ~high:(Char.code high) ~n:(Char.code c) (Char.code c + by) (Char.code c))) s

let lowercase_ascii s = shift_case ~low:'A' ~high:'Z' ~by:32 s
let uppercase_ascii s = shift_case ~low:'a' ~high:'z' ~by:(-32) s
let hex_digit v = Char.unsafe_chr (select_a_if_in_range ~low:0 ~high:9 ~n:v (v + Char.code '0') (v + Char.code 'a' - 10))

let hex_of_string s =
  String.init (2 * String.length s) (fun i ->
      let v = byte s (i / 2) in
      hex_digit ((v lsr (4 * (1 - (i land 1)))) land 15))

let hex_of_bytes b = hex_of_string (Bytes.to_string b)

(* The value of a digit; [bad] for other characters. *)
let bad = 0xf0

let digit_value c =
  let digit = select_a_if_in_range ~low:(Char.code '0') ~high:(Char.code '9') ~n:c (c - Char.code '0') bad in
  let lower = select_a_if_in_range ~low:(Char.code 'a') ~high:(Char.code 'f') ~n:c (c - Char.code 'a' + 10) digit in
  select_a_if_in_range ~low:(Char.code 'A') ~high:(Char.code 'F') ~n:c (c - Char.code 'A' + 10) lower

let odd_length = 0x10

let string_of_hex hex =
  let n = String.length hex in
  let errors = ref (if n land 1 = 1 then odd_length else 0) in
  let text =
    String.init (n / 2) (fun i ->
        let high = digit_value (byte hex (2 * i)) and low = digit_value (byte hex ((2 * i) + 1)) in
        errors := !errors lor ((high lor low) land bad);
        Char.unsafe_chr (((high lsl 4) lor low) land 0xff))
  in
  (text, !errors)

let bytes_of_hex hex =
  let text, errors = string_of_hex hex in
  (Bytes.unsafe_of_string text, errors)
