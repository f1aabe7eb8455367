(* packages: asn1-combinators pbkdf cstruct zarith ptime *)
(* Grammars that encode and decode (DER, BER), what they refuse; keys from passwords. *)
let hex c = String.concat "" (List.map (fun ch -> Printf.sprintf "%02x" (Char.code ch)) (List.of_seq (String.to_seq (Cstruct.to_string c))))

open Asn.S

type shape = Circle of int | Named of string * bool option | Nothing

let shape =
  map
    (function `C1 n -> Circle n | `C2 (s, b) -> Named (s, b) | `C3 () -> Nothing)
    (function Circle n -> `C1 n | Named (s, b) -> `C2 (s, b) | Nothing -> `C3 ())
    (choice3 (explicit 0 int) (implicit 1 (sequence2 (required ~label:"name" utf8_string) (optional ~label:"flag" bool))) null)

let document = sequence3 (required ~label:"version" (explicit 0 integer)) (required ~label:"shapes" (sequence_of shape)) (optional ~label:"more" (implicit 5 octet_string))

let show = function Circle n -> Printf.sprintf "circle %d" n | Named (s, b) -> Printf.sprintf "%S %s" s (match b with None -> "-" | Some b -> string_of_bool b) | Nothing -> "nothing"
let error = function `Parse m -> Printf.printf "refused: %s\n" m

let round name codec value text =
  let c = Asn.encode codec value in
  Printf.printf "%s %s\n" name (hex c);
  match Asn.decode codec c with
  | Ok (v, rest) -> Printf.printf "%s, %d left\n" (text v) (Cstruct.length rest)
  | Error e -> error e

let () =
  let der = Asn.codec Asn.der document and ber = Asn.codec Asn.ber document in
  let values =
    [ (Z.zero, [], None); (Z.of_string "-129", [ Circle 200; Nothing; Named ("ä", Some true) ], Some (Cstruct.of_string "\x00\xff"));
      (Z.pow (Z.of_int 2) 200, List.init 60 (fun i -> if i mod 3 = 0 then Circle (i - 30) else Named (String.make i 'x', None)), None) ]
  in
  let text (n, shapes, more) = Printf.sprintf "%s [%s] %s" (Z.to_string n) (String.concat "; " (List.map show shapes)) (match more with None -> "-" | Some c -> hex c) in
  List.iter (fun v -> round "der" der v text; round "ber" ber v text) values;
  List.iter
    (fun s ->
      match Asn.decode der (Cstruct.of_hex s) with
      | Ok (v, rest) -> Printf.printf "%s, %d left\n" (text v) (Cstruct.length rest)
      | Error e -> error e)
    [ ""; "30"; "3003"; "3000"; "3080a0030201003000"; "308107a0030201003000"; "3007a0030201003000ff"; "3007a0030201003000"; "3009a00302010030020500"; "3009a00302010030020600"; "300aa003020100300383017f" ]

let () =
  let oids = Asn.codec Asn.der (sequence_of oid) in
  let o = Asn.OID.(base 1 2 <| 840 <| 113549 <| 1 <|| [ 1; 11; 0; 16384; max_int ]) in
  round "oid" oids [ o; Asn.OID.base 2 999 ] (fun l -> String.concat " " (List.map (Format.asprintf "%a" Asn.OID.pp) l));
  Printf.printf "%b %b %d\n" (Asn.OID.of_string "1.2.840.113549" = None) (Asn.OID.of_string "3.1" = None) (compare (Asn.OID.compare o (Asn.OID.base 1 2)) 0);
  let times = Asn.codec Asn.der (sequence2 (required utc_time) (required generalized_time)) in
  let t = Option.get (Ptime.of_date_time ((2031, 12, 31), ((23, 59, 58), 0))) in
  round "times" times (t, t) (fun (a, b) -> Format.asprintf "%a %a" (Ptime.pp_rfc3339 ()) a (Ptime.pp_rfc3339 ()) b);
  let bits = Asn.codec Asn.der (bit_string_flags [ (0, `Read); (1, `Write); (9, `Run) ]) in
  round "bits" bits [ `Run; `Read ] (fun l -> string_of_int (List.length l));
  let raw = Asn.codec Asn.der (sequence2 (required bit_string) (required (set_of int))) in
  round "raw" raw ([| true; false; true; true |], [ 5; -1; 300 ]) (fun (b, l) -> Printf.sprintf "%d %s" (Array.length b) (String.concat "," (List.map string_of_int l)));
  let strings = Asn.codec Asn.der (sequence4 (required printable_string) (required ia5_string) (required bmp_string) (required (enumerated (fun n -> n) (fun n -> n)))) in
  round "strings" strings ("plain", "a@b", "\000x", 3) (fun (a, b, c, n) -> Printf.sprintf "%S %S %S %d" a b c n)

let () =
  let password = Cstruct.of_string "password" and salt = Cstruct.of_string "salt" in
  List.iter
    (fun (prf, count, n) -> print_endline (hex (Pbkdf.pbkdf2 ~prf ~password ~salt ~count ~dk_len:n)))
    [ (`SHA1, 1, 20l); (`SHA1, 2, 25l); (`SHA256, 10, 40l); (`SHA512, 5, 64l) ];
  print_endline (hex (Pbkdf.pbkdf1 ~hash:`SHA1 ~password ~salt:(Cstruct.of_string "saltsalt") ~count:7 ~dk_len:16));
  try ignore (Pbkdf.pbkdf2 ~prf:`SHA1 ~password ~salt ~count:0 ~dk_len:1l) with Invalid_argument m -> print_endline m
