(* Clocks that the program sets itself. *)
let show () = Format.printf "%a %Ld %b@." (Ptime.pp_rfc3339 ?tz_offset_s:(Mirage_ptime.current_tz_offset_s ()) ()) (Mirage_ptime.now ()) (Mirage_mtime.elapsed_ns ()) (Mirage_ptime.period () = None)
let () =
  show ();
  Mirage_ptime_set.set (20000, 3_600_000_000_000_000L); Mirage_ptime_set.set_tz_offset (Some 7200); Mirage_ptime_set.set_period (Some (0, 1000L));
  Mirage_mtime_set.tick (); Mirage_mtime_set.tick_for 41L;
  show ();
  Mirage_mtime_set.reset (); Mirage_ptime_set.set_tz_offset None;
  show ()
