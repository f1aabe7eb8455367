(* packages: mirage-crypto-ec mirage-crypto-rng *)
(* The curves of NIST and those over 2^255 - 19: keys, exchanges, signatures, and what must be refused. *)
open Mirage_crypto_ec

let hex c = String.concat "" (List.map (fun ch -> Printf.sprintf "%02x" (Char.code ch)) (List.of_seq (String.to_seq (Cstruct.to_string c))))
let say name c = Printf.printf "%s %s\n" name (hex c)
let g = Mirage_crypto_rng.(create ~seed:(Cstruct.of_string "a seed of some length") (module Fortuna))

let result name = function
  | Ok c -> say name c
  | Error e -> Format.printf "%s: %a@." name pp_error e

module Curve (C : Dh_dsa) = struct
  let run name =
    let say what = say (name ^ " " ^ what) and n = C.Dsa.byte_length in
    let secret, share = C.Dh.gen_key ~g () in
    let secret', share' = C.Dh.gen_key ~g () in
    say "share" share;
    result "one" (C.Dh.key_exchange secret share');
    result "other" (C.Dh.key_exchange secret' share);
    let exchange what c = result what (C.Dh.key_exchange secret c) in
    exchange "nothing" Cstruct.empty;
    exchange "infinity" (Cstruct.create 1);
    exchange "short" (Cstruct.sub share' 0 n);
    exchange "form" (Cstruct.append (Cstruct.of_string "\x05") (Cstruct.shift share' 1));
    exchange "range" (Cstruct.append (Cstruct.of_string "\x04") (Cstruct.of_string (String.make (2 * n) '\xff')));
    let off = Cstruct.of_string (Cstruct.to_string share') in
    Cstruct.set_uint8 off (2 * n) (Cstruct.get_uint8 off (2 * n) lxor 1);
    exchange "off the curve" off;
    (match C.Dh.secret_of_cs ~compress:(name <> "P224") (Cstruct.of_string (String.make (n - 1) '\000' ^ "\x03")) with
    | Ok (_, c) -> say "thrice" c
    | Error _ -> print_endline "no secret");
    (match C.Dh.secret_of_cs (Cstruct.create n) with Ok _ -> print_endline "zero is a secret" | Error e -> Format.printf "zero: %a@." pp_error e);
    let key, pub = C.Dsa.generate ~g () in
    say "priv" (C.Dsa.priv_to_cstruct key);
    say "pub" (C.Dsa.pub_to_cstruct pub);
    let message = Mirage_crypto.Hash.SHA224.digest (Cstruct.of_string name) in
    let r, s = C.Dsa.sign ~key message in
    say "r" r;
    say "s" s;
    Printf.printf "%b " (C.Dsa.verify ~key:pub (r, s) message);
    Printf.printf "%b " (C.Dsa.verify ~key:pub (s, r) message);
    Printf.printf "%b " (C.Dsa.verify ~key:pub (r, Cstruct.create n) message);
    Printf.printf "%b\n" (C.Dsa.verify ~key:pub (r, s) (Mirage_crypto.Hash.SHA224.digest Cstruct.empty));
    (* The sum of the base point and itself, and of a point and its opposite. *)
    (match C.Dsa.priv_of_cstruct (Cstruct.of_string (String.make (n - 1) '\000' ^ "\x01")) with
    | Error _ -> print_endline "no key"
    | Ok key ->
        let pub = C.Dsa.pub_of_priv key in
        say "base" (C.Dsa.pub_to_cstruct pub);
        let r, s = C.Dsa.sign ~key message in
        Printf.printf "%b\n" (C.Dsa.verify ~key:pub (r, s) message));
    match C.Dsa.pub_of_cstruct (C.Dsa.pub_to_cstruct ~compress:true pub) with
    | Ok p -> Printf.printf "compressed %b\n" (Cstruct.equal (C.Dsa.pub_to_cstruct p) (C.Dsa.pub_to_cstruct pub))
    | Error e -> Format.printf "compressed: %a@." pp_error e
end

module C224 = Curve (P224)
module C256 = Curve (P256)
module C384 = Curve (P384)
module C521 = Curve (P521)

let () =
  C224.run "P224";
  C256.run "P256";
  C384.run "P384";
  C521.run "P521"

let cs s = Cstruct.of_hex s

let () =
  let secret, share = X25519.gen_key ~g () and secret', share' = X25519.gen_key ~g () in
  say "x25519" share;
  result "one" (X25519.key_exchange secret share');
  result "other" (X25519.key_exchange secret' share);
  result "short" (X25519.key_exchange secret (Cstruct.sub share 0 31));
  List.iter
    (fun (name, c) -> result name (X25519.key_exchange secret (cs c)))
    [
      ("zero", String.make 64 '0');
      ("one", "01" ^ String.make 62 '0');
      ("prime", "ed" ^ String.make 60 'f' ^ "7f");
      ("prime and one", "ee" ^ String.make 60 'f' ^ "7f");
      ("prime and two", "ef" ^ String.make 60 'f' ^ "7f");
      ("ones", String.make 64 'f');
    ]

let () =
  for i = 0 to 5 do
    let priv, pub = Ed25519.generate ~g () in
    let msg = Cstruct.of_string (String.make (i * 37) 'm') in
    let signature = Ed25519.sign ~key:priv msg in
    say "ed25519" (Ed25519.pub_to_cstruct pub);
    say "signature" signature;
    let changed at = 
      let c = Cstruct.of_string (Cstruct.to_string signature) in
      Cstruct.set_uint8 c at (Cstruct.get_uint8 c at lxor 16);
      Ed25519.verify ~key:pub c ~msg
    in
    Printf.printf "%b %b %b %b\n" (Ed25519.verify ~key:pub signature ~msg) (changed 0) (changed 40) (changed 63)
  done;
  List.iter
    (fun c -> match Ed25519.pub_of_cstruct (cs c) with Ok p -> say "point" (Ed25519.pub_to_cstruct p) | Error e -> Format.printf "%a@." pp_error e)
    ([ String.make 64 '0'; "01" ^ String.make 62 '0'; "01" ^ String.make 60 '0' ^ "80"; "02" ^ String.make 62 '0'; "ed" ^ String.make 60 'f' ^ "7f"; "ee" ^ String.make 60 'f' ^ "7f"; String.make 64 'f'; "00" ]
    @ List.init 12 (fun i -> Printf.sprintf "%02x%s" (i + 3) (String.make 62 '5')))
