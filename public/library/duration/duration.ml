(* Durations as unsigned 64-bit counts of nanoseconds. *)

type t = int64

let us_ns = 1_000L
let ms_ns = 1_000_000L
let sec_ns = 1_000_000_000L
let min_ns = Int64.mul 60L sec_ns
let hour_ns = Int64.mul 60L min_ns
let day_ns = Int64.mul 24L hour_ns

(* A Julian year: 365.25 days. *)
let year_ns = Int64.mul 8766L hour_ns

let scaled unit_ns n =
  if Int64.compare n 0L < 0 then invalid_arg "negative";
  if Int64.unsigned_compare n (Int64.unsigned_div (-1L) unit_ns) > 0 then invalid_arg "out of range";
  Int64.mul n unit_ns

let of_us_64 n = scaled us_ns n
let of_us n = scaled us_ns (Int64.of_int n)
let of_ms_64 n = scaled ms_ns n
let of_ms n = scaled ms_ns (Int64.of_int n)
let of_sec_64 n = scaled sec_ns n
let of_sec n = scaled sec_ns (Int64.of_int n)
let of_min n = scaled min_ns (Int64.of_int n)
let of_hour n = scaled hour_ns (Int64.of_int n)
let of_day n = scaled day_ns (Int64.of_int n)
let of_year n = scaled year_ns (Int64.of_int n)

(* 2^63 as a float: beyond it the conversion goes in two steps. *)
let half = 9223372036854775808.

let of_f seconds =
  if not (seconds >= 0.) then invalid_arg "negative";
  if seconds > 18446744073.709549 then invalid_arg "out of range";
  let whole = Float.to_int seconds in
  let rest = seconds -. Float.of_int whole in
  Int64.add (Int64.mul (Int64.of_int whole) sec_ns) (Int64.of_float (rest *. 1e9))

let to_f t =
  let ns = if Int64.compare t 0L >= 0 then Int64.to_float t else Int64.to_float (Int64.add t Int64.min_int) +. half in
  ns /. 1e9

let count unit_ns t = Int64.unsigned_div t unit_ns
let to_us_64 = count us_ns
let to_us t = Int64.to_int (count us_ns t)
let to_ms_64 = count ms_ns
let to_ms t = Int64.to_int (count ms_ns t)
let to_sec_64 = count sec_ns
let to_sec t = Int64.to_int (count sec_ns t)
let to_min t = Int64.to_int (count min_ns t)
let to_hour t = Int64.to_int (count hour_ns t)
let to_day t = Int64.to_int (count day_ns t)
let to_year t = Int64.to_int (count year_ns t)

(* The two largest units that are not zero. *)
let pp ppf t =
  let part unit_ns t = (Int64.to_int (Int64.unsigned_div t unit_ns), Int64.unsigned_rem t unit_ns) in
  let years, rest = part year_ns t in
  let days, rest = part day_ns rest in
  let hours, rest = part hour_ns rest in
  let minutes, rest = part min_ns rest in
  let seconds, rest = part sec_ns rest in
  if years > 0 then Format.fprintf ppf "%da%dd" years days
  else if days > 0 then Format.fprintf ppf "%dd%02dh" days hours
  else if hours > 0 then Format.fprintf ppf "%dh%02dm" hours minutes
  else if minutes > 0 then Format.fprintf ppf "%dm%02ds" minutes seconds
  else if seconds > 0 then Format.fprintf ppf "%d.%03ds" seconds (Int64.to_int (Int64.unsigned_div rest ms_ns))
  else if Int64.unsigned_compare rest ms_ns >= 0 then
    Format.fprintf ppf "%Ld.%03Ldms" (Int64.unsigned_div rest ms_ns) (Int64.unsigned_div (Int64.unsigned_rem rest ms_ns) us_ns)
  else Format.fprintf ppf "%Ld.%03Ldμs" (Int64.unsigned_div rest us_ns) (Int64.unsigned_rem rest us_ns)

let units =
  [ ("ns", 1L); ("us", us_ns); ("\xc2\xb5s", us_ns); ("\xce\xbcs", us_ns); ("ms", ms_ns); ("s", sec_ns); ("sec", sec_ns); ("m", min_ns);
    ("min", min_ns); ("h", hour_ns); ("hour", hour_ns); ("d", day_ns); ("day", day_ns); ("a", year_ns); ("y", year_ns); ("year", year_ns) ]

(* Numbers with units, each size of unit at most once. *)
let of_string s =
  let n = String.length s in
  let is_digit c = c >= '0' && c <= '9' in
  let rec skip keep i = if i < n && keep s.[i] then skip keep (i + 1) else i in
  let rec sum total seen i =
    let start = skip (fun c -> c = ' ') i in
    if start = n then if seen = [] then None else Some total
    else begin
      let digits = skip is_digit start in
      let stop = skip (fun c -> not (is_digit c)) digits in
      match (Int64.of_string_opt ("0u" ^ String.sub s start (digits - start)), List.assoc_opt (String.trim (String.sub s digits (stop - digits))) units) with
      | Some count, Some unit_ns when digits > start && not (List.mem unit_ns seen) ->
          let total' = Int64.add total (scaled unit_ns count) in
          if Int64.unsigned_compare total' total < 0 then invalid_arg "Duration.of_string: out of range";
          sum total' (unit_ns :: seen) stop
      | _ -> None
    end
  in
  match sum 0L [] 0 with
  | Some t -> Ok t
  | None -> Error (`Msg (Printf.sprintf "%S is no duration: numbers with different units (ns, us, ms, s, m, h, d, y) are expected" s))
  | exception Invalid_argument message -> Error (`Msg message)

let of_string_exn s = match of_string s with Ok t -> t | Error (`Msg message) -> invalid_arg message
