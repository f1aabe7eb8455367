(* Flags, widths and precisions that mean nothing to a conversion, which OCaml accepts unless told otherwise. *)
let () =
  Printf.printf "%.5s|\n" "abc"; Printf.printf "%-.5s|\n" "abc"; Printf.printf "%3.5s|\n" "abc"; Printf.printf "%.*s|\n" 6 "abc"; Printf.printf "%-.*s|\n" 6 "abc";
  Printf.printf "%5c|%-5c|%05c|%.5c|\n" 'a' 'b' 'c' 'd';
  Printf.printf "%.6b|%.6B|%.6S|%.6C|%6C|\n" true false "x" 'y' 'z';
  Printf.printf "%05s|%-05d|%0-5d|%05.3d|%+ d|% +d|%++d|\n" "ab" 12 13 14 15 16 17;
  Printf.printf "%+x|% x|%#s|%+s|%-d|%-s|%.d|%.f|%.x\n" 1 2 "a" "b" 3 "c" 4 5. 6;
  Printf.printf "%.+3d|%.-3d|%.-3f|\n" 7 8 9.;
  Printf.printf "%05S|%-S|%+u|%#d|%#x|%#o|%+o|\n" "q" "r" 3 123456 255 8 8

(* The same when the program reads the format. *)
let () =
  List.iter
    (fun s -> match Scanf.format_from_string s "%s" with f -> Printf.printf ("[" ^^ f ^^ "]\n") "ab" | exception e -> print_endline (Printexc.to_string e))
    [ "%-.5s"; "%.5s"; "%.-5s"; "%.+5s"; "%-3.5s"; "%0.5s"; "%.s"; "%-.s" ];
  List.iter (fun s -> Printf.printf ("[" ^^ Scanf.format_from_string s "%b" ^^ "]\n") true) [ "%-.7b"; "%.7B" ];
  List.iter (fun s -> Printf.printf ("[" ^^ Scanf.format_from_string s "%*s" ^^ "]\n") 5 "ab") [ "%-.*s"; "%.*s" ]

(* %0c, which looks at a character without taking it, is refused whatever is expected; expected, it takes what %c does. *)
let () =
  let read s f = match Scanf.format_from_string s f with f -> print_endline (string_of_format f) | exception e -> print_endline (Printexc.to_string e) in
  read "%0c" "%c"; read "%0c" "%0c"; read "%c" "%0c"; read "@[<%0c>%d@]" "%c%d"; read "%d%_0c%d" "%d%d"; read "%(%0c%)" "%(%c%)"
