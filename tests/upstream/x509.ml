(* packages: x509 mirage-crypto-rng ptime *)
(* Keys from seeds, requests, certificates that sign each other, chains that hold and that do not, revocation. *)
open X509

let () = Mirage_crypto_rng.(set_default_generator (create ~seed:(Cstruct.of_string "certificates") (module Fortuna)))
let date y m d = match Ptime.of_date (y, m, d) with Some t -> t | None -> assert false
let valid_from = date 2020 1 1
let valid_until = date 2030 1 1
let now = date 2025 6 1
let get what = function Ok x -> x | Error (`Msg m) -> failwith (what ^ ": " ^ m)
let name cn = [ Distinguished_name.(Relative_distinguished_name.singleton (CN cn)); Distinguished_name.(Relative_distinguished_name.singleton (O "Makers & Söhne, Ltd")) ]
let key kind name = Private_key.generate ~seed:(Cstruct.of_string name) ~bits:1024 kind
let domain s = Domain_name.(host_exn (of_string_exn s))

let ca_extensions ca =
  let id = Public_key.id (Private_key.public ca) in
  Extension.(
    empty
    |> add Basic_constraints (true, (true, Some 1))
    |> add Key_usage (true, [ `Key_cert_sign; `CRL_sign; `Digital_signature ])
    |> add Subject_key_id (false, id))

let leaf_extensions host =
  Extension.(
    empty
    |> add Basic_constraints (true, (false, None))
    |> add Key_usage (true, [ `Digital_signature; `Key_encipherment ])
    |> add Ext_key_usage (false, [ `Server_auth; `Client_auth ])
    |> add Subject_alt_name (false, General_name.(singleton DNS [ host; "*.wild." ^ host ])))

let sign ?serial request ca ca_name extensions =
  match Signing_request.sign request ~valid_from ~valid_until ~extensions ~serial:(Z.of_int (Option.value serial ~default:77)) ca ca_name with
  | Ok c -> c
  | Error e -> Format.kasprintf failwith "%a" Validation.pp_signature_error e

let kinds : (string * Key_type.t) list = [ ("rsa", `RSA); ("ed25519", `ED25519); ("p256", `P256); ("p384", `P384); ("p521", `P521) ]

let chain name_ kind =
  let ca_key = key kind (name_ ^ " ca") and leaf_key = key `P256 (name_ ^ " leaf") in
  let ca_name = name ("ca " ^ name_) in
  let ca_request = get "request" (Signing_request.create ca_name ca_key) in
  let ca = sign ca_request ca_key ca_name (ca_extensions ca_key) in
  let host = name_ ^ ".example.org" in
  let request = get "request" (Signing_request.create (name host) leaf_key) in
  let leaf = sign ~serial:4711 request ca_key ca_name (leaf_extensions host) in
  (ca_key, ca, leaf, host)

let validate ?revoked ?(time = now) ca certificates host =
  match Validation.verify_chain_of_trust ?revoked ~host:(Some (domain host)) ~time:(fun () -> Some time) ~anchors:[ ca ] certificates with
  | Ok (Some (chain, anchor)) -> Format.printf "%s: chain of %d to %a@." host (List.length chain) Distinguished_name.pp (Certificate.subject anchor)
  | Ok None -> Format.printf "%s: no chain@." host
  | Error e -> Format.printf "%s: %a@." host Validation.pp_validation_error e

let () =
  List.iter
    (fun (name_, kind) ->
      let ca_key, ca, leaf, host = chain name_ kind in
      print_string (Cstruct.to_string (Private_key.encode_pem ca_key));
      print_string (Cstruct.to_string (Public_key.encode_pem (Private_key.public ca_key)));
      if name_ <> "rsa" then print_string (Cstruct.to_string (Certificate.encode_pem leaf));
      Format.printf "%a@." Certificate.pp leaf;
      (match Certificate.decode_pem (Certificate.encode_pem ca) with Ok c -> Format.printf "%b@." (Certificate.encode_der c = Certificate.encode_der ca) | Error (`Msg m) -> print_endline m);
      validate ca [ leaf ] host;
      validate ca [ leaf ] ("a.wild." ^ host);
      validate ca [ leaf ] "elsewhere.example.org";
      validate ~time:(date 2031 1 1) ca [ leaf ] host;
      validate ca [ ca ] host;
      let _, other, _, _ = chain ("other " ^ name_) kind in
      validate other [ leaf ] host;
      let data = `Message (Cstruct.of_string "signed") in
      let scheme = match kind with `RSA -> Some `RSA_PKCS1 | _ -> None in
      let hash = match kind with `ED25519 -> `SHA512 | _ -> `SHA256 in
      match Private_key.sign hash ?scheme ca_key data with
      | Error (`Msg m) -> print_endline m
      | Ok signature ->
          let pub = Private_key.public ca_key in
          let scheme = match kind with `RSA -> `RSA_PKCS1 | `ED25519 -> `ED25519 | _ -> `ECDSA in
          let verdict data = match Public_key.verify hash ~scheme ~signature pub data with Ok () -> "good" | Error (`Msg m) -> m in
          Printf.printf "%s, %s\n" (verdict data) (verdict (`Message (Cstruct.of_string "forged"))))
    kinds

let () =
  let ca_key, ca, leaf, host = chain "revoker" `P384 in
  let crl = get "crl" (CRL.revoke ~issuer:(Certificate.subject ca) ~this_update:valid_from ~next_update:valid_until [ { CRL.serial = Z.of_int 4711; date = valid_from; extensions = Extension.empty } ] ca_key) in
  (match CRL.verify crl ~time:now ca with Ok () -> print_endline "the list holds" | Error e -> Format.printf "%a@." CRL.pp_verification_error e);
  let revoked ~issuer ~cert = CRL.is_revoked [ crl ] ~issuer ~cert in
  validate ~revoked ca [ leaf ] host;
  match CRL.decode_der (CRL.encode_der crl) with
  | Ok c -> Format.printf "%d revoked by %a@." (List.length (CRL.revoked_certificates c)) Distinguished_name.pp (CRL.issuer c)
  | Error (`Msg m) -> print_endline m

let () =
  List.iter
    (fun text -> match Certificate.decode_pem (Cstruct.of_string text) with Ok _ -> print_endline "a certificate" | Error (`Msg m) -> print_endline m)
    [ ""; "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"; "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n" ]
