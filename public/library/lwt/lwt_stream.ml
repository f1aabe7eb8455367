(* Streams: sequences of which the elements come in time and are taken once.

   A stream is a position in a linked list that grows at its end; its clones are other positions in the same list. *)

open Lwt.Infix

exception Closed
exception Full
exception Empty

(* What a stream keeps alive for whoever pushes into it. *)
type kept = Nothing | Kept : _ -> kept

type 'a node = { mutable contents : 'a contents }
and 'a contents = Unknown | Element of 'a * 'a node | End

(* What is known of a stream with a bound. *)
type 'a bound = {
  mutable size : int;
  mutable count : int;
  (* The element that waits for a place, and who pushes it. *)
  mutable blocked : ('a * unit Lwt.t * unit Lwt.u) option;
}

type 'a source =
  | From of (unit -> 'a option Lwt.t)
  | From_direct of (unit -> 'a option)
  | Push of 'a bound option

type 'a shared = {
  source : 'a source;
  mutable frontier : 'a node;  (** the node of which the contents are not known yet *)
  mutable running : unit Lwt.t;  (** fulfilled when the frontier moves; pending while somebody waits for that *)
  mutable moved : unit Lwt.u option;  (** of a pushed stream: resolves [running] *)
  closed : unit Lwt.t;
  close : unit Lwt.u;
  mutable reference : kept;
}

type 'a t = { shared : 'a shared; mutable node : 'a node }

let make source =
  let node = { contents = Unknown } in
  let closed, close = Lwt.wait () in
  { shared = { source; frontier = node; running = Lwt.return_unit; moved = None; closed; close; reference = Nothing }; node }

let from f = make (From f)
let from_direct f = make (From_direct f)
let is_closed s = not (Lwt.is_sleeping s.shared.closed)
let closed s = s.shared.closed
let on_termination s f = Lwt.async (fun () -> s.shared.closed >|= f)
let on_terminate = on_termination

let add shared element =
  match element with
  | Some x ->
      let next = { contents = Unknown } in
      shared.frontier.contents <- Element (x, next);
      shared.frontier <- next
  | None ->
      shared.frontier.contents <- End;
      if Lwt.is_sleeping shared.closed then Lwt.wakeup shared.close ()

(* {1 Pushed streams} *)

let signal shared =
  match shared.moved with
  | None -> ()
  | Some u ->
      shared.moved <- None;
      Lwt.wakeup_later u ()

let push_into shared element =
  if not (Lwt.is_sleeping shared.closed) then raise Closed;
  add shared element;
  signal shared

let create_with_reference () =
  let s = make (Push None) in
  (s, push_into s.shared, fun reference -> s.shared.reference <- Kept reference)

let create () =
  let s, push, _ = create_with_reference () in
  (s, push)

class type ['a] bounded_push = object
  method size : int
  method resize : int -> unit
  method push : 'a -> unit Lwt.t
  method close : unit
  method count : int
  method blocked : bool
  method closed : bool
  method set_reference : 'b. 'b -> unit
end

(* Lets the blocked element in, if there is a place now. *)
let unblock shared bound =
  match bound.blocked with
  | Some (x, _, u) when bound.count < bound.size ->
      bound.blocked <- None;
      bound.count <- bound.count + 1;
      add shared (Some x);
      signal shared;
      Lwt.wakeup_later u ()
  | Some _ | None -> ()

class ['a] bounded_push_to (shared : 'a shared) (bound : 'a bound) = object
  method size = bound.size

  method resize size =
    if size < 0 then invalid_arg "Lwt_stream.bounded_push#resize";
    bound.size <- size;
    unblock shared bound

  method push x =
    if not (Lwt.is_sleeping shared.closed) then Lwt.fail Closed
    else if bound.blocked <> None then Lwt.fail Full
    else if bound.count < bound.size then begin
      bound.count <- bound.count + 1;
      add shared (Some x);
      signal shared;
      Lwt.return_unit
    end
    else begin
      let p, u = Lwt.task () in
      bound.blocked <- Some (x, p, u);
      Lwt.on_cancel p (fun () -> bound.blocked <- None);
      p
    end

  method close =
    if Lwt.is_sleeping shared.closed then begin
      let blocked = bound.blocked in
      bound.blocked <- None;
      add shared None;
      signal shared;
      match blocked with Some (_, _, u) -> Lwt.wakeup_later_exn u Closed | None -> ()
    end

  method count = bound.count
  method blocked = match bound.blocked with None -> false | Some _ -> true
  method closed = not (Lwt.is_sleeping shared.closed)
  method set_reference : 'b. 'b -> unit = fun reference -> shared.reference <- Kept reference
end

let create_bounded size =
  if size < 0 then invalid_arg "Lwt_stream.create_bounded";
  let bound = { size; count = 0; blocked = None } in
  let s = make (Push (Some bound)) in
  (s, (new bounded_push_to s.shared bound :> _ bounded_push))

let is_bounded s = match s.shared.source with Push (Some _) -> true | Push None | From _ | From_direct _ -> false

let clone s =
  if is_bounded s then invalid_arg "Lwt_stream.clone";
  { s with node = s.node }

(* {1 Taking} *)

(* Fulfilled when the frontier has moved. *)
let feed s =
  let shared = s.shared in
  if Lwt.is_sleeping shared.running then Lwt.protected shared.running
  else
    match shared.source with
    | From_direct f ->
        add shared (f ());
        Lwt.return_unit
    | From f ->
        shared.running <- (Lwt.apply f () >|= add shared);
        Lwt.protected shared.running
    | Push _ ->
        let p, u = Lwt.wait () in
        shared.running <- p;
        shared.moved <- Some u;
        Lwt.protected p

(* Goes on behind an element. *)
let advance s next =
  s.node <- next;
  match s.shared.source with
  | Push (Some bound) ->
      bound.count <- bound.count - 1;
      unblock s.shared bound
  | Push None | From _ | From_direct _ -> ()

let rec get s =
  match s.node.contents with
  | Element (x, next) ->
      advance s next;
      Lwt.return_some x
  | End -> Lwt.return_none
  | Unknown -> feed s >>= fun () -> get s

let next s = get s >>= function Some x -> Lwt.return x | None -> Lwt.fail Empty

let rec peek s =
  match s.node.contents with
  | Element (x, _) -> Lwt.return_some x
  | End -> Lwt.return_none
  | Unknown -> feed s >>= fun () -> peek s

let is_empty s = peek s >|= Option.is_none

let npeek n s =
  let rec go n taken node =
    if n <= 0 then Lwt.return (List.rev taken)
    else
      match node.contents with
      | Element (x, next) -> go (n - 1) (x :: taken) next
      | End -> Lwt.return (List.rev taken)
      | Unknown -> feed s >>= fun () -> go n taken node
  in
  go n [] s.node

let nget n s =
  let rec go n taken = if n <= 0 then Lwt.return (List.rev taken) else get s >>= function None -> Lwt.return (List.rev taken) | Some x -> go (n - 1) (x :: taken) in
  go n []

(* Takes the elements up to the first that does not satisfy [f], which stays. *)
let take_while f s add start =
  let rec go taken =
    match s.node.contents with
    | Element (x, next) ->
        let node = s.node in
        f x >>= fun holds ->
        if holds then begin
          (* Somebody else may have taken it while [f] was waited for. *)
          if s.node == node then advance s next;
          go (add x taken)
        end
        else Lwt.return taken
    | End -> Lwt.return taken
    | Unknown -> feed s >>= fun () -> go taken
  in
  go start

let cons x list = x :: list
let get_while_s f s = take_while f s cons [] >|= List.rev
let get_while f s = get_while_s (fun x -> Lwt.return (f x)) s
let junk_while_s f s = take_while f s (fun _ () -> ()) ()
let junk_while f s = junk_while_s (fun x -> Lwt.return (f x)) s
let junk s = get s >|= ignore
let rec njunk n s = if n <= 0 then Lwt.return_unit else get s >>= function None -> Lwt.return_unit | Some _ -> njunk (n - 1) s

(* The elements that are there now, at most [limit]. *)
let available limit s =
  let rec go n taken =
    if n = 0 then List.rev taken
    else
      match s.node.contents with
      | Element (x, next) ->
          advance s next;
          go (n - 1) (x :: taken)
      | End -> List.rev taken
      | Unknown -> (
          match Lwt.state (feed s) with Lwt.Return () -> go n taken | Lwt.Sleep -> List.rev taken | Lwt.Fail e -> raise e)
  in
  go limit []

let get_available s = available (-1) s
let get_available_up_to n s = available (max 0 n) s

let junk_available s = ignore (get_available s)

let junk_old s =
  match junk_available s with
  | () -> Lwt.return_unit
  | exception e -> Lwt.fail e

let last_new s =
  match get_available s with
  | [] -> next s
  | first :: rest -> Lwt.return (List.fold_left (fun _ x -> x) first rest)
  | exception e -> Lwt.fail e

let to_list s =
  let rec go taken = get s >>= function None -> Lwt.return (List.rev taken) | Some x -> go (x :: taken) in
  go []

let to_string s =
  let b = Buffer.create 128 in
  let rec go () =
    get s >>= function
    | None -> Lwt.return (Buffer.contents b)
    | Some c ->
        Buffer.add_char b c;
        go ()
  in
  go ()

(* {1 From other things} *)

let of_seq seq =
  let rest = ref seq in
  from_direct (fun () ->
      match !rest () with
      | Seq.Nil -> None
      | Seq.Cons (x, next) ->
          rest := next;
          Some x)

let of_lwt_seq seq =
  let rest = ref seq in
  from (fun () ->
      !rest () >|= function
      | Lwt_seq.Nil -> None
      | Lwt_seq.Cons (x, next) ->
          rest := next;
          Some x)

let of_list list = of_seq (List.to_seq list)
let of_array array = of_seq (Array.to_seq array)
let of_string text = of_seq (String.to_seq text)
let return x = of_list [ x ]

let return_lwt p =
  let taken = ref false in
  from (fun () ->
      if !taken then Lwt.return_none
      else
        p >|= fun x ->
        taken := true;
        Some x)

(* {1 Transforming} *)

let map f s = from (fun () -> get s >|= Option.map f)
let map_s f s = from (fun () -> get s >>= function None -> Lwt.return_none | Some x -> f x >|= Option.some)

let filter_map f s =
  let rec next () = get s >>= function None -> Lwt.return_none | Some x -> ( match f x with None -> next () | some -> Lwt.return some) in
  from next

let filter_map_s f s =
  let rec next () = get s >>= function None -> Lwt.return_none | Some x -> ( f x >>= function None -> next () | some -> Lwt.return some) in
  from next

let filter f s = filter_map (fun x -> if f x then Some x else None) s
let filter_s f s = filter_map_s (fun x -> f x >|= fun keep -> if keep then Some x else None) s

let map_list_s f s =
  let pending = ref [] in
  let rec next () =
    match !pending with
    | x :: rest ->
        pending := rest;
        Lwt.return_some x
    | [] -> (
        get s >>= function
        | None -> Lwt.return_none
        | Some x ->
            f x >>= fun list ->
            pending := list;
            next ())
  in
  from next

let map_list f s = map_list_s (fun x -> Lwt.return (f x)) s
let flatten s = map_list Fun.id s

let rec fold f s accumulator =
  get s >>= function
  | None -> Lwt.return accumulator
  | Some x ->
      let accumulator = f x accumulator in
      fold f s accumulator

let rec fold_s f s accumulator = get s >>= function None -> Lwt.return accumulator | Some x -> f x accumulator >>= fun accumulator -> fold_s f s accumulator
let iter f s = fold (fun x () -> f x) s ()
let iter_s f s = fold_s (fun x () -> f x) s ()

let iter_p f s =
  let rec start started = get s >>= function None -> Lwt.join started | Some x -> start (Lwt.apply f x :: started) in
  start []

let iter_n ?(max_concurrency = 1) f s =
  if max_concurrency <= 0 then
    invalid_arg (Printf.sprintf "Lwt_stream.iter_n: max_concurrency must be > 0, %d given" max_concurrency);
  let rec run running free =
    (if free > 0 then Lwt.return_unit else Lwt.choose running) >>= fun () ->
    let ended, running = List.partition (fun p -> not (Lwt.is_sleeping p)) running in
    Lwt.join ended >>= fun () ->
    let free = free + List.length ended in
    get s >>= function None -> Lwt.join running | Some x -> run (Lwt.apply f x :: running) (free - 1)
  in
  run [] max_concurrency

let rec find_map f s = get s >>= function None -> Lwt.return_none | Some x -> ( match f x with None -> find_map f s | some -> Lwt.return some)
let rec find_map_s f s = get s >>= function None -> Lwt.return_none | Some x -> ( f x >>= function None -> find_map_s f s | some -> Lwt.return some)
let find f s = find_map (fun x -> if f x then Some x else None) s
let find_s f s = find_map_s (fun x -> f x >|= fun found -> if found then Some x else None) s

let combine a b =
  from (fun () ->
      let x = get a and y = get b in
      Lwt.both x y >|= function Some x, Some y -> Some (x, y) | _ -> None)

let concat streams =
  let current = ref None in
  let rec next () =
    match !current with
    | Some s -> (
        get s >>= function
        | Some _ as some -> Lwt.return some
        | None ->
            current := None;
            next ())
    | None -> (
        get streams >>= function
        | None -> Lwt.return_none
        | Some s ->
            current := Some s;
            next ())
  in
  from next

let append a b = concat (of_list [ a; b ])

(* The first element that comes from any of the streams. *)
let choose streams =
  let ask s = (s, get s >|= fun x -> (s, x)) in
  let asked = ref (List.map ask streams) in
  let rec next () =
    if !asked = [] then Lwt.return_none
    else
      Lwt.choose (List.map snd !asked) >>= fun (s, x) ->
      let others = List.filter (fun (s', _) -> s' != s) !asked in
      match x with
      | Some _ ->
          asked := others @ [ ask s ];
          Lwt.return x
      | None ->
          asked := others;
          next ()
  in
  from next

let wrap_exn s =
  from (fun () ->
      Lwt.try_bind
        (fun () -> get s)
        (function None -> Lwt.return_none | Some x -> Lwt.return_some (Ok x))
        (fun e -> Lwt.return_some (Error e)))

let parse s f =
  if is_bounded s then invalid_arg "Lwt_stream.parse";
  let start = s.node in
  Lwt.catch
    (fun () -> f s)
    (fun e ->
      s.node <- start;
      Lwt.fail e)

(* {1 Hexadecimal dumps} *)

let hexdump s =
  let address = ref 0 in
  from (fun () ->
      nget 16 s >|= function
      | [] -> None
      | chars ->
          let b = Buffer.create 80 in
          Printf.bprintf b "%08x|  " !address;
          address := !address + 16;
          for i = 0 to 15 do
            (match List.nth_opt chars i with
            | Some c -> Printf.bprintf b "%02x " (Char.code c)
            | None -> Buffer.add_string b "   ");
            if i = 7 then Buffer.add_char b ' '
          done;
          Buffer.add_string b " |";
          List.iter (fun c -> Buffer.add_char b (if c >= ' ' && c <= '~' then c else '.')) chars;
          Buffer.add_char b '|';
          Some (Buffer.contents b))
