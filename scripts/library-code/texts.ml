(* Printing, scanning, texts: what a program with these uses of them takes its code from. *)
let words = Array.to_list Sys.argv
let number = List.length words

let formats () =
  Printf.printf "%d %i %u %x %X %o %c %s %S %C %b\n%!" number number number number number number 'c' (List.hd words) "s" 'c' (number > 1);
  Printf.printf "%5d|%-5d|%05d|%+d|%10s|%-10s|%.3f|%8.2f|%e|%g|%h|%F\n" number number number number "a" "b" 1.5 2.5 3.5 4.5 5.5 6.5;
  Printf.eprintf "%ld %Ld %nd %a %t\n" (Int32.of_int number) (Int64.of_int number) (Nativeint.of_int number) (fun c s -> output_string c s) "a" (fun c -> flush c);
  print_endline (Printf.sprintf "%*d %.*f %%" 5 number 2 1.0);
  print_string (string_of_int number ^ string_of_float 1.5 ^ string_of_bool true);
  print_int number;
  print_newline ();
  prerr_endline "e"

let pretty () =
  let open Format in
  printf "@[<v 2>%s@,%a@]@." "a" (pp_print_list ~pp_sep:pp_print_space pp_print_int) [ 1; 2; number ];
  printf "@[<hov 2>%a@ %a@]@." (pp_print_option pp_print_string) (Some "x") (fun ppf (k, v) -> fprintf ppf "(%s,@ %d)" k v) ("k", number);
  eprintf "%d %s@." number "s";
  print_string (asprintf "%a" pp_print_float 1.5);
  fprintf std_formatter "@[%5.1f %c %b@]@?" 1.0 'c' true

let strings () =
  let s = String.concat ", " (List.map String.uppercase_ascii words) in
  let b = Buffer.create 16 in
  String.iteri (fun i c -> if i mod 2 = 0 then Buffer.add_char b c) s;
  Buffer.add_string b (String.sub s 0 (min 2 (String.length s)));
  List.iter print_endline (String.split_on_char ',' (Buffer.contents b));
  (match String.index_opt s ',' with Some i -> print_int i | None -> ());
  print_string (String.trim s ^ String.make 3 'x' ^ String.map Char.lowercase_ascii s ^ String.init 3 (fun i -> Char.chr (65 + i)));
  print_int (compare s "b" + String.length (Bytes.to_string (Bytes.of_string s)) + if String.equal s "" then 1 else 0);
  (match int_of_string_opt s, float_of_string_opt s with Some i, _ -> print_int i | None, Some f -> print_float f | None, None -> ());
  try Scanf.sscanf s "%d %s" (fun i t -> Printf.printf "%d%s" i t) with Scanf.Scan_failure m | Failure m -> print_string m | End_of_file -> ()

let () =
  formats ();
  pretty ();
  strings ();
  try if number > 100 then failwith "many" else if number > 200 then invalid_arg "more" else raise Not_found with
  | Not_found -> print_endline "not found"
  | (Failure _ | Invalid_argument _) as e -> print_endline (Printexc.to_string e)
