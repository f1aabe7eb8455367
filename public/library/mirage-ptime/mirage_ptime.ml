(* The wall clock. *)

external wall_ns : unit -> int64 = "morgana_wall_ns"

let ns_in_day = 86_400_000_000_000L

let machine_now_d_ps () =
  let ns = wall_ns () in
  (* Days are rounded down, also before 1970. *)
  let days = Int64.div ns ns_in_day and rest = Int64.rem ns ns_in_day in
  let days, rest = if Int64.compare rest 0L < 0 then (Int64.pred days, Int64.add rest ns_in_day) else (days, rest) in
  (Int64.to_int days, Int64.mul rest 1000L)

let now_d_ps () = match !Mirage_ptime_mocked.clock with None -> machine_now_d_ps () | Some mocked -> !(mocked.now)
let now () = Ptime.v (now_d_ps ())
let period_d_ps () = match !Mirage_ptime_mocked.clock with None -> None | Some mocked -> !(mocked.period)
let period () = Ptime.Span.unsafe_of_d_ps_option (period_d_ps ())

external time_zone_offset : unit -> int = "morgana_time_zone_offset"

(* What the platform answers when it knows of no zone. *)
let unknown = min_int

let current_tz_offset_s () =
  match !Mirage_ptime_mocked.clock with
  | Some mocked -> !(mocked.zone)
  | None ->
      let offset = time_zone_offset () in
      if offset = unknown then None else Some offset
