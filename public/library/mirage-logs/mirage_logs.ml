(* The reporter of log messages: one line each, with the time, to the console.

   2026-11-23T22:10:10Z: [INFO] [application] hello *)

let pp_tags ppf tags =
  Logs.Tag.fold
    (fun (Logs.Tag.V (definition, value)) () ->
      Format.fprintf ppf " %s=%a" (Logs.Tag.name definition) (Logs.Tag.printer definition) value)
    tags ()

(* The zone is written as Z where the machine knows that it keeps UTC, as -00:00 where it does not know its zone (RFC 3339, 4.3). *)
let pp_time ppf () = Ptime.pp_rfc3339 ?tz_offset_s:(Mirage_ptime.current_tz_offset_s ()) () ppf (Mirage_ptime.now ())

let create ?(ch = Format.err_formatter) () =
  let report src level ~over k msgf =
    let finish _ =
      over ();
      k ()
    in
    msgf (fun ?header ?(tags = Logs.Tag.empty) fmt ->
        Format.kfprintf finish ch
          ("%a:%a %a [%s] @[" ^^ fmt ^^ "@]@.")
          pp_time () pp_tags tags Logs_fmt.pp_header (level, header) (Logs.Src.name src))
  in
  { Logs.report }
