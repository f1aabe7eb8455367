(* What newer versions of the packages have besides: dates by years, English numbers, durations of several parts, sequences of hosts. *)
let p fmt = Format.printf (fmt ^^ "@.")
let () =
  (* 2026-11-27 was a Friday. *)
  let t = Option.get (Ptime.of_date_time ((2026, 11, 27), ((23, 30, 0), 0))) in
  p "%d %d %d" (Ptime.weekday_num t) (Ptime.weekday_num ~tz_offset_s:3600 t) (Ptime.weekday_num Ptime.epoch);
  p "%b" (Ptime.weekday ~tz_offset_s:3600 t = `Sat);
  p "%d %d" (Ptime.to_year t) (Ptime.to_year ~tz_offset_s:3600 (Option.get (Ptime.of_date_time ((2026, 12, 31), ((23, 30, 0), 0)))));
  p "%a %a" Fmt.(option (Ptime.pp_rfc3339 ())) (Ptime.of_year 2024) Fmt.(option ~none:(any "none") (Ptime.pp_rfc3339 ())) (Ptime.of_year 10000);
  p "%a" Fmt.(option (Ptime.pp_rfc3339 ())) (Ptime.of_date ~tz_offset_s:3600 (2024, 1, 1));
  p "%s" (match Ptime.rfc3339_string_error (Ptime.of_rfc3339 "2024-13-01T00:00:00Z") with Ok _ -> "ok" | Error e -> e);
  let file ppf n = Fmt.cardinal ~one:(Fmt.any "file") () ppf n in
  p "%a" Fmt.(list ~sep:sp file) [ 0; 1; -1; 2; 21 ];
  p "%a" Fmt.(list ~sep:sp (ordinal ())) [ 0; 1; 2; 3; 4; 11; 12; 13; 21; 22; 101; 111; -1 ];
  p "%a|%a" Fmt.(if' true int) 1 Fmt.(if' false int) 1;
  List.iter (fun s -> p "%s: %s" s (match Duration.of_string s with Ok t -> Int64.to_string t | Error (`Msg _) -> "no")) [ "1ns"; "2us"; "2\xce\xbcs"; "10ms"; "1d12h"; "1m 30s"; "1d1d"; "1y"; "3x"; ""; "600a" ];
  p "%Ld %s" (Duration.of_string_exn "1h1s") (match Duration.of_string_exn "x" with _ -> "" | exception Invalid_argument _ -> "raises");
  let calls = ref 0 in
  let fib = Lru.memo ~cap:100 (fun fib n -> incr calls; if n < 2 then n else fib (n - 1) + fib (n - 2)) in
  let fifty = fib 50 in
  p "%d %d" fifty !calls;
  let show pp = function Ipaddr.V4 s -> p "v4 %a" Fmt.(list ~sep:sp (using Fun.id pp)) (List.map (Fmt.to_to_string Ipaddr.V4.pp) (List.of_seq s)) | Ipaddr.V6 s -> p "v6 %a" Fmt.(list ~sep:sp pp) (List.map (Fmt.to_to_string Ipaddr.V6.pp) (List.of_seq (Seq.take 3 s))) in
  show Fmt.string (Ipaddr.Prefix.hosts (Ipaddr.Prefix.of_string_exn "10.0.0.0/30"));
  show Fmt.string (Ipaddr.Prefix.hosts (Ipaddr.Prefix.of_string_exn "2001:db8::/64"));
  (match Ipaddr.Prefix.subnets 25 (Ipaddr.Prefix.of_string_exn "10.0.0.0/24") with V4 s -> p "%a" Fmt.(list ~sep:sp Ipaddr.V4.Prefix.pp) (List.of_seq s) | V6 _ -> ());
  let u = Uri.of_string "http://a.example/x%2Fy%20z?q=1" in
  p "%s %s" (Uri.path u) (Uri.path_unencoded u);
  List.iter (fun s -> p "%s" (match Uri.Absolute_http.of_uri (Uri.of_string s) with Ok u -> Uri.Absolute_http.host u | Error (`Msg _) -> "no")) [ "HTTPS://b.example:8443/"; "ftp://b/"; "/x"; "http:/x" ];
  p "%s" Uri.Absolute_http.(to_string (make ~scheme:`Https ~host:"c.example" ~port:1 ~path:"/p q" ()));
  let c = Cstruct.of_string "abcdef" in
  let d = Cstruct.sub_copy c 1 3 in
  Cstruct.set_char c 1 'X';
  p "%s" (Cstruct.to_string d);
  p "%s" (match Cstruct.sub_copy c 4 3 with _ -> "" | exception Invalid_argument _ -> "raises");
  let module Q = Lwt_pqueue.Make (Int) in
  let rec drain q = match Q.lookup_min q with None -> [] | Some n -> n :: drain (Q.remove_min q) in
  let q = List.fold_right Q.add [ 5; 3; 9; 3; 1 ] Q.empty in
  p "%d %a" (Q.size q) Fmt.(list ~sep:sp int) (drain (Q.union q (Q.add 4 Q.empty)));
  let s = Lwt_sequence.create () in
  let task = Lwt.add_task_r s in
  Lwt.wakeup (Lwt_sequence.take_l s) 7;
  let waiting = Lwt.add_task_l s in
  Lwt.cancel waiting;
  p "%b %b %b" (Lwt.state task = Lwt.Return 7) (Lwt_sequence.is_empty s) (Lwt.state waiting = Lwt.Fail Lwt.Canceled);
  let stream = Lwt_stream.of_list [ 1; 2 ] in
  Lwt_stream.junk_available stream;
  p "%b" (Lwt.state (Lwt_stream.get stream) = Lwt.Return None);
  let name () = Lwt.Private.Sequence_associated_storage.(get_from_storage Lwt.Private.tracing_context !current_storage) in
  ignore (Lwt.with_tracing_context "here" (fun () -> p "%a" Fmt.(option string) (name ()); Lwt.return_unit));
  p "%b" (name () = None)

(* Results *)
let () =
  let open Rresult in
  let half n = if n land 1 = 0 then Ok (n / 2) else R.error_msgf "%d is odd" n in
  let show r = p "%a" (R.dump ~ok:Fmt.int ~error:R.pp_msg) r in
  List.iter show [ (half 12 >>= half >>| succ); (half 6 >>= half); R.join (Ok (half 2)); R.reword_error_msg (fun s -> R.msgf "in %s" s) (half 1); R.reword_error_msg ~replace:true (fun _ -> R.msg "other") (half 1) ];
  let raises f = match f () with (_ : int) -> "fine" | exception Invalid_argument s -> "invalid " ^ s | exception Failure s -> "failure " ^ s in
  p "%s %s" (raises (fun () -> R.error_msg_to_invalid_arg (half 3))) (raises (fun () -> R.failwith_error_msg (half 3)));
  (match R.error_exn_trap_to_msg (R.trap_exn (fun () -> raise Exit) ()) with Ok () -> p "fine" | Error (`Msg m) -> p "%s" (List.hd (String.split_on_char '\n' m)));
  p "%d %b %d" (R.ignore_error ~use:(fun _ -> -1) (half 3)) (R.equal ~ok:Int.equal ~error:( = ) (half 4) (Ok 2)) (R.compare ~ok:Int.compare ~error:Stdlib.compare (Ok 1) (R.error_msg ""));
  p "%b" (R.to_presult (half 2) = `Ok 1 && R.of_presult (`Ok 1) = half 2 && R.of_option ~none:(fun () -> half 1) None = half 1)

(* Random numbers of zarith 1.13: which they are is left open, what they lie between is not. *)
let () =
  let ones b from n = Bytes.fill b from n '\xff' in
  p "%a %a %a" Z.pp_print (Z.random_bits_gen ~fill:ones 13) Z.pp_print (Z.random_bits_gen ~fill:ones 0) Z.pp_print (Z.random_bits_gen ~fill:ones 64);
  let calls = ref 0 in
  let falling b from n = incr calls; Bytes.fill b from n (Char.chr (256 - !calls)) in
  let t = Z.random_int_gen ~fill:falling (Z.of_int 254) in
  p "%a %d" Z.pp_print t !calls;
  let rng = Random.State.make [| 1 |] in
  let bound = Z.of_string "1000000000000000000000001" in
  let drawn = List.init 200 (fun _ -> Z.random_int ~rng bound) in
  p "%b %b" (List.for_all (fun t -> Z.sign t >= 0 && Z.lt t bound) drawn) (List.exists (fun t -> Z.numbits t = 80) drawn);
  p "%a %b" Z.pp_print (Z.random_int ~rng Z.one) (Z.numbits (Z.random_bits ~rng 100) <= 100);
  List.iter (fun f -> match f () with (_ : Z.t) -> p "fine" | exception Invalid_argument s -> p "%s" s) [ (fun () -> Z.random_int ~rng Z.zero); (fun () -> Z.random_bits ~rng (-1)) ]
