(* packages: yojson *)
let () =
  let s = {|{"a":[1,2.5,true,null,"x\u00e9\n"],"b":{"c":-12345678901234567890,"d":1e10}, "e" : [] /* comment */}|} in
  let j = Yojson.Safe.from_string s in
  print_endline (Yojson.Safe.to_string j); print_endline (Yojson.Safe.pretty_to_string j);
  let open Yojson.Basic.Util in
  let b = Yojson.Basic.from_string {|{"users":[{"name":"ann","age":3},{"name":"bob","age":4}]}|} in
  print_endline (String.concat "," (b |> member "users" |> to_list |> List.map (fun u -> to_string (member "name" u))));
  Printf.printf "%d\n" (b |> member "users" |> to_list |> filter_member "age" |> filter_int |> List.fold_left ( + ) 0);
  (try ignore (Yojson.Safe.from_string "{\"a\": [1, }") with Yojson.Json_error m -> print_endline m);
  (try ignore (member "x" (`Int 3)) with Type_error (m, _) -> print_endline m);
  print_endline (Yojson.Safe.to_string (`Variant ("V", Some (`Tuple [ `Int 1; `Intlit "9999" ]))));
  print_endline (Yojson.Raw.to_string (Yojson.Raw.from_string "[1.10, \"\\u0041\"]"));
  Format.printf "%a@." (Yojson.Safe.pretty_print ~std:true) j; Printf.printf "%b\n" (Yojson.Safe.equal j (Yojson.Safe.from_string (Yojson.Safe.to_string j)));
  print_endline (Yojson.Safe.show (`List [ `Float 1.0; `Assoc [ "k", `Bool false ] ]))
