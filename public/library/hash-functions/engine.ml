(* What hash functions share: a block's worth of input at a time goes through a compression function. *)

module type COMPRESSION = sig
  (** In bytes. *)
  val block_size : int

  val digest_size : int

  (** Mutable. *)
  type state

  val initial : unit -> state
  val copy : state -> state

  (** [compress state data off total] takes in a block that begins at [off]; [total] bytes have come up to its end. It is not the last. *)
  val compress : state -> string -> int -> int -> unit

  (** [finish state rest used total]: the first [used] bytes of [rest], at most a block, are the last; the state may be spoilt. *)
  val finish : state -> Bytes.t -> int -> int -> string
end

module Make (C : COMPRESSION) = struct
  (* The last block is kept back, as some functions treat it differently: [used] is 0 only before the first byte. *)
  type ctx = { state : C.state; rest : Bytes.t; used : int; total : int }

  let init () = { state = C.initial (); rest = Bytes.create C.block_size; used = 0; total = 0 }
  let empty = init ()

  (* Contexts do not change: their parts are copied first. *)
  let feed ctx data off len =
    if off < 0 || len < 0 || off > String.length data - len then invalid_arg "offset out of bounds";
    if len = 0 then ctx
    else begin
      let state = C.copy ctx.state and rest = Bytes.copy ctx.rest in
      let used = ref ctx.used and total = ref ctx.total and at = ref off in
      let stop = off + len in
      while !at < stop do
        if !used = C.block_size then begin
          C.compress state (Bytes.unsafe_to_string rest) 0 !total;
          used := 0
        end;
        if !used = 0 && stop - !at > C.block_size then begin
          (* Whole blocks need not be copied. *)
          total := !total + C.block_size;
          C.compress state data !at !total;
          at := !at + C.block_size
        end
        else begin
          let n = min (C.block_size - !used) (stop - !at) in
          Bytes.blit_string data !at rest !used n;
          used := !used + n;
          total := !total + n;
          at := !at + n
        end
      done;
      { state; rest; used = !used; total = !total }
    end

  let get ctx = C.finish (C.copy ctx.state) (Bytes.copy ctx.rest) ctx.used ctx.total
end

(* The padding of Merkle-Damgard functions: a one bit, zeros, and the length in bits in [length_size] bytes at the end of a block. *)
let pad_with_length ~block_size ~length_size ~big_endian ~compress rest used total =
  let compress_rest () = compress (Bytes.unsafe_to_string rest) 0 total in
  let used =
    if used = block_size then begin
      compress_rest ();
      0
    end
    else used
  in
  Bytes.set rest used '\x80';
  Bytes.fill rest (used + 1) (block_size - used - 1) '\000';
  if used + 1 > block_size - length_size then begin
    compress_rest ();
    Bytes.fill rest 0 block_size '\000'
  end;
  let bits = Int64.shift_left (Int64.of_int total) 3 in
  if big_endian then Bytes.set_int64_be rest (block_size - 8) bits else Bytes.set_int64_le rest (block_size - 8) bits;
  compress_rest ()
