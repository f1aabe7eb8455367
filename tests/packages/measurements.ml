(* Measurements: tags, data points, reporters. *)
let src = let open Metrics in Src.v "http" ~doc:"requests" ~duration:true ~status:true ~tags:Tags.[ string "host"; int "port" ] ~data:(fun r -> Data.v [ int "code" (match r with Ok n -> n | Error _ -> -1); float "ratio" 1.5 ])
let plain = Metrics.(Src.v "plain" ~tags:Tags.[] ~data:(fun n -> Data.v [ uint "n" n ]))
let show src tags data = Format.printf "%s [%a] %a@." (Metrics.Src.name src) Fmt.(list ~sep:(any ";") (fun ppf f -> Fmt.pf ppf "%a=%a" Metrics.pp_key f Metrics.pp_value f)) tags Fmt.(list ~sep:(any ";") (fun ppf f -> Fmt.pf ppf "%a=%a" Metrics.pp_key f Metrics.pp_value f)) (Metrics.Data.fields data)
let () =
  Metrics.set_reporter (Metrics.cache_reporter ~cb:show ());
  Metrics.add plain Fun.id (fun f -> f 1);
  Metrics.enable_tag "port";
  ignore (Metrics.rrun src (fun t -> t "h" 80) (fun () -> Ok 200)); ignore (Metrics.rrun src (fun t -> t "h" 80) (fun () -> Error "x"));
  Metrics.add plain Fun.id (fun f -> f 2);
  Metrics.enable_all (); Metrics.add plain Fun.id (fun f -> f 3);
  let rounds = ref 0 in
  Metrics_lwt.periodically (Metrics.Src.v "p" ~tags:Metrics.Tags.[] ~data:(fun () -> Metrics.Data.v []));
  Metrics_lwt.init_periodic ~gc:`None ~logs:false (fun () -> incr rounds; if !rounds = 2 then fst (Lwt.wait ()) else Lwt.return_unit);
  ignore (Metrics_lwt.rrun src (fun t -> t "h" 81) (fun () -> Lwt.return_ok 201));
  List.iter (fun g -> Format.printf "%a: %a@." Fmt.(option string) (Metrics.Graph.title g) Fmt.(list ~sep:sp string) (List.map (fun (src, f) -> Metrics.Src.name src ^ "/" ^ Metrics.key f) (Metrics.Graph.fields g))) (Metrics.Graph.list ());
  Format.printf "%a; %d@." Fmt.(list ~sep:sp string) (Metrics.Src.data (Metrics.Src.Src src)) (List.length (Metrics.SM.find (Metrics.Src.Src src) (Metrics.get_cache ())));
  Metrics.disable_all (); Metrics.add plain Fun.id (fun f -> f 4);
  Printf.printf "%d %b\n" (Metrics.SM.cardinal (Metrics.get_cache ())) (Metrics.Src.is_active (Metrics.Src.Src src))
