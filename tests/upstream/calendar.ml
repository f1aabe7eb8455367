(* packages: calendar *)
open CalendarLib
let () =
  let d = Date.make 2024 2 29 in
  print_endline (Printer.Date.sprint "%Y-%m-%d %A %j %B" d);
  print_endline (Printer.Date.to_string (Date.add d (Date.Period.make 1 0 0)));
  Printf.printf "%d %d %b\n" (Date.to_jd d) (Date.week d) (Date.is_leap_day d);
  let c = Calendar.make 2000 12 31 23 59 59 in
  print_endline (Printer.Calendar.to_string (Calendar.next c `Second));
  let p = Calendar.sub (Calendar.make 2001 1 1 0 0 0) c in
  Printf.printf "%d\n" (Time.Period.length (Calendar.Period.to_time p));
  print_endline (Printer.Calendar.to_string (Printer.Calendar.from_fstring "%d/%m/%Y %H:%M:%S" "01/02/2003 04:05:06"));
  (match Date.make 2023 2 30 with d -> print_endline (Printer.Date.to_string d) | exception Date.Undefined -> print_endline "undefined" | exception e -> print_endline (Printexc.to_string e));
  print_endline (Printer.Time.to_string (Time.add (Time.make 23 30 0) (Time.Period.make 1 15 0)));
  Printf.printf "%f\n" (Ftime.to_seconds (Ftime.make 1 2 3.5));
  print_endline (Printer.Date.to_string (Date.nth_weekday_of_month 2024 Date.Mar Date.Sun 5))
