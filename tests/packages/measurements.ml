(* Measurements: tags, data points, reporters. *)
let src = let open Metrics in Src.v "http" ~doc:"requests" ~duration:true ~status:true ~tags:Tags.[ string "host"; int "port" ] ~data:(fun r -> Data.v [ int "code" (match r with Ok n -> n | Error _ -> -1); float "ratio" 1.5 ])
let plain = Metrics.(Src.v "plain" ~tags:Tags.[] ~data:(fun n -> Data.v [ uint "n" n ]))
let show src tags data = Format.printf "%s [%a] %a@." (Metrics.Src.name src) Fmt.(list ~sep:(any ";") (fun ppf f -> Fmt.pf ppf "%a=%a" Metrics.pp_key f Metrics.pp_value f)) tags Fmt.(list ~sep:(any ";") (fun ppf f -> Fmt.pf ppf "%a=%a" Metrics.pp_key f Metrics.pp_value f)) (Metrics.Data.fields data)
let () =
  let get, reporter = Metrics.cache_reporter ~cb:show () in
  Metrics.set_reporter reporter;
  Metrics.add plain Fun.id (fun f -> f 1);
  Metrics.enable_tag "port";
  ignore (Metrics.rrun src (fun t -> t "h" 80) (fun () -> Ok 200)); ignore (Metrics.rrun src (fun t -> t "h" 80) (fun () -> Error "x"));
  Metrics.add plain Fun.id (fun f -> f 2);
  Metrics.enable_all (); Metrics.add plain Fun.id (fun f -> f 3); Metrics.periodically (Metrics.Src.v "p" ~tags:Metrics.Tags.[] ~data:(fun () -> Metrics.Data.v [])); Metrics.poll ();
  Metrics.disable_all (); Metrics.add plain Fun.id (fun f -> f 4);
  Printf.printf "%d %b\n" (Metrics.SM.cardinal (get ())) (Metrics.Src.is_active (Metrics.Src.Src src))
