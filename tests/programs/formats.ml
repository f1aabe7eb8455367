(* Formats: widths, precisions, flags, %a, %t, custom printers, sprintf, kprintf, format strings as values. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let pp_list pp oc l = List.iter (fun x -> pp oc x; output_char oc ';') l
let log level fmt = Printf.ksprintf (fun s -> p "[%s] %s" level s) fmt
let () =
  p "%d|%5d|%-5d|%05d|%+d|%x|%#x|%X|%o" 42 42 42 42 42 255 255 255 8;
  p "%f|%.2f|%8.3f|%-8.1f|%e|%g|%g" 3.14159 3.14159 3.14159 3.14159 31415.9 1e-5 1e20;
  p "%s|%10s|%-10s|%.2s" "abc" "abc" "abc" "abc" ;
  p "%c%c|%b|%B" 'a' 'b' true false;
  p "%%|%i|%u" 5 6;
  p "%a|%t" (fun oc n -> output_string oc (string_of_int n)) 7 (fun oc -> output_string oc "t");
  Printf.printf "%a\n" (pp_list (fun oc -> Printf.fprintf oc "%d")) [ 1; 2 ];
  p "%s" (Printf.sprintf "%d-%s" 1 "x");
  log "info" "%d things in %s" 3 "box";
  p "%*d|%-*d|%.*f" 5 42 5 42 2 3.14159;
  p "%ld %nd %Ld" 1l 2n 3L;
  p "%S %C" "q\"uote" '\n';
  let fmt : (_, _, _, _, _, _) format6 = "%d:%d" in
  p "%s" (Printf.sprintf fmt 1 2);
  p "%s" (string_of_format fmt);
  Printf.printf "%d %s\n%!" 1 "flush";
  p "%F %F %h" 1. 0.5 1.;
  p "% d|%+.1e" 5 12345.;
  Format.printf "@[<v 2>hello@,world %d@]@." 3;
  Format.printf "%a@." (Format.pp_print_list ~pp_sep:(fun f () -> Format.fprintf f ", ") Format.pp_print_int) [ 1; 2; 3 ];
  p "%s" (Format.asprintf "@[%s@ %s@]" "a" "b")
