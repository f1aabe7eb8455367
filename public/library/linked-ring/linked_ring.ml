(* Doubly linked lists: rings with a root between the last element and the first. *)

exception Empty

type 'a link = { mutable left : 'a link; mutable right : 'a link; mutable element : 'a element }

and 'a element =
  | Root
  | Here of 'a
  | Gone of 'a  (** taken out; its links still lead back into the list, for those who stand here *)

type 'a t = 'a link
type 'a node = 'a link

let create () =
  let rec root = { left = root; right = root; element = Root } in
  root

let is_empty root = root.right == root

let get node = match node.element with Here v | Gone v -> v | Root -> assert false

let set node v =
  node.element <- (match node.element with Here _ -> Here v | Gone _ -> Gone v | Root -> assert false)

let remove node =
  match node.element with
  | Here v ->
      node.left.right <- node.right;
      node.right.left <- node.left;
      node.element <- Gone v
  | Gone _ | Root -> ()

(* Between a link and its right neighbour. *)
let insert_after link v =
  let node = { left = link; right = link.right; element = Here v } in
  link.right.left <- node;
  link.right <- node;
  node

let add_l v root = insert_after root v
let add_r v root = insert_after root.left v

let take_from neighbour root =
  let node = neighbour root in
  if node == root then None
  else begin
    remove node;
    Some (get node)
  end

let right link = link.right
let left link = link.left
let take_opt_l root = take_from right root
let take_opt_r root = take_from left root
let or_empty = function Some v -> v | None -> raise Empty
let take_l root = or_empty (take_opt_l root)
let take_r root = or_empty (take_opt_r root)

(* Puts all of [source] between [before] and its right neighbour. *)
let splice source before =
  if not (is_empty source) then begin
    let first = source.right and last = source.left and after = before.right in
    before.right <- first;
    first.left <- before;
    last.right <- after;
    after.left <- last;
    source.left <- source;
    source.right <- source
  end

let transfer_l source target = splice source target
let transfer_r source target = splice source target.left

(* A node that is taken out while one stands on it still leads on. *)
let iter_node next f root =
  let rec go link =
    if link != root then begin
      (match link.element with Here _ -> f link | Gone _ | Root -> ());
      go (next link)
    end
  in
  go (next root)

let iter_node_l f root = iter_node right f root
let iter_node_r f root = iter_node left f root
let iter_l f root = iter_node_l (fun node -> f (get node)) root
let iter_r f root = iter_node_r (fun node -> f (get node)) root

let fold iterate f root accumulator =
  let accumulator = ref accumulator in
  iterate (fun v -> accumulator := f v !accumulator) root;
  !accumulator

let fold_l f root accumulator = fold iter_l f root accumulator
let fold_r f root accumulator = fold iter_r f root accumulator
let length root = fold_l (fun _ n -> n + 1) root 0

let find next f root =
  let rec go link = if link == root then None else match link.element with Here v when f v -> Some link | _ -> go (next link) in
  go (next root)

let find_node_opt_l f root = find right f root
let find_node_opt_r f root = find left f root
let or_not_found = function Some node -> node | None -> raise Not_found
let find_node_l f root = or_not_found (find_node_opt_l f root)
let find_node_r f root = or_not_found (find_node_opt_r f root)

let clear root =
  root.left <- root;
  root.right <- root
