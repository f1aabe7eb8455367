(* What packages say of input that is wrong: durations, time stamps, hexadecimal digits. *)
let () =
  List.iter
    (fun make -> match make () with d -> Printf.printf "%Lu\n" d | exception Invalid_argument message -> print_endline message)
    Duration.[ (fun () -> of_sec 3); (fun () -> of_sec (-1)); (fun () -> of_year 1000); (fun () -> of_f (-0.1)); (fun () -> of_ms 1500) ];
  List.iter
    (fun text ->
      match Ptime.of_rfc3339 text with
      | Ok (t, _, n) -> Format.printf "%a %d@." Ptime.pp t n
      | Error (`RFC3339 ((first, last), e)) -> Format.printf "%d-%d %a@." first last Ptime.pp_rfc3339_error e)
    [ "2020-02-29T12:34:56Z"; "2020-02-29T12:34:56-00:00 tail"; "2020-02-30T00:00:00Z"; "2020-02-29T12:34"; "x" ];
  List.iter
    (fun text -> match Hex.to_string (`Hex text) with s -> Printf.printf "%S\n" s | exception Invalid_argument message -> print_endline message)
    [ "0aFF"; "0a FF"; "0 a"; "0a "; "0"; "0g"; "" ]

let () =
  List.iter
    (fun (text, print_row_numbers, print_chars) ->
      match Hex.hexdump_s ~print_row_numbers ~print_chars (`Hex text) with
      | dump -> Printf.printf "%S\n" dump
      | exception Invalid_argument message -> print_endline message)
    (List.concat_map
       (fun text -> [ (text, true, true); (text, false, true); (text, true, false) ])
       [ "0aFF"; "0a FF"; ""; "0"; "0a1"; String.make 32 '4'; String.make 66 '7'; String.make 31 '4'; "7f80ff20" ])
