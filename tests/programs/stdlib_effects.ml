(* needs OCaml 5. Effects, deep and shallow. The expectations are by hand. *)
open Effect

type _ Effect.t += Get : int t | Put : int -> unit t | Choose : bool t | Yield : int -> unit t | Fork : (unit -> unit) -> unit t | Wait : unit t

let state (initial : int) f =
  let open Deep in
  (match_with f ()
     {
       retc = (fun v s -> s, v);
       exnc = raise;
       effc =
         (fun (type c) (e : c Effect.t) ->
           match e with
           | Get -> Some (fun (k : (c, _) continuation) (s : int) -> continue k s s)
           | Put n -> Some (fun k (_ : int) -> continue k () n)
           | _ -> None);
     })
    initial

let rec list_of_yields f =
  let open Deep in
  match_with f ()
    {
      retc = (fun () -> []);
      exnc = raise;
      effc = (fun (type c) (e : c Effect.t) -> match e with Yield n -> Some (fun (k : (c, _) continuation) -> n :: continue k ()) | _ -> None);
    }

let scheduler main =
  let open Deep in
  let ready = Queue.create () in
  let rec run f =
    match_with f ()
      {
        retc = (fun () -> next ());
        exnc = (fun e -> print_endline ("task: " ^ Printexc.to_string e); next ());
        effc =
          (fun (type c) (e : c Effect.t) ->
            match e with
            | Wait -> Some (fun (k : (c, _) continuation) -> Queue.add (fun () -> continue k ()) ready; next ())
            | Fork f -> Some (fun k -> Queue.add (fun () -> continue k ()) ready; run f)
            | _ -> None);
      }
  and next () = match Queue.take_opt ready with Some go -> go () | None -> () in
  run main

let generator f =
  let open Shallow in
  let rest : (unit, unit) continuation option ref = ref None in
  let handle (k : (unit, unit) continuation) v =
    continue_with k v
      {
        retc = (fun () -> rest := None; None);
        exnc = raise;
        effc = (fun (type c) (e : c Effect.t) -> match e with Yield n -> Some (fun (k : (c, _) continuation) -> rest := Some k; Some n) | _ -> None);
      }
  in
  let start = fiber f in
  rest := Some start;
  fun () -> match !rest with None -> None | Some k -> handle k ()

let () =
  let s, v = state 5 (fun () -> let x = perform Get in perform (Put (x * 2)); perform Get + 1) in
  Printf.printf "state %d value %d\n" s v;
  Printf.printf "yields %s\n" (String.concat "," (List.map string_of_int (list_of_yields (fun () -> for i = 1 to 5 do perform (Yield (i * i)) done))));
  scheduler (fun () ->
    for i = 1 to 3 do
      perform (Fork (fun () -> for j = 1 to 2 do Printf.printf "task %d step %d\n" i j; perform Wait done; if i = 2 then failwith "two"))
    done;
    print_endline "forked");
  let next = generator (fun () -> for i = 1 to 3 do perform (Yield i) done) in
  let rec drain () = match next () with Some n -> Printf.printf "next %d\n" n; drain () | None -> print_endline "done" in
  drain ();
  (try perform Choose |> ignore with Unhandled Choose -> print_endline "unhandled");
  (try perform (Yield 3) with e -> print_endline (Printexc.to_string e));
  (* a continuation may be resumed once *)
  let saved = ref None in
  Deep.try_with (fun () -> perform Wait) () { effc = (fun (type c) (e : c Effect.t) -> match e with Wait -> Some (fun (k : (c, unit) Deep.continuation) -> saved := Some (fun () -> Deep.continue k (Obj.magic ())); ()) | _ -> None) };
  (match !saved with Some go -> go (); (try go () with Continuation_already_resumed -> print_endline "already resumed") | None -> print_endline "nothing saved");
  (* exceptions through handlers *)
  let r =
    Deep.match_with
      (fun () -> try perform Choose |> string_of_bool with Exit -> "exit caught inside")
      ()
      { retc = (fun s -> "returned " ^ s); exnc = (fun e -> "escaped " ^ Printexc.to_string e); effc = (fun (type c) (e : c Effect.t) -> match e with Choose -> Some (fun (k : (c, _) Deep.continuation) -> Deep.discontinue k Exit) | _ -> None) }
  in
  print_endline r;
  let r =
    Deep.match_with (fun () -> if perform Choose then "yes" else raise Not_found) ()
      { retc = Fun.id; exnc = (fun e -> "escaped " ^ Printexc.to_string e); effc = (fun (type c) (e : c Effect.t) -> match e with Choose -> Some (fun (k : (c, _) Deep.continuation) -> Deep.continue k false) | _ -> None) }
  in
  print_endline r;
  (* deep recursion on a fiber, many fibers *)
  let rec depth n = if n = 0 then perform Get else 1 + depth (n - 1) in
  Printf.printf "%d\n" (snd (state 7 (fun () -> depth 10000)));
  let total = ref 0 in
  for i = 1 to 1000 do total := !total + snd (state i (fun () -> perform Get)) done;
  Printf.printf "%d\n" !total
