let finalise f x = Gc.finalise (fun x -> Lwt_unix__loop.note (fun () -> Lwt.async (fun () -> f x))) x

let finalise_or_exit f x =
  (* The hook must not be what keeps the value. *)
  let weak = Weak.create 1 in
  Weak.set weak 0 (Some x);
  let called = ref false in
  let once x =
    if !called then Lwt.return_unit
    else begin
      called := true;
      f x
    end
  in
  let hook = Lwt_main.Exit_hooks.add_last (fun () -> match Weak.get weak 0 with None -> Lwt.return_unit | Some x -> once x) in
  finalise
    (fun x ->
      Lwt_main.Exit_hooks.remove hook;
      once x)
    x
