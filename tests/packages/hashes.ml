(* Hash functions; the digests are those of Python's hashlib. *)
let hex = Eqaf.hex_of_string
let () =
  let data = List.map (fun n -> String.init n (fun i -> Char.chr ((i * 7 + n) land 255))) [0;1;3;55;56;57;63;64;65;71;72;73;103;104;111;112;113;127;128;129;135;136;137;143;144;145;255;256;257;1000;4097] in
  let run name (module H : Digestif.S) =
    List.iter (fun d -> Printf.printf "%s %d %s %s\n" name (String.length d) (H.to_hex (H.digest_string d)) (H.to_hex (H.hmac_string ~key:(String.sub "secretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkeysecretkey" 0 (min 170 (String.length d))) d));
      let c = ref H.empty in String.iteri (fun i ch -> if i mod 3 = 0 then c := H.feed_string !c (String.sub d i (min 3 (String.length d - i)))) d; assert (H.equal (H.get !c) (H.digest_string d)); assert (H.equal (H.get !c) (H.digest_string d))) data in
  run "md5" (module Digestif.MD5); run "sha1" (module Digestif.SHA1); run "sha224" (module Digestif.SHA224); run "sha256" (module Digestif.SHA256); run "sha384" (module Digestif.SHA384); run "sha512" (module Digestif.SHA512); run "sha3_224" (module Digestif.SHA3_224); run "sha3_256" (module Digestif.SHA3_256); run "sha3_384" (module Digestif.SHA3_384); run "sha3_512" (module Digestif.SHA3_512); run "blake2b" (module Digestif.BLAKE2B); run "blake2s" (module Digestif.BLAKE2S);
  print_endline ("rmd " ^ Digestif.RMD160.(to_hex (digest_string "abc")) ^ Digestif.RMD160.(to_hex (digest_string "")));
  print_endline ("kec " ^ Digestif.KECCAK_256.(to_hex (digest_string "")));
  print_endline ("keyed " ^ Digestif.BLAKE2B.(to_hex (Keyed.mac_string ~key:"key" "hello")) ^ Digestif.BLAKE2S.(to_hex (Keyed.mac_string ~key:"key" "hello")) ^ Digestif.BLAKE2S.(to_hex (Keyed.mac_string ~key:"key" "")));
  let module B = Digestif.Make_BLAKE2B (struct let digest_size = 20 end) in print_endline ("b20 " ^ B.to_hex (B.digest_string "hello"));
  print_endline (Digestif.to_hex Digestif.sha256 (Digestif.digest_string Digestif.sha256 "abc"));
  print_endline (Digestif.(to_hex md5 (of_digest (module MD5) (MD5.digest_string "abc")))); let b = Bigarray.Array1.create Bigarray.char Bigarray.c_layout 10000 in Bigarray.Array1.fill b 'x'; print_endline Digestif.SHA256.(to_hex (digest_bigstring b));
  (* Whirlpool's digests are OpenSSL's. *)
  List.iter (fun d -> Printf.printf "whirlpool %d %s\n" (String.length d) Digestif.WHIRLPOOL.(to_hex (digest_string d))) data;
  let by_value : type k. k Digestif.hash -> string = fun hash -> let (module H) = Digestif.module_of hash in H.to_hex (H.hmac_get (H.hmac_feedi_string (H.hmac_init ~key:"k") (fun f -> f "a"; f "bc"))) in
  print_endline (by_value Digestif.sha1 ^ " " ^ Digestif.(to_hex sha1 (hmaci_string sha1 ~key:"k" (fun f -> f "abc"))));
  let module H = (val Digestif.module_of_hash' `BLAKE2S) in Printf.printf "%d\n" H.digest_size;
  Printf.printf "%b %b %b\n" (Digestif.SHA256.of_hex_opt "ag" = None) (Digestif.SHA256.consistent_of_hex_opt "ab" = None) (Digestif.MD5.consistent_of_hex_opt (String.concat " " (List.init 16 (fun _ -> "ab"))) <> None);
  print_endline Digestif.(MD5.(to_hex (of_hex "ab cd")))
