(* Monotonic time: spans and stamps in nanoseconds, as 64-bit numbers without sign. *)

module Span = struct
  type t = int64

  let zero = 0L
  let one = 1L
  let min_span = zero
  let max_span = -1L
  let equal = Int64.equal
  let compare = Int64.unsigned_compare
  let is_shorter a ~than = compare a than < 0
  let is_longer a ~than = compare a than > 0
  let abs_diff a b = if compare a b < 0 then Int64.sub b a else Int64.sub a b
  let add = Int64.add
  let ns = 1L
  let us = 1_000L
  let ms = 1_000_000L
  let s = 1_000_000_000L
  let min = 60_000_000_000L
  let hour = 3_600_000_000_000L
  let day = 86_400_000_000_000L

  (* The Julian year, 365.25 days. *)
  let year = 31_557_600_000_000_000L
  let ( * ) n span = Int64.mul (Int64.of_int n) span
  let of_uint64_ns n = n
  let unsafe_of_uint64_ns_option n = n
  let to_uint64_ns t = t

  (* 2^53: up to here a float holds every whole number. *)
  let max_exact = 9007199254740992.

  let of_float_ns f = if f >= 0. && f <= max_exact then Some (Int64.of_float f) else None

  let to_float_ns t =
    if Int64.compare t 0L >= 0 then Int64.to_float t
    else
      (* Half of it, the lost bit kept so that the rounding is right. *)
      2. *. Int64.to_float (Int64.logor (Int64.shift_right_logical t 1) (Int64.logand t 1L))

  let pp = Fmt.uint64_ns_span
  let dump ppf t = Format.fprintf ppf "%Lu" t
end

type span = Span.t
type t = int64

let to_uint64_ns t = t
let of_uint64_ns t = t
let min_stamp = 0L
let max_stamp = -1L
let equal = Int64.equal
let compare = Int64.unsigned_compare
let is_earlier t ~than = compare t than < 0
let is_later t ~than = compare t than > 0
let span = Span.abs_diff

let add_span t span =
  let sum = Int64.add t span in
  if compare sum t < 0 then None else Some sum

let sub_span t span = if compare t span < 0 then None else Some (Int64.sub t span)
let pp ppf t = Format.fprintf ppf "%Lu" t
let dump = pp
