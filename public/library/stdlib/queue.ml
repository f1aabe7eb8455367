(* First in, first out: a list whose last cell is at hand. *)

exception Empty

type 'a cell = Nil | Cons of { content : 'a; mutable next : 'a cell }
type 'a t = { mutable length : int; mutable first : 'a cell; mutable last : 'a cell }

let create () = { length = 0; first = Nil; last = Nil }

let clear q =
  q.length <- 0;
  q.first <- Nil;
  q.last <- Nil

let add x q =
  let cell = Cons { content = x; next = Nil } in
  match q.last with
  | Nil ->
      q.length <- 1;
      q.first <- cell;
      q.last <- cell
  | Cons last ->
      q.length <- q.length + 1;
      last.next <- cell;
      q.last <- cell

let push = add
let peek q = match q.first with Nil -> raise Empty | Cons { content } -> content
let peek_opt q = match q.first with Nil -> None | Cons { content } -> Some content
let top = peek

(* Takes off the first cell, whose successor is [next]. *)
let advance q next =
  match next with
  | Nil -> clear q
  | Cons _ ->
      q.length <- q.length - 1;
      q.first <- next

let take q =
  match q.first with
  | Nil -> raise Empty
  | Cons { content; next } ->
      advance q next;
      content

let take_opt q =
  match q.first with
  | Nil -> None
  | Cons { content; next } ->
      advance q next;
      Some content

let pop = take
let drop q = match q.first with Nil -> raise Empty | Cons { next } -> advance q next
let is_empty q = q.length = 0
let length q = q.length

let rec iter_from f = function
  | Nil -> ()
  | Cons { content; next } ->
      f content;
      iter_from f next

let iter f q = iter_from f q.first
let rec fold_from f acc = function Nil -> acc | Cons { content; next } -> fold_from f (f acc content) next
let fold f acc q = fold_from f acc q.first

let copy q =
  let result = create () in
  iter (fun x -> add x result) q;
  result

let transfer from into =
  if from.length > 0 then begin
    (match into.last with
    | Nil ->
        into.length <- from.length;
        into.first <- from.first
    | Cons last ->
        into.length <- into.length + from.length;
        last.next <- from.first);
    into.last <- from.last;
    clear from
  end

let rec seq_from cell () = match cell with Nil -> Seq.Nil | Cons { content; next } -> Seq.Cons (content, seq_from next)
let to_seq q = seq_from q.first
let add_seq q xs = Seq.iter (fun x -> add x q) xs

let of_seq xs =
  let q = create () in
  add_seq q xs;
  q
