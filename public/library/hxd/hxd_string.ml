(* Dumps of strings. *)

let pp cfg ppf s = Hxd.pp_bytes cfg 0 ppf s
let null = Format.make_formatter (fun _ _ _ -> ()) ignore

let from s (`Absolute n | `Relative n) =
  if n < 0 || n > String.length s then Error (`Msg (Printf.sprintf "there is no byte %d in a string of %d" n (String.length s)))
  else Ok (n, String.sub s n (String.length s - n))

let to_hxd cfg s place =
  Result.map (fun (n, rest) -> Format.asprintf "%a" (Hxd.pp_bytes cfg n) rest) (from s place)

let generate cfg s place ppf =
  Result.map
    (fun (n, rest) ->
      Hxd.pp_bytes cfg n ppf rest;
      Format.asprintf "%a" (Hxd.pp_bytes cfg n) rest)
    (from s place)
