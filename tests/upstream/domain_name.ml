(* packages: domain-name *)
let () =
  let t s = match Domain_name.of_string s with Error (`Msg m) -> Printf.printf "%S: %s\n" s m | Ok d ->
    Printf.printf "%S %s labels %d host %b\n" s (Domain_name.to_string d) (Domain_name.count_labels d) (match Domain_name.host d with Ok _ -> true | Error _ -> false) in
  List.iter t [ "example.com"; "_tcp.Example.com."; "a..b"; "-x.org"; String.make 70 'a' ^ ".x"; "xn--bcher-kva.example" ];
  let d = Domain_name.of_string_exn "www.mirage.io" in
  Printf.printf "%b\n" (Domain_name.is_subdomain ~subdomain:d ~domain:(Domain_name.of_string_exn "MIRAGE.io"));
  let m = Domain_name.Map.(add (Domain_name.raw d) 1 (add (Domain_name.of_string_exn "a.b") 2 empty)) in
  Domain_name.Map.iter (fun k v -> Format.printf "%a %d@." Domain_name.pp k v) m
