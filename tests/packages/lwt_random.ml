(* Random programs over promises: what runs, in what order, and how promises stand after each step. oracle: lwt *)

(* A generator of its own, as OCaml's differ between versions (Steele and Vigna's constants, truncated). *)
let seed = ref 0

let random n =
  seed := ((!seed * 1103515245) + 12345) land 0x3fffffff;
  (!seed lsr 12) mod n

exception Planned of int

let trace = Buffer.create 1000
let say fmt = Printf.bprintf trace (fmt ^^ ";")

let name = function
  | Planned n -> "E" ^ string_of_int n
  | Lwt.Canceled -> "C"
  | Invalid_argument _ -> "invalid"
  | e -> Printexc.to_string e

let show p = match Lwt.state p with Lwt.Sleep -> "-" | Lwt.Return n -> string_of_int n | Lwt.Fail e -> name e

(* Promises made so far, the newest first, and their resolvers. *)
let promises : int Lwt.t list ref = ref []
let resolvers : int Lwt.u list ref = ref []
let key : int Lwt.key = Lwt.new_key ()
let any list = List.nth list (random (List.length list))

(* Mostly one that is pending, if there is one. *)
let some_promise () =
  match List.filter Lwt.is_sleeping !promises with
  | _ :: _ as sleeping when random 4 > 0 -> any sleeping
  | _ -> any !promises

let keep p = promises := p :: !promises
let context () = match Lwt.get key with None -> "" | Some n -> "@" ^ string_of_int n

let pending () =
  let p, u = if random 3 = 0 then Lwt.wait () else Lwt.task () in
  resolvers := u :: !resolvers;
  p

(* Choice among several that are resolved is random: at most one is left in. *)
let undecided list =
  let decided = ref false in
  List.filter
    (fun p ->
      match Lwt.state p with
      | Lwt.Sleep -> true
      | _ when !decided -> false
      | _ ->
          decided := true;
          true)
    list

let several () =
  let candidates = match List.filter Lwt.is_sleeping !promises with _ :: _ :: _ as sleeping when random 3 > 0 -> sleeping | _ -> !promises in
  let rec distinct n acc = if n = 0 then acc else let i = random (List.length candidates) in distinct (n - 1) (if List.mem i acc then acc else i :: acc) in
  List.map (List.nth candidates) (distinct (1 + random 4) [])

let counter = ref 0

let label kind =
  incr counter;
  Printf.sprintf "%s%d" kind !counter

(* What a callback does: it may change anything. It gives only promises of [scope], which are older than the one that its result goes to:
   otherwise promises would wait for themselves. *)
let rec behave scope depth tag v =
  say "%s(%d)%s" tag v (context ());
  if random 4 = 0 && depth < 3 then step (depth + 1);
  match random 8 with
  | 0 -> raise (Planned (100 + v))
  | 1 -> Lwt.fail (Planned (200 + v))
  | 2 | 3 -> any scope
  | 4 -> pending ()
  | 5 -> Lwt.map (fun () -> say "%s paused" tag; v + 1) (Lwt.pause ())
  | _ -> Lwt.return (v + 1)

and value depth tag v =
  say "%s(%d)%s" tag v (context ());
  if random 5 = 0 && depth < 3 then step (depth + 1);
  if random 6 = 0 then raise (Planned (300 + v)) else v + 10

and quiet depth tag = 
  say "%s%s" tag (context ());
  if random 5 = 0 && depth < 3 then step (depth + 1);
  if random 8 = 0 then raise (Planned 400)

and failed scope depth tag e =
  say "%s[%s]%s" tag (name e) (context ());
  if random 5 = 0 && depth < 3 then step (depth + 1);
  match random 5 with 0 -> raise e | 1 -> Lwt.fail (Planned 500) | 2 -> any scope | _ -> Lwt.return 5

and total list = List.fold_left ( + ) 0 list

and make depth =
  let scope = !promises in
  let p = some_promise in
  match random 34 with
  | 0 | 1 | 2 -> keep (pending ())
  | 3 -> keep (Lwt.return (random 10))
  | 4 -> keep (Lwt.fail (Planned (random 10)))
  | 5 | 6 | 7 | 8 -> let t = label "bind" in keep (Lwt.bind (p ()) (behave scope depth t))
  | 9 | 10 -> let t = label "map" in keep (Lwt.map (value depth t) (p ()))
  | 11 | 12 -> let t = label "catch" and p = p () in keep (Lwt.catch (fun () -> p) (failed scope depth t))
  | 13 -> let t = label "try" and p = p () in keep (Lwt.try_bind (fun () -> p) (behave scope depth t) (failed scope depth (t ^ "f")))
  | 14 | 15 -> let t = label "finally" and p = p () in keep (Lwt.finalize (fun () -> p) (fun () -> quiet depth t; if random 3 = 0 then Lwt.map ignore (any scope) else Lwt.return_unit))
  | 16 | 17 -> keep (Lwt.pick (undecided (several ())))
  | 18 | 19 -> keep (Lwt.choose (undecided (several ())))
  | 20 -> keep (Lwt.map total (Lwt.npick (several ())))
  | 21 -> keep (Lwt.map total (Lwt.nchoose (several ())))
  | 22 -> keep (Lwt.map (fun (a, b) -> (100 * total a) + List.length b) (Lwt.nchoose_split (several ())))
  | 23 -> keep (Lwt.map (fun () -> 1) (Lwt.join (List.map (Lwt.map ignore) (several ()))))
  | 24 -> keep (Lwt.map (fun (a, b) -> a + b) (Lwt.both (p ()) (p ())))
  | 25 -> keep (Lwt.map total (Lwt.all (several ())))
  | 26 -> keep (Lwt.protected (p ()))
  | 27 -> keep (Lwt.no_cancel (p ()))
  | 28 -> keep (Lwt.wrap_in_cancelable (p ()))
  | 29 -> keep (Lwt.map (fun () -> 2) (Lwt.pause ()))
  | 30 -> let n = random 9 in Lwt.with_value key (if n = 0 then None else Some n) (fun () -> make depth)
  | 31 -> let t = label "async" in Lwt.async (fun () -> Lwt.map ignore (behave scope depth t 0))
  | 32 -> let t = label "dont" in Lwt.dont_wait (fun () -> Lwt.map ignore (behave scope depth t 0)) (fun e -> say "%s[%s]" t (name e))
  | _ -> let t = label "apply" in keep (Lwt.apply (behave scope depth t) 1)

and watch depth =
  let p = some_promise () and t = label "on" in
  match random 9 with
  | 0 -> Lwt.on_success p (fun v -> say "%ss(%d)" t v; quiet depth t)
  | 1 -> Lwt.on_failure p (fun e -> say "%sf[%s]" t (name e))
  | 2 -> Lwt.on_termination p (fun () -> quiet depth t)
  | 3 -> Lwt.on_any p (fun v -> say "%sa(%d)" t v) (fun e -> say "%sa[%s]" t (name e))
  | _ -> Lwt.on_cancel p (fun () -> quiet depth (t ^ "c"))

and resolve () =
  match !resolvers with
  | [] -> ()
  | list ->
      let u = any list in
      resolvers := List.filter (fun v -> v != u) list;
      let n = random 50 in
      say "resolve%d" n;
      (match random 6 with
      | 0 -> Lwt.wakeup_exn u (Planned n)
      | 1 -> Lwt.wakeup_later_exn u (Planned n)
      | 2 | 3 -> Lwt.wakeup_later u n
      | 4 -> Lwt.wakeup_later_result u (Ok n)
      | _ -> Lwt.wakeup u n);
      say "resolved"

and step depth =
  match random 12 with
  | 0 | 1 | 2 | 3 | 4 -> make depth
  | 5 | 6 -> watch depth
  | 7 | 8 | 9 -> resolve ()
  | 10 ->
      let p = some_promise () in
      say "cancel %s" (show p);
      Lwt.cancel p;
      say "cancelled %s" (show p)
  | _ -> if depth = 0 then Lwt.wakeup_paused () else ignore (Lwt.pause ())

let program n =
  seed := n * 7919;
  Buffer.clear trace;
  counter := 0;
  promises := [ Lwt.return 0 ];
  resolvers := [];
  Lwt.abandon_paused ();
  for _ = 1 to 10 + random 80 do
    (try step 0 with e -> say "raised %s" (name e));
    Buffer.add_char trace '\n'
  done;
  List.iter (fun p -> say "%s" (show p)) !promises

let () =
  Lwt.async_exception_hook := (fun e -> say "hook[%s]" (name e));
  match Sys.argv with
  | [| _; n |] ->
      program (int_of_string n);
      print_endline (Buffer.contents trace)
  | _ ->
      for group = 0 to 47 do
        let digests = List.init 40 (fun i -> program ((40 * group) + i); Digest.string (Buffer.contents trace)) in
        Printf.printf "%d %s\n" group (Digest.to_hex (Digest.string (String.concat "" digests)))
      done
