(* errors: the backtrace of an exception that nothing handles, in a program without Printexc. *)
exception Wrong of int * string

let () = at_exit (fun () -> print_endline "at exit"; try raise Exit with Exit -> print_endline "raised another")
let check x = if x > 2 then raise (Wrong (x, "too large")) else x
let below x = 1 + check x
let rec deep n = if n = 0 then below 3 else deep (n - 1) + 1
let[@inline never] again f = try f () with e -> print_endline "again"; raise e

let () =
  print_endline "start";
  print_int (again (fun () -> deep 2))
