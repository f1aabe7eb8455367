(* POSIX timestamps with picoseconds, on the proleptic Gregorian calendar from year 0 to 9999.

   A span is a count of days (of 86,400 seconds) and a count of picoseconds in the day, from 0 up to a day. *)

let ps_in_second = 1_000_000_000_000L
let ps_in_day = 86_400_000_000_000_000L
let seconds_in_day = 86_400

module Span = struct
  type t = int * int64

  let in_day ps = Int64.compare ps 0L >= 0 && Int64.compare ps ps_in_day < 0

  let v ((days, ps) as span) =
    if in_day ps then span else invalid_arg (Printf.sprintf "illegal ptime time span: (%d,%Ld)" days ps)

  let zero = (0, 0L)
  let of_d_ps ((_, ps) as span) = if in_day ps then Some span else None
  let unsafe_of_d_ps span = span
  let unsafe_of_d_ps_option span = span
  let to_d_ps span = span

  (* Division with a remainder that is never negative. *)
  let floor_div a b = if a >= 0 then a / b else ((a + 1) / b) - 1

  let of_int_s s =
    let days = floor_div s seconds_in_day in
    (days, Int64.mul (Int64.of_int (s - (days * seconds_in_day))) ps_in_second)

  let to_int_s (days, ps) =
    let largest = (max_int / seconds_in_day) - 1 in
    if days > largest || days < -largest then None
    else Some ((days * seconds_in_day) + Int64.to_int (Int64.div ps ps_in_second))

  let of_float_s s =
    if Float.is_nan s then None
    else begin
      let days = Float.floor (s /. 86_400.) in
      if days < Float.of_int min_int || days > Float.of_int max_int then None
      else begin
        let rest = s -. (days *. 86_400.) in
        let fraction, whole = Float.modf rest in
        let ps = Int64.add (Int64.mul (Int64.of_float whole) ps_in_second) (Int64.of_float (fraction *. 1e12)) in
        let days = Float.to_int days in
        (* Rounding may leave the day at either end. *)
        if Int64.compare ps 0L < 0 then Some (days - 1, Int64.add ps ps_in_day)
        else if Int64.compare ps ps_in_day >= 0 then Some (days + 1, Int64.sub ps ps_in_day)
        else Some (days, ps)
      end
    end

  let to_float_s (days, ps) =
    let seconds = Int64.div ps ps_in_second and rest = Int64.rem ps ps_in_second in
    (Float.of_int days *. 86_400.) +. Int64.to_float seconds +. (Int64.to_float rest *. 1e-12)

  let compare (d0, ps0) (d1, ps1) = match Int.compare d0 d1 with 0 -> Int64.compare ps0 ps1 | c -> c
  let equal a b = compare a b = 0
  let neg (days, ps) = if Int64.equal ps 0L then (-days, 0L) else (-days - 1, Int64.sub ps_in_day ps)

  let add (d0, ps0) (d1, ps1) =
    let ps = Int64.add ps0 ps1 in
    if Int64.compare ps ps_in_day >= 0 then (d0 + d1 + 1, Int64.sub ps ps_in_day) else (d0 + d1, ps)

  let sub a b = add a (neg b)
  let abs ((days, _) as span) = if days < 0 then neg span else span

  (* 10^(12 - digits): the picoseconds of one unit in the last of [digits] decimals. *)
  let unit_ps digits =
    let digits = if digits < 0 then 0 else if digits > 12 then 12 else digits in
    let rec power n = if n = 0 then 1L else Int64.mul 10L (power (n - 1)) in
    power (12 - digits)

  (* Of a negative span the opposite is rounded. *)
  let of_magnitude f ((days, _) as span) = if days < 0 then neg (f (neg span)) else f span

  let round ~frac_s span =
    let unit_ = unit_ps frac_s in
    of_magnitude
      (fun (days, ps) ->
        let rest = Int64.rem ps unit_ in
        let down = Int64.sub ps rest in
        if Int64.compare (Int64.mul rest 2L) unit_ < 0 then (days, down)
        else begin
          let up = Int64.add down unit_ in
          if Int64.compare up ps_in_day >= 0 then (days + 1, Int64.sub up ps_in_day) else (days, up)
        end)
      span

  let truncate ~frac_s span = of_magnitude (fun (days, ps) -> (days, Int64.sub ps (Int64.rem ps (unit_ps frac_s)))) span

  (* {1 Printing} Below a minute one unit, with three decimals where there are less than a hundred (of seconds always); otherwise two units.
     Both are rounded to the nearest, but the days of a year up. *)

  let div_nearest a b = Int64.to_int (Int64.div (Int64.add a (Int64.div b 2L)) b)
  let minute_ps = Int64.mul 60L ps_in_second
  let hour_ps = Int64.mul 60L minute_ps

  (* Years of 365.25 days. *)
  let pp_years ppf days ps =
    let days = days + div_nearest ps ps_in_day in
    let years = 4 * days / 1461 in
    let left = (3 + (4 * days) - (1461 * years)) / 4 in
    if left = 0 then Format.fprintf ppf "%dy" years else Format.fprintf ppf "%dy%dd" years left

  let pp_days ppf days ps =
    let hours = div_nearest ps hour_ps in
    let days, hours = if hours = 24 then (days + 1, 0) else (days, hours) in
    if days > 365 then pp_years ppf days 0L
    else if days = 365 && hours >= 6 then Format.pp_print_string ppf "1y"
    else if hours = 0 then Format.fprintf ppf "%dd" days
    else Format.fprintf ppf "%dd%dh" days hours

  let pp_hours ppf ps =
    let minutes = div_nearest ps minute_ps in
    if minutes = 24 * 60 then Format.pp_print_string ppf "1d"
    else if minutes mod 60 = 0 then Format.fprintf ppf "%dh" (minutes / 60)
    else Format.fprintf ppf "%dh%dmin" (minutes / 60) (minutes mod 60)

  let pp_minutes ppf ps =
    let seconds = div_nearest ps ps_in_second in
    if seconds = 3600 then Format.pp_print_string ppf "1h"
    else if seconds mod 60 = 0 then Format.fprintf ppf "%dmin" (seconds / 60)
    else Format.fprintf ppf "%dmin%ds" (seconds / 60) (seconds mod 60)

  (* A unit, its name, and the next one, of which it has [limit]. *)
  let pp_decimals ppf ps unit_ps name limit next =
    let thousandths =
      if limit > 100 && Int64.compare ps (Int64.mul 100L unit_ps) >= 0 then 1000 * div_nearest ps unit_ps
      else div_nearest ps (Int64.div unit_ps 1000L)
    in
    let whole = thousandths / 1000 and fraction = thousandths mod 1000 in
    if whole = limit then Format.pp_print_string ppf next
    else if fraction = 0 then Format.fprintf ppf "%d%s" whole name
    else Format.fprintf ppf "%d.%03d%s" whole fraction name

  let pp ppf span =
    if fst span < 0 then Format.pp_print_char ppf '-';
    let days, ps = abs span in
    let below limit = Int64.compare ps limit < 0 in
    if days > 365 then pp_years ppf days ps
    else if days > 0 then pp_days ppf days ps
    else if not (below hour_ps) then pp_hours ppf ps
    else if not (below minute_ps) then pp_minutes ppf ps
    else if not (below ps_in_second) then pp_decimals ppf ps ps_in_second "s" 60 "1min"
    else if not (below 1_000_000_000L) then pp_decimals ppf ps 1_000_000_000L "ms" 1000 "1s"
    else if not (below 1_000_000L) then pp_decimals ppf ps 1_000_000L "us" 1000 "1ms"
    else if not (below 1000L) then pp_decimals ppf ps 1000L "ns" 1000 "1us"
    else Format.fprintf ppf "%Ldps" ps

  let dump ppf (days, ps) = Format.fprintf ppf "@[<1>(%d,@,%Ld)@]" days ps
end

type span = Span.t
type t = span

(* {1 The calendar} With years that begin in March, the day that a leap year adds is its last. *)

let days_from_civil year month day =
  let y = if month <= 2 then year - 1 else year in
  let era = Span.floor_div y 400 in
  let year_of_era = y - (era * 400) in
  let day_of_year = (((153 * if month > 2 then month - 3 else month + 9) + 2) / 5) + day - 1 in
  (era * 146_097) + (year_of_era * 365) + (year_of_era / 4) - (year_of_era / 100) + day_of_year - 719_468

let civil_from_days days =
  let days = days + 719_468 in
  let era = Span.floor_div days 146_097 in
  let day_of_era = days - (era * 146_097) in
  let year_of_era = (day_of_era - (day_of_era / 1460) + (day_of_era / 36_524) - (day_of_era / 146_096)) / 365 in
  let day_of_year = day_of_era - ((365 * year_of_era) + (year_of_era / 4) - (year_of_era / 100)) in
  let shifted = ((5 * day_of_year) + 2) / 153 in
  let day = day_of_year - (((153 * shifted) + 2) / 5) + 1 in
  let month = if shifted < 10 then shifted + 3 else shifted - 9 in
  ((year_of_era + (era * 400) + if month <= 2 then 1 else 0), month, day)

let first_day = days_from_civil 0 1 1
let last_day = days_from_civil 9999 12 31
let epoch = (0, 0L)
let min = (first_day, 0L)
let max = (last_day, Int64.pred ps_in_day)
let in_range (days, _) = days >= first_day && days <= last_day
let of_span span = if in_range span then Some span else None
let to_span t = t
let unsafe_of_d_ps span = span

let v ((days, ps) as span) =
  if Span.in_day ps && in_range span then span else invalid_arg (Printf.sprintf "illegal ptime timestamp: (%d,%Ld)" days ps)

let of_float_s s = Option.bind (Span.of_float_s s) of_span
let to_float_s = Span.to_float_s

(* Towards the past. *)
let truncate ~frac_s (days, ps) = (days, Int64.sub ps (Int64.rem ps (Span.unit_ps frac_s)))
let frac_s (_, ps) = (0, Int64.rem ps ps_in_second)
let equal = Span.equal
let compare = Span.compare
let is_earlier t ~than = compare t than < 0
let is_later t ~than = compare t than > 0
let add_span t span = of_span (Span.add t span)
let sub_span t span = of_span (Span.sub t span)
let diff = Span.sub

type tz_offset_s = int
type date = int * int * int
type time = (int * int * int) * tz_offset_s

let is_leap year = (year mod 4 = 0 && year mod 100 <> 0) || year mod 400 = 0
let month_lengths = "\031\028\031\030\031\030\031\031\030\031\030\031"
let month_length year month = if month = 2 && is_leap year then 29 else Char.code month_lengths.[month - 1]
let is_date (y, m, d) = y >= 0 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= month_length y m

(* Second 60 is a leap second: POSIX time counts it as the next minute's first. *)
let is_time_of_day (hh, mm, ss) = hh >= 0 && hh <= 23 && mm >= 0 && mm <= 59 && ss >= 0 && ss <= 60

let of_date_time (((y, m, d) as date), (((hh, mm, ss) as time), offset)) =
  if not (is_date date && is_time_of_day time) then None
  else begin
    let seconds = (hh * 3600) + (mm * 60) + ss in
    let local = Span.add (days_from_civil y m d, 0L) (Span.of_int_s seconds) in
    of_span (Span.sub local (Span.of_int_s offset))
  end

let to_date_time ?(tz_offset_s = 0) t =
  (* Where the zone's time leaves the calendar, UTC is given. *)
  let (days, ps), offset =
    let local = Span.add t (Span.of_int_s tz_offset_s) in
    if in_range local then (local, tz_offset_s) else (t, 0)
  in
  let s = Int64.to_int (Int64.div ps ps_in_second) in
  (civil_from_days days, ((s / 3600, s / 60 mod 60, s mod 60), offset))

let of_date ?(tz_offset_s = 0) date = of_date_time (date, ((0, 0, 0), tz_offset_s))
let to_date ?tz_offset_s t = fst (to_date_time ?tz_offset_s t)
let of_year ?tz_offset_s year = of_date ?tz_offset_s (year, 1, 1)

let to_year ?tz_offset_s t =
  let year, _, _ = to_date ?tz_offset_s t in
  year

type weekday = [ `Sun | `Mon | `Tue | `Wed | `Thu | `Fri | `Sat ]

(* 1970-01-01 was a Thursday. *)
let weekday_num ?(tz_offset_s = 0) t =
  let days, _ = Span.add t (Span.of_int_s tz_offset_s) in
  ((((days + 4) mod 7) + 7) mod 7 : int)

let weekday ?tz_offset_s t : weekday =
  match weekday_num ?tz_offset_s t with 0 -> `Sun | 1 -> `Mon | 2 -> `Tue | 3 -> `Wed | 4 -> `Thu | 5 -> `Fri | _ -> `Sat

(* {1 RFC 3339} *)

type error_range = int * int
type rfc3339_error = [ `Eoi | `Exp_chars of char list | `Invalid_stamp | `Trailing_input ]

let pp_rfc3339_error ppf = function
  | `Invalid_stamp -> Format.fprintf ppf "@[invalid@ time@ stamp@]"
  | `Eoi -> Format.fprintf ppf "@[unexpected@ end@ of@ input@]"
  | `Trailing_input -> Format.fprintf ppf "@[trailing@ input@]"
  | `Exp_chars chars ->
      Format.fprintf ppf "@[expected@ a@ character@ in:";
      List.iter (fun c -> Format.fprintf ppf "@ %C" c) chars;
      Format.fprintf ppf "@]"

let rfc3339_string_error = function
  | Ok _ as ok -> ok
  | Error (`RFC3339 ((first, last), e)) -> Error (Format.asprintf "@[<h>%d-%d:@ %a@]" first last pp_rfc3339_error e)

let rfc3339_error_to_msg r = Result.map_error (fun message -> `Msg message) (rfc3339_string_error r)

exception Stop of error_range * rfc3339_error

let digits = [ '0'; '1'; '2'; '3'; '4'; '5'; '6'; '7'; '8'; '9' ]

let of_rfc3339 ?(strict = false) ?(sub = false) ?(start = 0) s =
  let n = String.length s in
  let stop_at i e = raise (Stop ((i, i), e)) in
  let peek i = if i >= n then stop_at (n - 1) `Eoi else s.[i] in
  let expect chars i = if List.mem (peek i) chars then i + 1 else stop_at i (`Exp_chars chars) in
  let digit i = match peek i with '0' .. '9' as c -> Char.code c - 48 | _ -> stop_at i (`Exp_chars digits) in
  let rec digits_from count i value = if count = 0 then value else digits_from (count - 1) (i + 1) ((value * 10) + digit i) in
  (* All digits must be there before one is looked at. *)
  let number count i value = if i + count > n then stop_at (n - 1) `Eoi else digits_from count i value in
  let separators = if strict then [ 'T' ] else [ 'T'; 't'; ' ' ] in
  let zones = if strict then [ '+'; '-'; 'Z' ] else [ '+'; '-'; 'Z'; 'z' ] in
  match
    if start < 0 || start >= n then raise (Stop ((start, start), `Eoi));
    let year = number 4 start 0 in
    let i = expect [ '-' ] (start + 4) in
    let month = number 2 i 0 in
    let i = expect [ '-' ] (i + 2) in
    let day = number 2 i 0 in
    let i = expect separators (i + 2) in
    let hour = number 2 i 0 in
    let i = expect [ ':' ] (i + 2) in
    let minute = number 2 i 0 in
    let i = expect [ ':' ] (i + 2) in
    let second = number 2 i 0 in
    let i = i + 2 in
    (* A fraction of any length; what is below a picosecond is cut. *)
    let rec fraction i scale ps =
      if i < n && s.[i] >= '0' && s.[i] <= '9' then
        fraction (i + 1) (Int64.div scale 10L) (Int64.add ps (Int64.mul scale (Int64.of_int (Char.code s.[i] - 48))))
      else (i, ps)
    in
    let i, ps =
      if i < n && s.[i] = '.' then begin
        ignore (digit (i + 1));
        fraction (i + 1) 100_000_000_000L 0L
      end
      else (i, 0L)
    in
    let zone_start = i in
    let zone = peek (expect zones i - 1) in
    let i, offset, known =
      match zone with
      | 'Z' | 'z' -> (i + 1, 0, true)
      | sign ->
          let hours = number 2 (i + 1) 0 in
          let j = i + 3 in
          let has_colon = j < n && s.[j] = ':' in
          let minutes, stop =
            if has_colon then (number 2 (j + 1) 0, j + 3)
            else if strict then (ignore (expect [ ':' ] j); (0, j))
            else if j < n && s.[j] >= '0' && s.[j] <= '9' then (number 2 j 0, j + 2)
            else (0, j)
          in
          if hours > 23 then raise (Stop ((zone_start + 1, zone_start + 2), `Invalid_stamp));
          if minutes > 59 then raise (Stop ((stop - 2, stop - 1), `Invalid_stamp));
          let seconds = (hours * 3600) + (minutes * 60) in
          (stop, (if sign = '-' then -seconds else seconds), not (sign = '-' && seconds = 0))
    in
    if (not sub) && i < n then raise (Stop ((i, i), `Trailing_input));
    match of_date_time ((year, month, day), ((hour, minute, second), offset)) with
    | None -> raise (Stop ((start, i - 1), `Invalid_stamp))
    | Some t -> (Span.add t (0, ps), (if known then Some offset else None), i - start)
  with
  | result -> Ok result
  | exception Stop (range, e) -> Error (`RFC3339 (range, e))

let to_rfc3339 ?(space = false) ?(frac_s = 0) ?tz_offset_s t =
  let t = truncate ~frac_s t in
  (* RFC 3339 zones have whole minutes and less than a day; others are shown as UTC. *)
  let offset =
    match tz_offset_s with
    | Some s when s mod 60 = 0 && Stdlib.abs s < seconds_in_day && in_range (Span.add t (Span.of_int_s s)) -> Some s
    | Some _ -> Some 0
    | None -> None
  in
  let (y, m, d), ((hh, mm, ss), _) = to_date_time ?tz_offset_s:offset t in
  let digits = if frac_s < 0 then 0 else if frac_s > 12 then 12 else frac_s in
  let fraction =
    if digits = 0 then ""
    else "." ^ String.sub (Printf.sprintf "%012Ld" (Int64.rem (snd t) ps_in_second)) 0 digits
  in
  let zone =
    match offset with
    | None -> "-00:00"
    | Some 0 -> "Z"
    | Some s -> Printf.sprintf "%c%02d:%02d" (if s < 0 then '-' else '+') (Stdlib.abs s / 3600) (Stdlib.abs s / 60 mod 60)
  in
  Printf.sprintf "%04d-%02d-%02d%c%02d:%02d:%02d%s%s" y m d (if space then ' ' else 'T') hh mm ss fraction zone

let pp_rfc3339 ?space ?frac_s ?tz_offset_s () ppf t = Format.pp_print_string ppf (to_rfc3339 ?space ?frac_s ?tz_offset_s t)

let pp_human ?(frac_s = 0) ?tz_offset_s () ppf t =
  let text = to_rfc3339 ~space:true ~frac_s ?tz_offset_s t in
  (* The zone stands apart, and UTC as +00:00. *)
  let n = String.length text in
  let stamp, zone = if text.[n - 1] = 'Z' then (String.sub text 0 (n - 1), "+00:00") else (String.sub text 0 (n - 6), String.sub text (n - 6) 6) in
  Format.fprintf ppf "%s %s" stamp zone

let pp ppf t = pp_human ~tz_offset_s:0 () ppf t
let dump = Span.dump
