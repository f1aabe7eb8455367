(* packages: macaddr ipaddr ipaddr-cstruct cstruct *)
let () =
  let m = Macaddr.of_string_exn "02:00:5e:10:00:01" in
  Printf.printf "%s %b %b\n" (Macaddr.to_string ~sep:'-' m) (Macaddr.is_local m) (Macaddr.is_unicast m);
  (match Macaddr.of_string "zz" with Error (`Msg e) -> print_endline e | Ok _ -> ());
  let p = Ipaddr.V4.Prefix.of_string_exn "10.1.2.3/20" in
  Format.printf "%a %a %b@." Ipaddr.V4.Prefix.pp p Ipaddr.V4.pp (Ipaddr.V4.Prefix.broadcast p) (Ipaddr.V4.Prefix.mem (Ipaddr.V4.of_string_exn "10.1.15.255") p);
  let c = Cstruct.create 16 in
  Ipaddr_cstruct.V4.write_cstruct_exn (Ipaddr.V4.of_string_exn "1.2.3.4") c; Cstruct.hexdump (Cstruct.sub c 0 4);
  Format.printf "%a@." Ipaddr.pp (Ipaddr.of_string_exn "::ffff:1.2.3.4");
  Format.printf "%s@." (Ipaddr.V6.to_string (Ipaddr.V6.of_string_exn "2001:db8:0:0:1::1"));
  (match Ipaddr.V6.of_string "1::2::3" with Error (`Msg e) -> print_endline e | Ok _ -> ());
  (match Ipaddr.with_port_of_string ~default:80 "[::1]:8080" with Ok (a, p) -> Format.printf "%a %d@." Ipaddr.pp a p | Error (`Msg e) -> print_endline e)
