(* packages: config-file unix-errno menhirLib qcheck-ounit cstruct-sexp ipaddr-sexp *)
let settings = new Config_file.group
let number = new Config_file.int_cp ~group:settings [ "a"; "n" ] 3 "A number."
let words = new Config_file.string_cp ~group:settings [ "a"; "s" ] ~short_name:"s" "hi" "Text."

let () =
  number#add_hook (fun before now -> Printf.printf "from %d to %d\n" before now);
  number#set 5;
  settings#write "settings.tmp";
  let ic = open_in "settings.tmp" in
  (try while true do print_endline (input_line ic) done with End_of_file -> close_in ic);
  number#set 9;
  settings#read "settings.tmp";
  Sys.remove "settings.tmp";
  Printf.printf "%d %s %s\n" number#get words#get (Errno.to_string Errno.ENOENT);
  let open MenhirLib in
  Printf.printf "%s %s %d\n" (ErrorReports.shorten 5 "abcdefghijklmnop") (ErrorReports.expand (Printf.sprintf "<%d>") "a $0 b $12") (List.length (General.take 3 [ 1; 2; 3; 4; 5 ]));
  let test = QCheck.Test.make ~count:50 ~name:"rev" QCheck.(list small_int) (fun l -> List.rev (List.rev l) = l) in
  ignore (QCheck_ounit.to_ounit2_test test : OUnit2.test);
  print_endline (Sexplib0.Sexp.to_string (Cstruct_sexp.sexp_of_t (Cstruct.of_string "ab c")));
  print_endline (Sexplib0.Sexp.to_string (Ipaddr_sexp.V4.Prefix.sexp_of_t (Ipaddr.V4.Prefix.of_string_exn "10.0.0.0/8")))
