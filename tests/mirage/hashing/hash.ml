let input = Cmdliner.Arg.(required & pos 0 (some string) None & info [] ~docv:"TEXT")

let start text =
  Printf.printf "sha256 %s\n" Digestif.SHA256.(to_hex (digest_string text));
  Printf.printf "blake2b %s\n" (String.sub Digestif.BLAKE2B.(to_hex (digest_string text)) 0 32);
  Printf.printf "hmac %s\n" Digestif.SHA1.(to_hex (hmac_string ~key:"key" text));
  Printf.printf "crc32 %s\n" (Format.asprintf "%a" Optint.pp (Checkseum.Crc32.digest_string text 0 (String.length text) Checkseum.Crc32.default));
  Printf.printf "base64 %s\n" (Base64.encode_exn text);
  Printf.printf "hex %s\n" (Ohex.encode text);
  Lwt.return_unit
