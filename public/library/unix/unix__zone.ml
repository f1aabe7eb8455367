(* The local time zone: TZ of the environment (POSIX, Base Definitions, 8.3), a file of zoneinfo (RFC 8536). *)

(* What holds from a moment on: seconds east of UTC, whether it is summer time. *)
type period = { offset : int; summer : bool }

let utc = { offset = 0; summer = false }

(* {1 Rules} *)

(* The day on which summer time begins or ends: by number without leap days, with them, or a weekday of a month. *)
type day = Julian of int | Ordinal of int | Weekday of { month : int; week : int; weekday : int }
type rules = { standard : period; summer_time : (period * (day * int) * (day * int)) option }

exception Malformed

type reader = { text : string; mutable at : int }

let peek r = if r.at < String.length r.text then r.text.[r.at] else '\000'
let skip r = r.at <- r.at + 1

let accept r c =
  peek r = c
  && begin
       skip r;
       true
     end

let number r =
  let start = r.at in
  while match peek r with '0' .. '9' -> true | _ -> false do
    skip r
  done;
  match int_of_string_opt (String.sub r.text start (r.at - start)) with Some n -> n | None -> raise Malformed

(* A name of letters, or anything in angles. *)
let name r =
  let start = r.at in
  if accept r '<' then begin
    while peek r <> '>' && peek r <> '\000' do
      skip r
    done;
    if not (accept r '>') then raise Malformed
  end
  else
    while match peek r with 'a' .. 'z' | 'A' .. 'Z' -> true | _ -> false do
      skip r
    done;
  if r.at - start < 3 then raise Malformed

(* Hours, minutes and seconds as seconds. *)
let time r =
  let sign = if accept r '-' then -1 else (ignore (accept r '+'); 1) in
  let hours = number r in
  let minutes = if accept r ':' then number r else 0 in
  let seconds = if accept r ':' then number r else 0 in
  sign * ((((hours * 60) + minutes) * 60) + seconds)

let day r =
  if accept r 'J' then Julian (number r)
  else if accept r 'M' then begin
    let dot () = if not (accept r '.') then raise Malformed in
    let month = number r in
    dot ();
    let week = number r in
    dot ();
    Weekday { month; week; weekday = number r }
  end
  else Ordinal (number r)

let change r =
  if not (accept r ',') then raise Malformed;
  let day = day r in
  (day, if accept r '/' then time r else 7200)

(* The text counts west of UTC. Without dates those of the United States hold. *)
let rules_of_string text =
  let r = { text; at = 0 } in
  name r;
  let standard = { offset = -time r; summer = false } in
  if peek r = '\000' then { standard; summer_time = None }
  else begin
    name r;
    let summer = { offset = (match peek r with ',' | '\000' -> standard.offset + 3600 | _ -> -time r); summer = true } in
    if peek r = '\000' then
      { standard; summer_time = Some (summer, (Weekday { month = 3; week = 2; weekday = 0 }, 7200), (Weekday { month = 11; week = 1; weekday = 0 }, 7200)) }
    else
      let start = change r in
      let stop = change r in
      { standard; summer_time = Some (summer, start, stop) }
  end

(* Seconds since 1970 of a change in a year, as the local clock shows them. *)
let moment ~days_of_date year (day, seconds) =
  let first = days_of_date year 0 1 in
  let is_leap = days_of_date (year + 1) 0 1 - first = 366 in
  let days =
    match day with
    | Ordinal n -> first + n
    | Julian n -> first + n - 1 + if is_leap && n >= 60 then 1 else 0
    | Weekday { month; week; weekday } ->
        let begin_ = days_of_date year (month - 1) 1 in
        (* 1970-01-01 was a Thursday. *)
        let first_one = begin_ + ((weekday - (begin_ + 4)) mod 7 + 7) mod 7 in
        let next_month = days_of_date year month 1 in
        let rec last at n = if n > 1 && at + 7 < next_month then last (at + 7) (n - 1) else at in
        last first_one week
  in
  (days * 86400) + seconds

let by_rules ~days_of_date ~year_of rules t =
  match rules.summer_time with
  | None -> rules.standard
  | Some (summer, start, stop) ->
      let year = year_of (t + rules.standard.offset) in
      let start = moment ~days_of_date year start - rules.standard.offset and stop = moment ~days_of_date year stop - summer.offset in
      let inside = if start < stop then t >= start && t < stop else t >= start || t < stop in
      if inside then summer else rules.standard

(* {1 Files} *)

type zone = { moments : int array; periods : period array; first : period; rest : rules option }

let fixed rules = { moments = [||]; periods = [||]; first = rules.standard; rest = Some rules }

(* The second part, whose moments have 64 bits, lies behind the first. *)
let zone_of_file text =
  let long at = Int32.to_int (String.get_int32_be text at) in
  let header at =
    if at + 44 > String.length text || String.sub text at 4 <> "TZif" then raise Malformed;
    (long (at + 20), long (at + 24), long (at + 28), long (at + 32), long (at + 36), long (at + 40))
  in
  let size width (utc_count, wall_count, leaps, times, types, names) = (times * (width + 1)) + (types * 6) + names + (leaps * (width + 4)) + wall_count + utc_count in
  let first = header 0 in
  let wide = text.[4] >= '2' in
  let width = if wide then 8 else 4 in
  let at = if wide then 44 + size 4 first else 0 in
  let ((_, _, _, times, types, _) as counts) = header at in
  let body = at + 44 in
  let stop = body + size width counts in
  if stop > String.length text || types < 1 then raise Malformed;
  let moment i = if wide then Int64.to_int (String.get_int64_be text (body + (8 * i))) else long (body + (4 * i)) in
  let period i =
    if i >= types then raise Malformed;
    let at = body + (times * (width + 1)) + (6 * i) in
    { offset = long at; summer = text.[at + 4] <> '\000' }
  in
  let footer = if not wide then "" else match String.split_on_char '\n' (String.sub text stop (String.length text - stop)) with _ :: rules :: _ -> rules | _ -> "" in
  {
    moments = Array.init times moment;
    periods = Array.init times (fun i -> period (Char.code text.[body + (times * width) + i]));
    first = period 0;
    rest = (match rules_of_string footer with rules -> Some rules | exception Malformed -> None);
  }

let read path =
  match open_in_bin path with
  | exception Sys_error _ -> None
  | channel -> (
      match Fun.protect ~finally:(fun () -> close_in channel) (fun () -> zone_of_file (In_channel.input_all channel)) with
      | zone -> Some zone
      | exception (Malformed | Invalid_argument _ | Sys_error _) -> None)

let named name =
  if name = "" then None
  else if name.[0] = '/' then read name
  else if Filename.is_implicit name && not (String.starts_with ~prefix:"../" name) then read ("/usr/share/zoneinfo/" ^ name)
  else None

(* A file's name, after a colon or not; else rules. What means nothing is UTC. *)
let find setting =
  match setting with
  | None -> read "/etc/localtime"
  | Some text -> (
      let is_name = text <> "" && text.[0] = ':' in
      let text = if is_name then String.sub text 1 (String.length text - 1) else text in
      match named text with
      | Some zone -> Some zone
      | None -> ( match rules_of_string text with rules when not is_name -> Some (fixed rules) | _ -> None | exception Malformed -> None))

(* The zone of the last setting that was looked at. *)
let known : (string option * zone option) option ref = ref None

let current () =
  let setting = Sys.getenv_opt "TZ" in
  match !known with
  | Some (known_setting, zone) when known_setting = setting -> zone
  | _ ->
      let zone = find setting in
      known := Some (setting, zone);
      zone

(** What holds at a moment, in seconds since 1970. *)
let at ~days_of_date ~year_of t =
  match current () with
  | None -> utc
  | Some { moments; periods; first; rest } -> (
      let count = Array.length moments in
      if count > 0 && t < moments.(0) then first
      else
        match rest with
        | Some rules when count = 0 || t >= moments.(count - 1) -> by_rules ~days_of_date ~year_of rules t
        | _ when count = 0 -> first
        | _ ->
            (* The last moment that is not later. *)
            let rec search low high = if high - low = 1 then periods.(low) else let middle = (low + high) / 2 in if moments.(middle) <= t then search middle high else search low middle in
            search 0 count)
