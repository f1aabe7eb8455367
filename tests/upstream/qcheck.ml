(* packages: qcheck-core *)
open QCheck
let () =
  let rand = Random.State.make [| 42 |] in
  let t1 = Test.make ~name:"rev" ~count:100 (list small_int) (fun l -> List.rev (List.rev l) = l) in
  let t2 = Test.make ~name:"bad" ~count:200 (pair small_nat (list small_nat)) (fun (n, l) -> List.length l < 5 || n < 3) in
  let t3 = Test.make ~name:"exn" ~count:10 int (fun _ -> failwith "boom") in
  List.iter (fun t -> match Test.check_exn ~rand t with () -> print_endline "passed" | exception Test.Test_fail (n, l) -> Printf.printf "%s: %d\n" n (List.length l) | exception Test.Test_error (n, _, e, _) -> Printf.printf "%s error %s\n" n (Printexc.to_string e)) [ t1; t2; t3 ];
  print_endline (Print.(list (pair int string)) [ 1, "a" ]);
  Iter.find (fun x -> x < 10) (fun y -> Shrink.int 9 y) |> (function Some i -> print_int i | None -> print_string "none"); print_newline ();
  let r = QCheck2.Test.make_cell ~count:50 ~print:QCheck2.Print.int (QCheck2.Gen.int_bound 100) (fun x -> x < 101) in
  (match QCheck2.TestResult.get_state (QCheck2.Test.check_cell r) with QCheck2.TestResult.Success -> print_endline "success" | _ -> print_endline "other");
  print_endline (QCheck2.Print.(option bool) (Some true))
