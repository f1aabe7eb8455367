(* Unicode, from strings and in pieces. oracle: uutf *)
let p = Printf.printf
let show = function `Uchar u -> p "%04X " (Uchar.to_int u) | `Malformed s -> p "M(%S) " s | `End -> p "End" | `Await -> p "Await "
let run ?nln ?encoding s =
  let d = Uutf.decoder ?nln ?encoding (`String s) in
  let rec go () = let r = Uutf.decode d in show r; p "[%d:%d %d %d] " (Uutf.decoder_line d) (Uutf.decoder_col d) (Uutf.decoder_byte_count d) (Uutf.decoder_count d); if r <> `End then go () in
  go (); p " %s %b\n" (Uutf.encoding_to_string (Uutf.decoder_encoding d)) (Uutf.decoder_removed_bom d);
  (* by hand, in pieces *)
  let d = Uutf.decoder ?nln ?encoding `Manual in
  let at = ref 0 in
  let rec go () = match Uutf.decode d with
    | `Await -> let n = min 2 (String.length s - !at) in Uutf.Manual.src d (Bytes.of_string s) !at n; at := !at + n; go ()
    | `End -> p "End %d\n" (Uutf.decoder_byte_count d)
    | r -> show r; go () in go ()
let fold s = ignore (Uutf.String.fold_utf_8 (fun () i r -> p "%d:" i; show r) () s); p "| "; ignore (Uutf.String.fold_utf_16be (fun () i r -> p "%d:" i; show r) () s); p "| "; ignore (Uutf.String.fold_utf_16le (fun () i r -> p "%d:" i; show r) () s); let e, b = Uutf.String.encoding_guess s in p "%s %b\n" (Uutf.encoding_to_string e) b
let seed = ref 12345
let rand n = seed := (!seed * 1103515245 + 12345) land 0x3fffffff; (!seed lsr 12) mod n
let pieces = [| "a"; "\r"; "\n"; "\r\n"; "\xc3\xa9"; "\xe2\x82\xac"; "\xf0\x9f\x98\x80"; "\xc2\x85"; "\xe2\x80\xa8"; "\x0c"; "\x80"; "\xc0"; "\xed\xa0\x80"; "\xf4\x90\x80\x80"; "\xe2\x82"; "\xf0\x9f"; "\xff"; "\x00"; "\xd8\x3d"; "\xde\x00"; "\xfe\xff"; "\xef\xbb\xbf"; "z" |]
let () =
  for _ = 1 to 20 do
    let s = String.concat "" (List.init (rand 7) (fun _ -> pieces.(rand (Array.length pieces)))) in
    p "%S\n" s; fold s; run s; run ~encoding:`UTF_8 s;
    run ~nln:(`ASCII (Uchar.of_char '\n')) ~encoding:`UTF_8 s; run ~nln:(`Readline (Uchar.of_char '\n')) s; run ~nln:(`NLF (Uchar.of_char 'N')) s; run ~encoding:`UTF_16 s; run ~encoding:`UTF_16LE s; run ~encoding:`UTF_16BE s; run ~encoding:`ISO_8859_1 s; run ~encoding:`US_ASCII s
  done;
  List.iter (fun e -> let b = Buffer.create 10 in let enc = Uutf.encoder e (`Buffer b) in List.iter (fun u -> ignore (Uutf.encode enc (`Uchar (Uchar.of_int u)))) [0x41; 0xe9; 0x20ac; 0x1f600]; ignore (Uutf.encode enc `End); p "%S\n" (Buffer.contents b);
    let enc = Uutf.encoder e `Manual in let out = Bytes.make 3 '.' in Uutf.Manual.dst enc out 0 3;
    let rec go v = match Uutf.encode enc v with `Ok -> () | `Partial -> p "%S %d " (Bytes.sub_string out 0 (3 - Uutf.Manual.dst_rem enc)) (Uutf.Manual.dst_rem enc); Uutf.Manual.dst enc out 0 3; go `Await in
    List.iter (fun u -> go (`Uchar (Uchar.of_int u))) [0x41; 0xe9; 0x20ac; 0x1f600]; go `End; p "%d\n" (Uutf.Manual.dst_rem enc)) [`UTF_8; `UTF_16; `UTF_16BE; `UTF_16LE];
  List.iter (fun s -> p "%s " (match Uutf.encoding_of_string s with None -> "none" | Some e -> Uutf.encoding_to_string e)) ["utf-8"; "UTF-16le"; "latin1"; "ASCII"; "x"; "UTF8"];
  Format.printf "%a %a %a@." Uutf.pp_decode (`Uchar Uutf.u_rep) Uutf.pp_decode `End Uutf.pp_decode (`Malformed "\xff\x01")
