open Lwt.Infix

let start () =
  let before = Mirage_mtime.elapsed_ns () in
  let wall = Mirage_ptime.now () in
  Lwt.join [ Mirage_sleep.ns (Duration.of_ms 20); Mirage_sleep.ns (Duration.of_ms 30) ] >>= fun () ->
  let passed = Int64.sub (Mirage_mtime.elapsed_ns ()) before in
  Printf.printf "slept: %b\n" (Int64.compare passed (Duration.of_ms 30) >= 0);
  Printf.printf "later: %b\n" (Ptime.is_later (Mirage_ptime.now ()) ~than:wall);
  let (y, _, _), _ = Ptime.to_date_time wall in
  Printf.printf "a year of this century: %b\n" (y > 2000 && y < 2100);
  Lwt.pick [ (Mirage_sleep.ns (Duration.of_sec 100) >|= fun () -> "late"); (Mirage_sleep.ns 1L >|= fun () -> "soon") ] >|= print_endline
