(* Lists and promises: [_s] functions go one element after the other, [_p] functions start all at once. *)

open Lwt.Infix

let rec iter_s f = function [] -> Lwt.return_unit | x :: rest -> Lwt.apply f x >>= fun () -> iter_s f rest
let iter_p f list = Lwt.join (List.rev (List.rev_map (Lwt.apply f) list))

let iteri_s f list =
  let rec from i = function [] -> Lwt.return_unit | x :: rest -> Lwt.apply (f i) x >>= fun () -> from (i + 1) rest in
  from 0 list

let iteri_p f list = Lwt.join (List.mapi (fun i x -> Lwt.apply (f i) x) list)

let mapi_s f list =
  let rec from i done_ = function
    | [] -> Lwt.return (List.rev done_)
    | x :: rest -> Lwt.apply (f i) x >>= fun y -> from (i + 1) (y :: done_) rest
  in
  from 0 [] list

let map_s f list = mapi_s (fun _ x -> f x) list
let mapi_p f list = Lwt.all (List.mapi (fun i x -> Lwt.apply (f i) x) list)
let map_p f list = mapi_p (fun _ x -> f x) list
let rev_map_s f list = map_s f list >|= List.rev
let rev_map_p f list = map_p f list >|= List.rev

let rec fold_left_s f accumulator = function
  | [] -> Lwt.return accumulator
  | x :: rest -> Lwt.apply (f accumulator) x >>= fun accumulator -> fold_left_s f accumulator rest

let fold_right_s f list accumulator =
  let rec from list accumulator =
    match list with [] -> Lwt.return accumulator | x :: rest -> Lwt.apply (f x) accumulator >>= fun accumulator -> from rest accumulator
  in
  from (List.rev list) accumulator

let rec for_all_s f = function
  | [] -> Lwt.return_true
  | x :: rest -> Lwt.apply f x >>= fun holds -> if holds then for_all_s f rest else Lwt.return_false

let for_all_p f list = map_p f list >|= List.for_all Fun.id

let rec exists_s f = function
  | [] -> Lwt.return_false
  | x :: rest -> Lwt.apply f x >>= fun holds -> if holds then Lwt.return_true else exists_s f rest

let exists_p f list = map_p f list >|= List.exists Fun.id

let rec find_s f = function
  | [] -> Lwt.fail Not_found
  | x :: rest -> Lwt.apply f x >>= fun holds -> if holds then Lwt.return x else find_s f rest

let filter_map_s f list = map_s f list >|= List.filter_map Fun.id
let filter_map_p f list = map_p f list >|= List.filter_map Fun.id
let chosen list = List.filter_map (fun (x, holds) -> if holds then Some x else None) list
let with_verdict f x = Lwt.apply f x >|= fun holds -> (x, holds)
let filter_s f list = map_s (with_verdict f) list >|= chosen
let filter_p f list = map_p (with_verdict f) list >|= chosen
let split list = (chosen list, List.filter_map (fun (x, holds) -> if holds then None else Some x) list)
let partition_s f list = map_s (with_verdict f) list >|= split
let partition_p f list = map_p (with_verdict f) list >|= split
