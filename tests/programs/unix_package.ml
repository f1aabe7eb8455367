(* needs OCaml 5: made with the real Unix. skip: evaluator *)
let p = print_endline
let tm (t : Unix.tm) = Printf.sprintf "%d-%d-%d %d:%d:%d w%d y%d %b" t.tm_year t.tm_mon t.tm_mday t.tm_hour t.tm_min t.tm_sec t.tm_wday t.tm_yday t.tm_isdst
let e f = try f () with Unix.Unix_error (er, a, b) -> p (Printf.sprintf "UE %s %s %s" (Unix.error_message er) a b) | Failure m -> p ("F " ^ m) | Invalid_argument m -> p ("IA " ^ m)
let () =
  List.iter (fun t -> p (tm (Unix.gmtime t)); ()) [0.; 1e9; 951782400.; 951868800.; -1.; -86401.5; 4102444800.; 1700000000.9; -2208988800.; -62135596800.; 253402300799.; 1e11];
  List.iter (fun s -> e (fun () -> let a = Unix.inet_addr_of_string s in p (s ^ " -> " ^ Unix.string_of_inet_addr a ^ string_of_bool (Unix.is_inet6_addr a)))) ["1.2.3.4";"255.255.255.255";"256.1.1.1";"1.2.3";"";"::1";"::";"fe80::1:2";"1:2:3:4:5:6:7:8";"1:2:3:4:5:6:7";"2001:db8:0:0:1:0:0:1";"::ffff:1.2.3.4";"1::2::3";"g::";"0:0:0:0:0:0:0:0";"1:0:0:2:0:0:0:3";"::1.2.3.4";"a:b:c:d:e:f:0:1"];
  p (Unix.string_of_inet_addr Unix.inet_addr_any ^ Unix.string_of_inet_addr Unix.inet_addr_loopback ^ Unix.string_of_inet_addr Unix.inet6_addr_loopback);
  p (Printexc.to_string (Unix.Unix_error (Unix.ENOENT, "open", "x"))); p (Printexc.to_string (Unix.Unix_error (Unix.EUNKNOWNERR 999, "open", "x"))); List.iter (fun x -> p (Unix.error_message x)) [Unix.E2BIG; Unix.EWOULDBLOCK; Unix.EOVERFLOW; Unix.EUNKNOWNERR 999];
  let r, w = Unix.pipe () in ignore (Unix.write_substring w "pipe" 0 4); let b = Bytes.make 10 '.' in p (string_of_int (Unix.read r b 1 9)); p (Bytes.to_string b);
  let oc = Unix.out_channel_of_descr w in output_string oc "via channel\n"; close_out oc; let ic = Unix.in_channel_of_descr r in p (input_line ic); close_in ic;
  e (fun () -> Unix.close r); e (fun () -> ignore (Unix.openfile "/nonexistent/x" [Unix.O_RDONLY] 0)); e (fun () -> ignore (Unix.stat "/nonexistent")); e (fun () -> ignore (Unix.opendir "/nonexistent"));
  p (string_of_bool ((Unix.stat "/").st_kind = Unix.S_DIR)); p (string_of_bool (Unix.getpid () > 1))
