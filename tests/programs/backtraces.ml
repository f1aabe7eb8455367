(* skip: evaluator. Backtraces name files, lines and characters. *)
exception Boom of int

let[@inline never] rec deep n = if n = 0 then raise (Boom 3) else 1 + deep (n - 1)
let[@inline never] middle n = 2 * deep n
let[@inline never] caught f = try f () with Boom k -> k | e -> raise e
let[@inline never] matched f = match f () with n -> n | exception (Boom _ as e) -> raise e
let[@inline never] bounds (a : int array) i = a.(i)
let[@inline never] divide a b = a / b

let[@inline never] inner () = Printexc.raw_backtrace_to_string (Printexc.get_callstack 10) ^ ""
let[@inline never] outer () = inner () ^ "."

let show name f =
  try ignore (f ())
  with e -> Printf.printf "%s: %s\n%s" name (Printexc.to_string e) (Printexc.get_backtrace ())

let () =
  Printf.printf "%b\n" (Printexc.backtrace_status ());
  show "off" (fun () -> middle 2);
  Printexc.record_backtrace true;
  Printf.printf "%b\n" (Printexc.backtrace_status ());
  show "boom" (fun () -> middle 2);
  show "reraise" (fun () -> caught (fun () -> raise Exit));
  show "match" (fun () -> matched (fun () -> middle 0));
  show "bounds" (fun () -> bounds [| 1 |] 3);
  show "divide" (fun () -> divide 1 (Sys.opaque_identity 0));
  show "notrace" (fun () -> raise_notrace Not_found);
  show "primitive" (fun () -> 1 + int_of_string "x");
  show "forgotten" (fun () -> try middle 1 with Boom _ -> raise Not_found);
  let backtrace = try ignore (middle 1); assert false with _ -> Printexc.get_raw_backtrace () in
  Printf.printf "%d\n" (Printexc.raw_backtrace_length backtrace);
  show "with" (fun () -> Printexc.raise_with_backtrace Not_found backtrace);
  (match Printexc.backtrace_slots backtrace with
  | None -> print_endline "none"
  | Some slots ->
      Array.iter
        (fun slot ->
          match Printexc.Slot.location slot with
          | Some l -> Printf.printf "%b %s %d %d %d\n" (Printexc.Slot.is_raise slot) l.filename l.line_number l.start_char l.end_char
          | None -> print_endline "unknown")
        slots);
  print_string (outer ());
  print_newline ();
  Printexc.record_backtrace false;
  show "off again" (fun () -> middle 1)
