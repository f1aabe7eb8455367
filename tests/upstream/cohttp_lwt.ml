(* packages: cohttp-lwt lwt.unix ppx_sexp_conv.runtime-lib ppx_hash.runtime-lib *)
module Body = Cohttp_lwt.Body

let text body = Lwt_main.run (Body.to_string body)

let () =
  let parts = Body.of_string_list [ "a"; "b" ] in
  Printf.printf "%s %s %b\n" (text (Body.of_string "hello")) (text (Body.map String.uppercase_ascii parts)) (Lwt_main.run (Body.is_empty Body.empty));
  print_endline (match Body.transfer_encoding parts with Cohttp.Transfer.Chunked -> "chunked" | Fixed n -> Int64.to_string n | Unknown -> "unknown");
  let length, body = Lwt_main.run (Body.length (Body.of_stream (Lwt_stream.of_list [ "x"; "yz" ]))) in
  Printf.printf "%Ld %s\n" length (text body);
  print_endline (Sexplib0.Sexp.to_string (Ppx_sexp_conv_lib.Conv.sexp_of_list Ppx_sexp_conv_lib.Conv.sexp_of_int [ 1; 2 ]));
  Printf.printf "%d\n" (Ppx_hash_lib.Std.Hash.of_fold (Ppx_hash_lib.Std.Hash.Builtin.hash_fold_list Ppx_hash_lib.Std.Hash.Builtin.hash_fold_int) [ 1; 2; 3 ])
