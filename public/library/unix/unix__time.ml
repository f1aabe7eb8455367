(* Clocks, dates and timers. *)

open Unix__error
open Unix__calls

external gettimeofday : unit -> float = "unix_gettimeofday"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"
external wait_until : int64 -> bool -> bool = "morgana_wait"

external handle_signals : unit -> unit = "morgana_handle_signals"

(** Seconds east of UTC; [min_int] where nobody knows. *)
external time_zone_offset : unit -> int = "morgana_time_zone_offset"

let time () = floor (gettimeofday ())

let sleepf seconds =
  if seconds > 0. then begin
    let deadline = Int64.add (monotonic_ns ()) (Int64.of_float (seconds *. 1e9)) in
    (match !waiting with Some { wait } -> wait [] [] deadline | None -> ());
    while Int64.compare (monotonic_ns ()) deadline < 0 do
      ignore (wait_until deadline false);
      handle_signals ()
    done
  end

let sleep seconds = sleepf (float_of_int seconds)

type process_times = { tms_utime : float; tms_stime : float; tms_cutime : float; tms_cstime : float }

external processor_times : bytes -> unit = "morgana_platform_processor_times"

let times () =
  let b = Bytes.create 32 in
  processor_times b;
  let seconds at = Int64.to_float (Bytes.get_int64_le b at) *. 1e-6 in
  { tms_utime = seconds 0; tms_stime = seconds 8; tms_cutime = seconds 16; tms_cstime = seconds 24 }

type tm = {
  tm_sec : int;
  tm_min : int;
  tm_hour : int;
  tm_mday : int;
  tm_mon : int;
  tm_year : int;
  tm_wday : int;
  tm_yday : int;
  tm_isdst : bool;
}

let floor_div a b = if a >= 0 then a / b else -((b - 1 - a) / b)
let floor_mod a b = a - (b * floor_div a b)

(* Days since 1970-01-01 of a date of the proleptic Gregorian calendar, months from 0: years begin in March, so that the leap day
   comes last. *)
let days_of_date year month day =
  let year = year + floor_div month 12 and month = floor_mod month 12 in
  let y = if month < 2 then year - 1 else year and m = floor_mod (month - 2) 12 in
  (365 * y) + floor_div y 4 - floor_div y 100 + floor_div y 400 + (((153 * m) + 2) / 5) + (day - 1) - 719468

(* The other way round, by 400-year cycles of 146097 days. *)
let date_of_days days =
  let days = days + 719468 in
  let cycle = floor_div days 146097 in
  let d = days - (cycle * 146097) in
  let y = (d - (d / 1460) + (d / 36524) - (d / 146096)) / 365 in
  let rest = d - ((365 * y) + (y / 4) - (y / 100)) in
  let m = ((5 * rest) + 2) / 153 in
  let day = rest - (((153 * m) + 2) / 5) + 1 in
  let month = if m < 10 then m + 2 else m - 10 in
  ((400 * cycle) + y + (if month < 2 then 1 else 0), month, day)

let tm_of_seconds seconds =
  let days = floor_div seconds 86400 and second = floor_mod seconds 86400 in
  let year, month, day = date_of_days days in
  {
    tm_sec = second mod 60;
    tm_min = second / 60 mod 60;
    tm_hour = second / 3600;
    tm_mday = day;
    tm_mon = month;
    tm_year = year - 1900;
    tm_wday = floor_mod (days + 4) 7;
    tm_yday = days - days_of_date year 0 1;
    tm_isdst = false;
  }

let seconds_of_float name t =
  if Float.is_nan t || Float.abs t > 6.7e16 then raise (Unix_error (EINVAL, name, "")) else int_of_float t

let year_of seconds =
  let year, _, _ = date_of_days (floor_div seconds 86400) in
  year

(* Only a platform with an environment has a local time. *)
let period_at t = if time_zone_offset () = min_int then Unix__zone.utc else Unix__zone.at ~days_of_date ~year_of t
let gmtime t = tm_of_seconds (seconds_of_float "gmtime" t)

let local_of_seconds t =
  let { Unix__zone.offset; summer } = period_at t in
  { (tm_of_seconds (t + offset)) with tm_isdst = summer }

let localtime t = local_of_seconds (seconds_of_float "localtime" t)

(* Of a time that the clock shows twice it is the first, of one that it never shows what it would be without the change. *)
let mktime tm =
  let days = days_of_date (tm.tm_year + 1900) tm.tm_mon 1 + tm.tm_mday - 1 in
  let local = (((((days * 24) + tm.tm_hour) * 60) + tm.tm_min) * 60) + tm.tm_sec in
  let day = 86400 in
  let before = (period_at (local - day)).offset and after = (period_at (local + day)).offset in
  let fits offset = (period_at (local - offset)).offset = offset in
  let t = if fits before then local - before else if fits after then local - after else local - before in
  (float_of_int t, local_of_seconds t)

type interval_timer = ITIMER_REAL | ITIMER_VIRTUAL | ITIMER_PROF
type interval_timer_status = { it_interval : float; it_value : float }

let number_of_timer = function ITIMER_REAL -> 0 | ITIMER_VIRTUAL -> 1 | ITIMER_PROF -> 2

let timer_of_bytes b =
  let time at = Int64.to_float (Bytes.get_int64_le b at) +. (Int64.to_float (Bytes.get_int64_le b (at + 8)) *. 1e-6) in
  { it_interval = time 0; it_value = time 16 }

let getitimer timer =
  let b = Bytes.make 32 '\000' in
  checked_unit "getitimer" "" (linux_call_buffer 36 (number_of_timer timer) b 0 0 0);
  timer_of_bytes b

let setitimer timer { it_interval; it_value } =
  let b = Bytes.make 32 '\000' and old = Bytes.make 32 '\000' in
  let put at t =
    Bytes.set_int64_le b at (Int64.of_float (floor t));
    Bytes.set_int64_le b (at + 8) (Int64.of_float ((t -. floor t) *. 1e6))
  in
  put 0 it_interval;
  put 16 it_value;
  checked_unit "setitimer" "" (linux_call_two_buffers 38 (number_of_timer timer) b old 0);
  timer_of_bytes old
