(* needs OCaml 5: locks, domains, signals where there is one domain. *)
let t f = try print_endline (f ()) with Sys_error m -> print_endline ("SE " ^ m) | Failure m -> print_endline ("F " ^ m) | Invalid_argument m -> print_endline ("IA " ^ m)
let () =
  let m = Mutex.create () in
  Mutex.lock m; t (fun () -> Mutex.lock m; "locked"); t (fun () -> string_of_bool (Mutex.try_lock m)); Mutex.unlock m;
  t (fun () -> Mutex.unlock m; "unlocked"); t (fun () -> string_of_bool (Mutex.try_lock m));
  Mutex.unlock m;
  t (fun () -> string_of_int (Mutex.protect m (fun () -> 5)));
  let c = Condition.create () in Condition.signal c; Condition.broadcast c;
  t (fun () -> string_of_int (Domain.join (Domain.spawn (fun () -> 42))));
  t (fun () -> Domain.join (Domain.spawn (fun () -> failwith "in domain")));
  t (fun () -> string_of_bool (Domain.is_main_domain ()));
  t (fun () -> string_of_bool (Domain.join (Domain.spawn (fun () -> Domain.is_main_domain ()))));
  let k = Domain.DLS.new_key (fun () -> 7) in
  Domain.DLS.set k 8;
  t (fun () -> string_of_int (Domain.join (Domain.spawn (fun () -> Domain.DLS.get k))));
  t (fun () -> string_of_int (Domain.DLS.get k));
  t (fun () -> ignore (Sys.signal 1000 Sys.Signal_default); "x");
  t (fun () -> match Sys.signal Sys.sigint Sys.Signal_ignore with Sys.Signal_default -> "default" | _ -> "other");
  t (fun () -> match Sys.signal Sys.sigint Sys.Signal_default with Sys.Signal_ignore -> "ignore" | _ -> "other");
  t (fun () -> string_of_int (Obj.size (Obj.new_block 3 4)));
  t (fun () -> string_of_int (Obj.tag (Obj.with_tag 5 (Obj.repr (1,2)))));
