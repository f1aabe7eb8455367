(* packages: csv *)
let () =
  let c = Csv.of_string ~has_header:true "name,age\n\"O\"\"Neil\",3\n x , 4\n\"multi\nline\",5" in
  List.iter (fun r -> Printf.printf "%s is %s\n" (Csv.Row.find r "name") (Csv.Row.get r 1)) (Csv.Rows.input_all c);
  let t = [ [ "a"; "b,c"; "" ]; [ "\"q\""; "d\ne" ] ] in
  Csv.print t; Csv.print_readable t;
  Printf.printf "%d %d %b\n" (Csv.lines t) (Csv.columns t) (Csv.is_square t);
  List.iter (fun r -> print_endline (String.concat "|" r)) (Csv.transpose (Csv.square t));
  List.iter (fun l -> List.iter (fun (k, v) -> Printf.printf "%s:%s;" k v) l) (Csv.associate [ "x"; "y" ] [ [ "1"; "2" ]; [ "3" ] ]); print_newline ();
  (match Csv.input_all (Csv.of_string "a,\"b") with _ -> print_endline "ok" | exception Csv.Failure (l, f, m) -> Printf.printf "%d %d %s\n" l f m);
  let b = Buffer.create 10 in let oc = Csv.to_buffer ~separator:';' b in Csv.output_all oc t; print_string (Buffer.contents b);
  Printf.printf "%d\n" (Csv.compare t (Csv.set_columns ~cols:2 t))
