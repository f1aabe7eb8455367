(* packages: alcotest *)
(* What a run prints names the run, so that only what the tests print to their own files, and the outcome, are looked at. *)
let folder = Filename.temp_file "alcotest" ""
let () = Sys.remove folder; Unix.mkdir folder 0o755
let log = Buffer.create 100
let lower () = Alcotest.(check string) "same" "hello" (String.lowercase_ascii "hELLO")
let ints () = print_endline "printed in a test"; Buffer.add_string log "ints;"; Alcotest.(check (list int)) "same" [ 1; 2 ] [ 1; 2 ]
let raises () = Buffer.add_string log "raises;"; Alcotest.check_raises "exit" Exit (fun () -> raise Exit)
let wrong () = Alcotest.(check (option int)) "wrong" (Some 3) (Some 4)
let run name tests = match Alcotest.run ~and_exit:false ~compact:true ~argv:[| "x" |] ~log_dir:folder name tests with () -> Buffer.add_string log (name ^ " good;") | exception Alcotest.Test_error -> Buffer.add_string log (name ^ " bad;")
let () =
  let null = open_out "/dev/null" in
  flush stdout;
  let saved = Unix.dup Unix.stdout in
  Unix.dup2 (Unix.descr_of_out_channel null) Unix.stdout;
  run "right" [ ("strings", [ Alcotest.test_case "lower" `Quick lower ]); ("lists", [ Alcotest.test_case "ints" `Quick ints; Alcotest.test_case "raises" `Slow raises ]) ];
  run "wrong" [ ("x", [ Alcotest.test_case "wrong" `Quick wrong ]) ];
  Format.pp_print_flush Format.std_formatter ();
  flush stdout;
  Unix.dup2 saved Unix.stdout;
  print_endline (Buffer.contents log);
  let ic = open_in (Filename.concat folder "right/lists.000.output") in
  (try while true do print_endline (input_line ic) done with End_of_file -> close_in ic)
let () = ignore (Sys.command ("rm -r " ^ Filename.quote folder))
