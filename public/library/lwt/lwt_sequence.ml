(* Sequences as rings of links: the sequence itself is the link between the last node and the first. *)

type 'a t = { mutable previous : 'a t; mutable next : 'a t; content : 'a content }
and 'a content = End | Item of { mutable value : 'a; mutable present : bool }

type 'a node = 'a t

exception Empty

let get node = match node.content with Item item -> item.value | End -> assert false
let set node value = match node.content with Item item -> item.value <- value | End -> assert false

let join left right =
  left.next <- right;
  right.previous <- left

let remove node =
  match node.content with
  | Item ({ present = true; _ } as item) ->
      item.present <- false;
      (* Its own links stay, so that a traversal that is at it finds on. *)
      join node.previous node.next
  | Item _ | End -> ()

let create () =
  let rec s = { previous = s; next = s; content = End } in
  s

let clear s = join s s
let is_empty s = s.next == s

let insert left value right =
  let node = { previous = left; next = right; content = Item { value; present = true } } in
  left.next <- node;
  right.previous <- node;
  node

let add_l value s = insert s value s.next
let add_r value s = insert s.previous value s

let take s node =
  if node == s then None
  else begin
    let value = get node in
    remove node;
    Some value
  end

let take_opt_l s = take s s.next
let take_opt_r s = take s s.previous
let take_l s = match take_opt_l s with Some value -> value | None -> raise Empty
let take_r s = match take_opt_r s with Some value -> value | None -> raise Empty

(* Moves all of [from] between two links that are next to each other. *)
let transfer from left right =
  if not (is_empty from) then begin
    join left from.next;
    join from.previous right;
    clear from
  end

let transfer_l from s = transfer from s s.next
let transfer_r from s = transfer from s.previous s

let iterate step f s =
  let rec go node =
    match node.content with
    | End -> ()
    | Item item ->
        (* A removed node's links lead on, though through others that may have been removed after it. *)
        if item.present then f node;
        go (step node)
  in
  go (step s)

let forward node = node.next
let backward node = node.previous
let iter_node_l f s = iterate forward f s
let iter_node_r f s = iterate backward f s
let iter_l f s = iter_node_l (fun node -> f (get node)) s
let iter_r f s = iter_node_r (fun node -> f (get node)) s

let fold step f s init =
  let result = ref init in
  iterate step (fun node -> result := f (get node) !result) s;
  !result

let fold_l f s init = fold forward f s init
let fold_r f s init = fold backward f s init

let find step accepts s =
  let rec go node = match node.content with End -> None | Item item -> if item.present && accepts item.value then Some node else go (step node) in
  go (step s)

let find_node_opt_l accepts s = find forward accepts s
let find_node_opt_r accepts s = find backward accepts s
let find_node_l accepts s = match find_node_opt_l accepts s with Some node -> node | None -> raise Not_found
let find_node_r accepts s = match find_node_opt_r accepts s with Some node -> node | None -> raise Not_found
let length s = fold_l (fun _ n -> n + 1) s 0
