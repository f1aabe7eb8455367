(* Lazy sequences each of whose elements is a promise. *)

open Lwt.Syntax
open Lwt.Infix

type 'a t = unit -> 'a node Lwt.t
and +'a node = Nil | Cons of 'a * 'a t

let nil = Lwt.return Nil
let empty () = nil
let return x () = Lwt.return (Cons (x, empty))
let return_lwt p () = p >|= fun x -> Cons (x, empty)
let cons x seq () = Lwt.return (Cons (x, seq))
let cons_lwt p seq () = p >|= fun x -> Cons (x, seq)

let rec append a b () = a () >>= function Nil -> b () | Cons (x, rest) -> Lwt.return (Cons (x, append rest b))
let rec map f seq () = seq () >|= function Nil -> Nil | Cons (x, rest) -> Cons (f x, map f rest)

let rec map_s f seq () =
  seq () >>= function
  | Nil -> nil
  | Cons (x, rest) ->
      let+ y = f x in
      Cons (y, map_s f rest)

let rec filter_map f seq () =
  seq () >>= function
  | Nil -> nil
  | Cons (x, rest) -> ( match f x with None -> filter_map f rest () | Some y -> Lwt.return (Cons (y, filter_map f rest)))

let rec filter_map_s f seq () =
  seq () >>= function
  | Nil -> nil
  | Cons (x, rest) -> (
      f x >>= function None -> filter_map_s f rest () | Some y -> Lwt.return (Cons (y, filter_map_s f rest)))

let filter f seq = filter_map (fun x -> if f x then Some x else None) seq
let filter_s f seq = filter_map_s (fun x -> f x >|= fun keep -> if keep then Some x else None) seq
let rec flat_map f seq () = seq () >>= function Nil -> nil | Cons (x, rest) -> append (f x) (flat_map f rest) ()

let rec fold_left f accumulator seq =
  seq () >>= function
  | Nil -> Lwt.return accumulator
  | Cons (x, rest) ->
      let accumulator = f accumulator x in
      fold_left f accumulator rest

let rec fold_left_s f accumulator seq =
  seq () >>= function Nil -> Lwt.return accumulator | Cons (x, rest) -> f accumulator x >>= fun accumulator -> fold_left_s f accumulator rest

let rec iter f seq =
  seq () >>= function
  | Nil -> Lwt.return_unit
  | Cons (x, rest) ->
      f x;
      iter f rest

let rec iter_s f seq = seq () >>= function Nil -> Lwt.return_unit | Cons (x, rest) -> f x >>= fun () -> iter_s f rest

let iter_p f seq =
  let rec start started seq =
    seq () >>= function Nil -> Lwt.join started | Cons (x, rest) -> start (Lwt.apply f x :: started) rest
  in
  start [] seq

let iter_n ?(max_concurrency = 1) f seq =
  if max_concurrency <= 0 then
    invalid_arg (Printf.sprintf "Lwt_seq.iter_n: max_concurrency must be > 0, %d given" max_concurrency);
  let rec run running free seq =
    let* () = if free > 0 then Lwt.return_unit else Lwt.choose running in
    (* Those that have ended make place; one that failed ends all. *)
    let ended, running = List.partition (fun p -> not (Lwt.is_sleeping p)) running in
    let* () = Lwt.join ended in
    let free = free + List.length ended in
    seq () >>= function Nil -> Lwt.join running | Cons (x, rest) -> run (Lwt.apply f x :: running) (free - 1) rest
  in
  run [] max_concurrency seq

let rec unfold f state () = match f state with None -> nil | Some (x, state) -> Lwt.return (Cons (x, unfold f state)) | exception e -> Lwt.fail e

let rec unfold_lwt f state () =
  let+ step = f state in
  match step with None -> Nil | Some (x, state) -> Cons (x, unfold_lwt f state)

let to_list seq = fold_left (fun list x -> x :: list) [] seq >|= List.rev
let rec of_list list () = Lwt.return (match list with [] -> Nil | x :: rest -> Cons (x, of_list rest))

let rec of_seq seq () =
  match seq () with Seq.Nil -> nil | Seq.Cons (x, rest) -> Lwt.return (Cons (x, of_seq rest)) | exception e -> Lwt.fail e

let rec of_seq_lwt seq () =
  match seq () with
  | Seq.Nil -> nil
  | Seq.Cons (p, rest) ->
      let+ x = p in
      Cons (x, of_seq_lwt rest)
  | exception e -> Lwt.fail e
