(* The checksum of the internet protocols: the complement of the ones' complement sum of 16-bit words (RFC 1071). *)

(* Adds a buffer's words; an odd byte is the high one of a word that the next buffer's first byte completes. *)
let add (sum, odd) buffer =
  let n = Cstruct.length buffer in
  let sum, start = if odd && n > 0 then (sum + Cstruct.get_uint8 buffer 0, 1) else (sum, 0) in
  let sum = ref sum in
  let i = ref start in
  while !i + 1 < n do
    sum := !sum + Cstruct.BE.get_uint16 buffer !i;
    i := !i + 2
  done;
  if !i < n then (!sum + (Cstruct.get_uint8 buffer !i lsl 8), true) else (!sum, odd && n = 0)

let rec fold sum = if sum > 0xffff then fold ((sum land 0xffff) + (sum lsr 16)) else sum

let ones_complement_list buffers =
  let sum, _ = List.fold_left add (0, false) buffers in
  lnot (fold sum) land 0xffff

let ones_complement buffer = ones_complement_list [ buffer ]
