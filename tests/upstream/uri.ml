(* packages: uri uri.services *)
let () =
  let u = Uri.of_string "http://us%20er:pw@ex.com:8080/a/../b%2Fc;p?q=1&q=2,3&r#frag" in
  let s o = Option.value ~default:"-" o in
  Printf.printf "%s %s %s %s %s\n" (s (Uri.scheme u)) (s (Uri.host u)) (s (Uri.userinfo u)) (Uri.path u) (s (Uri.fragment u));
  List.iter (fun (k, vs) -> Printf.printf "%s=%s\n" k (String.concat "|" vs)) (Uri.query u);
  print_endline (Uri.to_string (Uri.with_query' u [ "x y", "é&" ]));
  print_endline (Uri.to_string (Uri.resolve "http" (Uri.of_string "http://a/b/c/d;p?q") (Uri.of_string "../../g?y")));
  print_endline (Uri.pct_encode ~component:`Query_value "a+b c/d?");
  print_endline (Uri.pct_decode "%41%zz");
  print_endline (Uri.to_string (Uri.canonicalize (Uri.of_string "HTTP://EX.com:80/%7Eu")));
  print_endline (Uri.to_string (Uri.make ~scheme:"https" ~host:"h" ~port:443 ~path:"p" ~query:[ "a", [ "b"; "c" ] ] ()));
  (match Uri_services.tcp_port_of_uri ~default:"http" (Uri.of_string "ftp://x") with Some p -> print_int p | None -> ()); print_newline ();
  print_endline (Uri.to_string (Uri.add_query_param' (Uri.of_string "/x?") ("k", "v")))
