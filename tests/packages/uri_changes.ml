(* URIs changed component by component. oracle: uri *)
let p = print_endline
let o = function None -> "none" | Some s -> "some " ^ s
let show u = p (Uri.to_string u ^ " | " ^ o (Uri.scheme u) ^ " | " ^ o (Uri.userinfo u) ^ " | " ^ o (Uri.user u) ^ " | " ^ o (Uri.password u) ^ " | " ^ o (Uri.host u) ^ " | " ^ (match Uri.port u with None -> "none" | Some n -> string_of_int n) ^ " | " ^ Uri.path u ^ " | " ^ o (Uri.verbatim_query u) ^ " | " ^ o (Uri.fragment u) ^ " | " ^ Uri.path_and_query u ^ " | " ^ Uri.host_with_default u)
let () =
  let us = List.map Uri.of_string [ ""; "a"; "/a/b"; "http://h"; "http://u:p@h:80/p?q=1#f"; "//h/p"; "mailto:a@b"; "http://h/p%20q?a=b%26c&d"; "?x=y"; "#f"; "http://h?a=1,2&b"; "file:///etc/x"; "http://u@h" ] in
  List.iter (fun u ->
    show u;
    List.iter (fun f -> show (f u)) [
      (fun u -> Uri.with_userinfo u (Some "x:y")); (fun u -> Uri.with_userinfo u None); (fun u -> Uri.with_password u (Some "pw")); (fun u -> Uri.with_password u None);
      (fun u -> Uri.with_host u (Some "new")); (fun u -> Uri.with_host u None); (fun u -> Uri.with_port u (Some 99)); (fun u -> Uri.with_port u None);
      (fun u -> Uri.with_scheme u (Some "ftp")); (fun u -> Uri.with_scheme u None); (fun u -> Uri.with_path u "x y/z"); (fun u -> Uri.with_path u "/abs"); (fun u -> Uri.with_path u "");
      (fun u -> Uri.with_fragment u (Some "fr ag")); (fun u -> Uri.with_fragment u None);
      (fun u -> Uri.with_query u [ "k", [ "v"; "w x" ]; "l", [] ]); (fun u -> Uri.with_query' u [ "k", "a&b" ]); (fun u -> Uri.add_query_param u ("z", [ "1" ])); (fun u -> Uri.add_query_param' u ("z", "a=b"));
      (fun u -> Uri.add_query_params u [ "m", [ "1"; "2" ]; "n", [] ]); (fun u -> Uri.remove_query_param u "a"); (fun u -> Uri.remove_query_param u "q"); (fun u -> Uri.canonicalize u);
      (fun u -> Uri.with_uri ~scheme:(Some "s") ~port:(Some 1) ~query:(Some [ "q", [] ]) u); (fun u -> Uri.with_uri ~userinfo:(Some "me") ~path:(Some "pp") ~fragment:None u); (fun u -> Uri.resolve "http" (Uri.of_string "http://base/x/y?z") u) ];
    p (o (Uri.get_query_param u "a")); p (match Uri.get_query_param' u "a" with None -> "none" | Some l -> String.concat ";" l);
    p (String.concat "&" (List.map (fun (k, v) -> k ^ "=" ^ String.concat "|" v) (Uri.query u)))) us;
  show (Uri.make ()); show (Uri.make ~scheme:"http" ~host:"h" ~path:"p" ()); show (Uri.make ~path:"a b" ~query:[ "x", [ "1" ] ] ()); show (Uri.make ~port:3 ()); show (Uri.make ~userinfo:"u" ~host:"h" ~fragment:"f" ());
  p (Uri.encoded_of_query [ "a b", [ "c,d"; "e" ]; "f", [] ]);
  p (Uri.pct_encode ~component:`Query_value "a,b&c=d+e f/?:@"); p (Uri.pct_encode "a,b&c=d+e f/?:@"); p (Uri.pct_encode ~component:`Userinfo "a:b@c"); p (Uri.pct_decode "a%20b%2"); p (Uri.pct_encode ~component:`Host "a:b c"); p (Uri.pct_encode ~component:`Fragment "a#b%"); p (Uri.pct_encode ~component:`Scheme "a+b:c"); p (Uri.pct_encode ~component:`Generic "a+b:c/")
