(* Last in, first out. *)

type 'a t = { mutable elements : 'a list; mutable length : int }

exception Empty

let create () = { elements = []; length = 0 }

let clear s =
  s.elements <- [];
  s.length <- 0

let copy s = { elements = s.elements; length = s.length }

let push x s =
  s.elements <- x :: s.elements;
  s.length <- s.length + 1

let remove s rest =
  s.elements <- rest;
  s.length <- s.length - 1

let pop s =
  match s.elements with
  | [] -> raise Empty
  | x :: rest ->
      remove s rest;
      x

let pop_opt s =
  match s.elements with
  | [] -> None
  | x :: rest ->
      remove s rest;
      Some x

let drop s = match s.elements with [] -> raise Empty | _ :: rest -> remove s rest
let top s = match s.elements with [] -> raise Empty | x :: _ -> x
let top_opt s = match s.elements with [] -> None | x :: _ -> Some x
let is_empty s = match s.elements with [] -> true | _ :: _ -> false
let length s = s.length
let iter f s = List.iter f s.elements
let fold f acc s = List.fold_left f acc s.elements
let to_seq s = List.to_seq s.elements
let add_seq s xs = Seq.iter (fun x -> push x s) xs

let of_seq xs =
  let s = create () in
  add_seq s xs;
  s
