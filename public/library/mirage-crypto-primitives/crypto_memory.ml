(* Bigarrays of bytes, in which mirage-crypto 0.10 has its data: parts of them as the bytes that the functions work on. The callers have checked
   the bounds. *)

type buffer = Foreign_bigstrings.bigstring

let read = Foreign_bigstrings.to_bytes
let write from at (target : buffer) position length = Foreign_bigstrings.of_string (Bytes.unsafe_to_string from) at target position length

(** A part as bytes of its own. *)
let sub buffer at length =
  let b = Bytes.create length in
  read buffer at b 0 length;
  b

(* Data goes through here piece by piece. *)
let piece_size = 4096
let piece = Bytes.create piece_size

(** [f piece n] for each piece of at most 4096 bytes of the [length] from [at] on. *)
let iter buffer at length f =
  let done_ = ref 0 in
  while !done_ < length do
    let n = min piece_size (length - !done_) in
    read buffer (at + !done_) piece 0 n;
    f (Bytes.unsafe_to_string piece) n;
    done_ := !done_ + n
  done

(** The same for what is to be changed: [f piece n] changes the piece, which then goes to the target. Source and target are apart or the same. *)
let map source at target position length f =
  let done_ = ref 0 in
  while !done_ < length do
    let n = min piece_size (length - !done_) in
    read source (at + !done_) piece 0 n;
    f piece n;
    write piece 0 target (position + !done_) n;
    done_ := !done_ + n
  done
