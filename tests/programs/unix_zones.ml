(* skip: evaluator *)
(* Local time by the rules that TZ gives. *)
let tm t = Printf.sprintf "%04d-%02d-%02d %02d:%02d:%02d w%d y%d %b" (t.Unix.tm_year + 1900) (t.tm_mon + 1) t.tm_mday t.tm_hour t.tm_min t.tm_sec t.tm_wday t.tm_yday t.tm_isdst
let () =
  List.iter
    (fun zone ->
      Unix.putenv "TZ" zone;
      Printf.printf "%S\n" zone;
      List.iter
        (fun s -> let l = Unix.localtime s in let f, t = Unix.mktime l in Printf.printf " %.0f %s | %.0f %s\n" s (tm l) f (tm t))
        [ 0.; 1e9; 1700000000.; 1711846799.; 1711846800.; 1720000000.; 1729990799.; 1729994400.; 4e9; 5e9 ];
      let f, t = Unix.mktime { tm_sec = 0; tm_min = 30; tm_hour = 2; tm_mday = 31; tm_mon = 2; tm_year = 124; tm_wday = 0; tm_yday = 0; tm_isdst = false } in
      Printf.printf " never shown: %.0f %s\n" f (tm t))
    [ "UTC0"; "CET-1CEST,M3.5.0,M10.5.0/3"; "<+0530>-5:30"; "NZST-12NZDT,M9.5.0,M4.1.0/3"; "XXX3YYY2,J60/0,J300/2"; "AAA4BBB,59,299/-1"; "garbage"; ""; "AAA"; "/nonexistent/zone" ]
