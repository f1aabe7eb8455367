(* needs OCaml 5 *)
module W = Weak.Make (struct type t = string ref let equal a b = !a = !b let hash a = Hashtbl.hash !a end)
let () =
  let pr = Printf.printf in
  let keep = ref [] in
  let rnd = Random.State.make [|3|] in
  List.iter (fun (sz, n, m) ->
  let w = W.create sz in
  for i = 1 to n do let s = ref (string_of_int (Random.State.int rnd m)) in keep := s :: !keep; if i mod 3 = 0 then ignore (W.merge w s) else W.add w s done;
  let st () = let (a,b,c,d,e,f) = W.stats w in pr "%d %d %d %d %d %d\n" a b c d e f in
  st (); pr "%d\n" (W.count w);
  W.iter (fun s -> pr "%s " !s) w; pr "\n"; pr "%s\n" (W.fold (fun s a -> !s ^ "," ^ a) w "");
  for i = 0 to m / 5 do List.iter (fun s -> pr "%s" !s) (W.find_all w (ref (string_of_int i))); pr "%b" (W.mem w (ref (string_of_int i))); (match W.find_opt w (ref (string_of_int i)) with Some s -> pr "!%s" !s | None -> pr "N") done;
  (try ignore (W.find w (ref "zzz")) with Not_found -> pr "NF\n");
  for i = 0 to m / 3 do W.remove w (ref (string_of_int i)) done; st (); pr "%d\n" (W.count w);
  W.iter (fun s -> pr "%s " !s) w; pr "\n";
  for i = 1 to n do let s = ref (string_of_int (Random.State.int rnd m)) in keep := s :: !keep; W.add w s done;
  W.iter (fun s -> pr "%s " !s) w; pr "\n"; st ();
  W.clear w; st ()) [0,10,10; 1, 100,50; 10,200,40; 5,400,400;20,60,3];
  let e f = try pr "%s\n" (f ()) with Invalid_argument m -> pr "IA %s\n" m in
  let a = Weak.create 5 in let v = ref "x" in
  let u f = e (fun () -> f (); "ok") in
  u (fun () -> Weak.set a 5 (Some v)); u (fun () -> Weak.set a 4 (Some v)); u (fun () -> ignore (Weak.get a (-1))); u (fun () -> ignore (Weak.get_copy a 5)); u (fun () -> ignore (Weak.check a 5));
  u (fun () -> Weak.fill a 3 3 None); u (fun () -> Weak.fill a 0 2 (Some v)); u (fun () -> Weak.blit a 0 a 2 4); u (fun () -> Weak.blit a 4 a 3 1); u (fun () -> Weak.blit a 4 a 3 (-1)); u (fun () -> ignore (Weak.create (-1)));
  u (fun () -> Weak.blit a 0 a 1 4);
  for i = 0 to 4 do pr "%b " (Weak.check a i) done; pr "%d\n" (Weak.length a);
  (match Weak.get_copy a 1 with Some c -> pr "%b %s\n" (c == v) !c | None -> pr "none\n"); pr "%s" !v;
  ignore (Sys.opaque_identity !keep)
