(* packages: ipaddr macaddr domain-name *)
let () =
  let open Ipaddr in
  List.iter (fun s -> match of_string s with Ok a -> Printf.printf "%s -> %s\n" s (to_string a) | Error (`Msg m) -> Printf.printf "%s: %s\n" s m)
    [ "192.168.1.1"; "::1"; "2001:db8::ff00:42:8329"; "300.1.1.1"; "1.2.3"; "::ffff:10.0.0.1"; "fe80::1%eth"; "0x7f.1.1.1" ];
  let p = V4.Prefix.of_string_exn "10.1.2.0/23" in
  Printf.printf "%s %s %b %s\n" (V4.to_string (V4.Prefix.broadcast p)) (V4.to_string (V4.Prefix.netmask p)) (V4.Prefix.mem (V4.of_string_exn "10.1.3.7") p) (V4.to_domain_name (V4.of_string_exn "1.2.3.4") |> fun d -> Domain_name.to_string d);
  Printf.printf "%s\n" (V6.Prefix.to_string (V6.Prefix.make 32 (V6.of_string_exn "2001:db8::")));
  Format.printf "%a %a@." pp (V4 V4.localhost) V6.pp V6.localhost;
  Printf.printf "%s\n" (Macaddr.to_string ~sep:'-' (Macaddr.of_string_exn "de:ad:be:ef:00:01"))
