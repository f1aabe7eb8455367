(* packages: cohttp uri *)
(* Headers, cookies, methods and codes, accepted media, links; without input and output. *)
open Cohttp

let () =
  let h = Header.of_list [ ("Content-Type", "text/html; charset=utf-8"); ("accept", "text/plain;q=0.3, text/html, */*;q=0.1"); ("Set-Cookie", "a=1"); ("set-cookie", "b=2; Path=/; Secure; HttpOnly") ] in
  print_string (Header.to_string h);
  let h = Header.add (Header.replace h "Accept" "image/*;q=0.5;level=1") "X-One" "1, 2" in
  let h = Header.add_multi h "Vary" [ "Accept"; "Cookie" ] in
  List.iter (fun (k, v) -> Printf.printf "%s=%s\n" k v) (Header.to_list h);
  Printf.printf "%b %s %d\n" (Header.mem h "CONTENT-TYPE") (Option.value (Header.get h "x-one") ~default:"-") (List.length (Header.get_multi h "vary"));
  List.iter (fun (q, r) -> Printf.printf "%d %s\n" q (Accept.string_of_media_range r q)) (Accept.media_ranges (Header.get h "accept"));
  List.iter (fun (q, c) -> print_endline (Accept.string_of_charset c q)) (Accept.charsets (Some "utf-8, iso-8859-1;q=0.5, *;q=0.1"));
  List.iter (fun (q, e) -> print_endline (Accept.string_of_encoding e q)) (Accept.encodings (Some "gzip;q=0.7,identity,deflate"));
  List.iter (fun (q, l) -> print_endline (Accept.string_of_language l q)) (Accept.languages (Some "de-CH, de;q=0.9, *;q=0.2"));
  List.iter (fun (k, c) -> Printf.printf "%s -> %s %b %b\n" k (Cookie.Set_cookie_hdr.value c) (Cookie.Set_cookie_hdr.secure c) (Cookie.Set_cookie_hdr.http_only c)) (Cookie.Set_cookie_hdr.extract h);
  let k, v = Cookie.Set_cookie_hdr.(serialize (make ~expiration:(`Max_age 3600L) ~path:"/x" ~domain:"example.org" ~secure:true ("id", "42"))) in
  Printf.printf "%s: %s\n" k v;
  let k, v = Cookie.Cookie_hdr.serialize [ ("a", "1"); ("b", "x y") ] in
  Printf.printf "%s: %s\n" k v;
  List.iter (fun (k, v) -> Printf.printf "%s=%s;" k v) (Cookie.Cookie_hdr.extract (Header.init_with k v));
  print_newline ();
  let h = Header.add_authorization (Header.init ()) (`Basic ("user", "pass:word")) in
  print_string (Header.to_string h);
  match Header.get_authorization h with Some (`Basic (u, p)) -> Printf.printf "%s %s\n" u p | _ -> print_endline "?"

let () =
  List.iter (fun c -> Printf.printf "%s %b %b\n" (Code.string_of_status c) (Code.is_error (Code.code_of_status c)) (Code.is_redirection (Code.code_of_status c))) [ `OK; `Not_found; `Found; `Code 299; `I_m_a_teapot; `Internal_server_error ];
  List.iter (fun m -> print_endline (Code.string_of_method (Code.method_of_string m))) [ "GET"; "PATCH"; "PURGE" ];
  List.iter (fun v -> print_endline (Code.string_of_version (Code.version_of_string v))) [ "HTTP/1.1"; "HTTP/1.0"; "HTTP/3" ];
  print_endline (Transfer.string_of_encoding Transfer.Chunked);
  Printf.printf "%s\n" (Path.resolve_local_file ~docroot:"/srv" ~uri:(Uri.of_string "/a/../../b%20c") );
  List.iter (fun l -> print_endline (Link.to_string l)) (Link.of_string "</a>; rel=\"next\"; title=\"x\", <http://b/>; rel=prev")
