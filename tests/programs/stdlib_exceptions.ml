(* The standard library's exceptions. *)
let p fmt = Printf.printf fmt
exception A exception B of int exception C of string * int exception D of float exception E of int list exception F of {x: int; y: string} exception G of (int * string) exception H of char
module M = struct exception X of bool end
let () =
  List.iter (fun e -> p "%s | %s | %s\n" (Printexc.to_string e) (Printexc.to_string_default e) (Printexc.exn_slot_name e)) [A; B 3; B (-3); C ("a\"b\n", 4); D 1.5; D nan; E [1]; F {x = 1; y = "z"}; G (1, "s"); H 'c'; M.X true; Not_found; Failure "f"; Invalid_argument "x"; End_of_file; Sys_error "e"; Division_by_zero; Stack_overflow; Out_of_memory; Exit; Match_failure ("f.ml", 3, 4); Assert_failure ("g.ml", 5, 6); Undefined_recursive_module ("h", 1, 2); Sys_blocked_io; Queue.Empty; Stack.Empty; Lazy.Undefined; Fun.Finally_raised Not_found; Sys.Break];
  Printexc.register_printer (function B n -> Some ("<B" ^ string_of_int n ^ ">") | _ -> None); Printexc.register_printer (function A -> failwith "no" | _ -> None);
  List.iter (fun e -> p "%s %s\n" (Printexc.to_string e) (match Printexc.use_printers e with Some s -> s | None -> "-")) [A; B 3; C ("x", 1)];
  (try (Printexc.print (fun () -> raise (B 5)) ()) with B _ -> ());
  p "%b %s\n" (Printexc.backtrace_status ()) (Printexc.get_backtrace ());
  (try assert false with Assert_failure (f, l, c) -> p "%s %d %d\n" f l c);
  (try (match Some 3 with None -> ()) with Match_failure (f, l, c) -> p "%s %d %d\n" f l c);
  at_exit (fun () -> print_endline "bye");
  Printexc.set_uncaught_exception_handler (fun e _ -> Printf.eprintf "mine %s\n%!" (Printexc.to_string e));
  raise (C ("end", 0))
