(* packages: mirage-crypto-pk mirage-crypto-rng zarith *)
(* Random numbers from seeds, RSA, DSA and Diffie-Hellman over them. *)
open Mirage_crypto_pk

let hex c = String.concat "" (List.map (fun ch -> Printf.sprintf "%02x" (Char.code ch)) (List.of_seq (String.to_seq (Cstruct.to_string c))))
let say name c = Printf.printf "%s %s\n" name (hex c)
let g = Mirage_crypto_rng.(create ~seed:(Cstruct.of_string "another seed") (module Fortuna))

let () =
  let open Mirage_crypto_rng in
  (* Private keys are used with numbers that are blinded by random ones. *)
  set_default_generator g;
  say "fortuna" (generate ~g 100);
  reseed ~g (Cstruct.of_string "more");
  say "reseeded" (generate ~g 33);
  let h = create ~seed:(Cstruct.of_string "drbg") (module Hmac_drbg (Mirage_crypto.Hash.SHA256)) in
  say "drbg" (generate ~g:h 70);
  Printf.printf "%d %d\n" (block (Some g)) (pools (Some g));
  match generate ~g:(create (module Fortuna)) 1 with
  | _ -> print_endline "drawn unseeded"
  | exception Unseeded_generator -> print_endline "unseeded"

let () =
  let key = Rsa.generate ~g ~bits:512 () in
  let pub = Rsa.pub_of_priv key in
  Printf.printf "n %s\nd %s\n" (Z.to_string pub.n) (Z.to_string key.d);
  let message = Cstruct.of_string "a message" in
  let module H = Mirage_crypto.Hash in
  let c = Rsa.PKCS1.encrypt ~g ~key:pub message in
  say "pkcs1" c;
  (match Rsa.PKCS1.decrypt ~key c with Some m -> print_endline (Cstruct.to_string m) | None -> print_endline "not decrypted");
  let s = Rsa.PKCS1.sign ~hash:`SHA256 ~key (`Message message) in
  say "signature" s;
  Printf.printf "%b %b\n" (Rsa.PKCS1.verify ~hashp:(fun h -> h = `SHA256) ~key:pub ~signature:s (`Message message)) (Rsa.PKCS1.verify ~hashp:(fun _ -> true) ~key:pub ~signature:s (`Message (Cstruct.of_string "no")));
  let module Oaep = Rsa.OAEP (H.SHA1) in
  let c = Oaep.encrypt ~g ~key:pub message in
  say "oaep" c;
  (match Oaep.decrypt ~key c with Some m -> print_endline (Cstruct.to_string m) | None -> print_endline "not decrypted");
  let module Pss = Rsa.PSS (H.SHA1) in
  let s = Pss.sign ~g ~key (`Message message) in
  say "pss" s;
  Printf.printf "%b\n" (Pss.verify ~key:pub ~signature:s (`Message message))

let () =
  let key = Dsa.generate ~g (`Exactly (256, 160)) in
  let pub = Dsa.pub_of_priv key in
  Printf.printf "p %s\nq %s\n" (Z.to_string pub.p) (Z.to_string pub.q);
  let r, s = Dsa.sign ~key (Mirage_crypto.Hash.SHA1.digest (Cstruct.of_string "data")) in
  say "r" r;
  say "s" s;
  Printf.printf "%b\n" (Dsa.verify ~key:pub (r, s) (Mirage_crypto.Hash.SHA1.digest (Cstruct.of_string "data")))

let () =
  let group = Dh.Group.oakley_5 in
  let secret, share = Dh.gen_key ~g ~bits:160 group and secret', share' = Dh.gen_key ~g ~bits:160 group in
  match (Dh.shared secret share', Dh.shared secret' share) with
  | Some a, Some b ->
      say "shared" (Mirage_crypto.Hash.MD5.digest a);
      Printf.printf "%b\n" (Cstruct.equal a b)
  | _ -> print_endline "nothing shared"
