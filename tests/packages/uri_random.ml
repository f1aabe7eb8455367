(* URIs made of random pieces: components, texts, resolution. oracle: uri *)
let seed = ref 1

let random n =
  seed := ((!seed * 1103515245) + 12345) land 0x3fffffff;
  (!seed lsr 12) mod n

let pick l = List.nth l (random (List.length l))

let piece () =
  pick
    [ "a"; "b"; "example"; ".org"; "."; ".."; "/"; "/"; "/"; "//"; ":"; "@"; "?"; "#"; "%20"; "%2Fz"; "%41"; "%e9"; "%"; "%zz"; "&"; "="; ";"; ","; "+"; " "; "~"; "'"; "("; "*"; "80"; "443"; "8x"; "[::1]"; "["; "http:"; "https:"; "mailto:"; "file:"; "urn:"; "\xc3\xa9"; "<"; "\""; "!"; "$"; "-"; "_"; "|"; "^" ]

let text () = String.concat "" (List.init (random 7) (fun _ -> piece ()))

(* Texts that are no URIs are read in many ways; these are. *)
let uri () =
  match random 3 with
  | 0 -> pick [ "a/"; "./a"; "/a"; "?"; "#"; "a/b/" ] ^ text ()
  | _ ->
      pick [ "http"; "git"; "x+y"; "HTTPS"; "file" ] ^ "://" ^ pick [ "host"; "user@Host"; "a:b@h.example:8080"; "u%40:p%3a@h"; "1.2.3.4"; "h%20x" ]
      ^ pick [ "/"; "/x/"; "?"; "#"; "/?" ] ^ text ()

let option = function None -> "-" | Some s -> Printf.sprintf "%S" s

let show u =
  Printf.printf "%S %s %s %s %s %S %S %s %s %s\n" (Uri.to_string u) (option (Uri.scheme u)) (option (Uri.userinfo u)) (option (Uri.host u))
    (match Uri.port u with None -> "-" | Some p -> string_of_int p)
    (Uri.path u) (Uri.path_and_query u)
    (String.concat "," (List.map (fun (k, vs) -> Printf.sprintf "%S=%s" k (String.concat "|" (List.map (Printf.sprintf "%S") vs))) (Uri.query u)))
    (option (Uri.fragment u))
    (option (Uri.verbatim_query u))

let () =
  let encoder = Uri.pct_encoder ~path:`Generic ~query_value:`Path ~fragment:(`Custom (`Generic, "/", "a")) () in
  for _ = 1 to 700 do
    let s = uri () in
    Printf.printf "%S: " s;
    let u = Uri.of_string s in
    show u;
    if random 3 = 0 then begin
      let base = Uri.of_string (pick [ "http://a/b/c/d;p?q"; "http://h"; "file:///x/y"; "mailto:me@x" ]) in
      Printf.printf "  resolved %S\n" (Uri.to_string (Uri.resolve "http" base u))
    end;
    if random 4 = 0 then Printf.printf "  canonical %S\n" (Uri.to_string (Uri.canonicalize u));
    if random 4 = 0 then Printf.printf "  encoded %S\n" (Uri.to_string ~pct_encoder:encoder u);
    if random 4 = 0 then Printf.printf "  with %S\n" (Uri.to_string (Uri.with_path (Uri.with_query' u [ ("k", text ()); (text (), "v") ]) (text ())));
    if random 6 = 0 then Printf.printf "  coded %S %S\n" (Uri.pct_encode ~component:(pick [ `Host; `Path; `Query_key; `Query_value; `Userinfo; `Fragment; `Scheme; `Query; `Authority; `Generic ]) s) (Uri.pct_decode s)
  done
