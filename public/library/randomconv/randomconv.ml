(* Random numbers of all kinds from a generator of random bytes. *)

let int8 g = Char.code (g 1).[0]
let int16 g = String.get_uint16_le (g 2) 0
let int32 g = String.get_int32_le (g 4) 0
let int64 g = String.get_int64_le (g 8) 0

(* Evenly below the bound: numbers with as many bits as the largest one, until one is below it. *)
let int ?(bound = max_int) g =
  if bound <= 0 then invalid_arg "Randomconv.int: the bound must be positive";
  let largest = bound - 1 in
  let rec bits n = if largest lsr n = 0 then n else bits (n + 1) in
  let bits = bits 0 in
  if bits = 0 then 0
  else
    let mask = if bits >= Sys.int_size - 1 then max_int else (1 lsl bits) - 1 in
    let draw () = if bits <= 8 then int8 g else if bits <= 16 then int16 g else if bits <= 32 then Int32.to_int (int32 g) else Int64.to_int (int64 g) in
    let rec go () =
      let n = draw () land mask in
      if n < bound then n else go ()
    in
    go ()

(* 53 random bits after the point. *)
let float ?(bound = 1.) g =
  let bits = Int64.to_float (Int64.shift_right_logical (int64 g) 11) in
  bits *. 0x1p-53 *. bound
