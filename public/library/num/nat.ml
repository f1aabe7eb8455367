(* Numbers that are not negative. *)

type nat = Z.t

let not_negative name n = if Z.sign n < 0 then failwith name else n
let nat_of_int n = not_negative "nat_of_int" (Z.of_int n)
let int_of_nat n = try Z.to_int n with Z.Overflow -> failwith "int_of_nat"
let is_nat_int n _ _ = Z.fits_int n

let nat_of_string s =
  let is_digit c = c >= '0' && c <= '9' in
  if s = "" || not (String.for_all is_digit s) then invalid_arg "invalid digit" else Z.of_string s

let string_of_nat = Z.to_string
let float_of_nat = Z.to_float
