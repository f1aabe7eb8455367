(* Priority search queues: height-balanced search trees over the keys (Adelson-Velsky and Landis, 1962) in which every node also holds the
   binding of the least priority among those below it. *)

module type Ordered = sig
  type t

  val compare : t -> t -> int
end

module type S = sig
  type t
  type k
  type p

  val empty : t
  val sg : k -> p -> t
  val ( ++ ) : t -> t -> t
  val of_list : (k * p) list -> t
  val of_sorted_list : (k * p) list -> t
  val of_seq : (k * p) Seq.t -> t
  val add_seq : (k * p) Seq.t -> t -> t
  val is_empty : t -> bool
  val size : t -> int
  val mem : k -> t -> bool
  val find : k -> t -> p option
  val add : k -> p -> t -> t
  val push : k -> p -> t -> t
  val remove : k -> t -> t
  val adjust : k -> (p -> p) -> t -> t
  val update : k -> (p option -> p option) -> t -> t
  val split_at : k -> t -> t * t
  val min : t -> (k * p) option
  val rest : t -> t option
  val pop : t -> ((k * p) * t) option
  val fold_at_most : p -> (k -> p -> 'a -> 'a) -> 'a -> t -> 'a
  val iter_at_most : p -> (k -> p -> unit) -> t -> unit
  val to_seq_at_most : p -> t -> (k * p) Seq.t
  val to_list : t -> (k * p) list
  val to_seq : t -> (k * p) Seq.t
  val to_priority_list : t -> (k * p) list
  val to_priority_seq : t -> (k * p) Seq.t
  val fold : (k -> p -> 'a -> 'a) -> 'a -> t -> 'a
  val iter : (k -> p -> unit) -> t -> unit
  val filter : (k -> p -> bool) -> t -> t
  val partition : (k -> p -> bool) -> t -> t * t

  val pp :
    ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> k * p -> unit) -> Format.formatter -> t -> unit

  val pp_dump : (Format.formatter -> k -> unit) -> (Format.formatter -> p -> unit) -> Format.formatter -> t -> unit
  val depth : t -> int
end

module Make (K : Ordered) (P : Ordered) = struct
  type k = K.t
  type p = P.t

  type t =
    | Empty
    | Node of { left : t; key : k; priority : p; right : t; height : int; size : int; best : k * p }

  let empty = Empty
  let is_empty = function Empty -> true | Node _ -> false
  let size = function Empty -> 0 | Node n -> n.size
  let depth = function Empty -> 0 | Node n -> n.height

  (* {1 Trees} *)

  let better ((k, p) as a) ((k', p') as b) =
    match P.compare p p' with 0 -> if K.compare k k' <= 0 then a else b | c -> if c < 0 then a else b

  let best_with binding = function Empty -> binding | Node n -> better binding n.best

  let node left key priority right =
    Node
      {
        left;
        key;
        priority;
        right;
        height = 1 + max (depth left) (depth right);
        size = 1 + size left + size right;
        best = best_with (best_with (key, priority) left) right;
      }

  let sg key priority = node Empty key priority Empty

  (* A node whose sides may differ in height by up to 3. *)
  let balance left key priority right =
    let l = depth left and r = depth right in
    if l > r + 2 then
      match left with
      | Node n when depth n.left >= depth n.right -> node n.left n.key n.priority (node n.right key priority right)
      | Node ({ right = Node m; _ } as n) ->
          node (node n.left n.key n.priority m.left) m.key m.priority (node m.right key priority right)
      | _ -> assert false
    else if r > l + 2 then
      match right with
      | Node n when depth n.right >= depth n.left -> node (node left key priority n.left) n.key n.priority n.right
      | Node ({ left = Node m; _ } as n) ->
          node (node left key priority m.left) m.key m.priority (node m.right n.key n.priority n.right)
      | _ -> assert false
    else node left key priority right

  (* Sides of any heights. *)
  let rec join left key priority right =
    match (left, right) with
    | Node l, _ when l.height > depth right + 2 -> balance l.left l.key l.priority (join l.right key priority right)
    | _, Node r when r.height > depth left + 2 -> balance (join left key priority r.left) r.key r.priority r.right
    | _ -> node left key priority right

  let rec take_first left key priority right =
    match left with
    | Empty -> (key, priority, right)
    | Node n ->
        let k, p, left = take_first n.left n.key n.priority n.right in
        (k, p, balance left key priority right)

  let concat left right =
    match right with
    | Empty -> left
    | Node n ->
        let key, priority, right = take_first n.left n.key n.priority n.right in
        join left key priority right

  (* {1 Bindings} *)

  let rec find key = function
    | Empty -> None
    | Node n -> ( match K.compare key n.key with 0 -> Some n.priority | c -> find key (if c < 0 then n.left else n.right))

  let mem key t = Option.is_some (find key t)

  let rec update key f t =
    match t with
    | Empty -> ( match f None with None -> Empty | Some p -> sg key p)
    | Node n -> (
        match K.compare key n.key with
        | 0 -> ( match f (Some n.priority) with None -> concat n.left n.right | Some p when p == n.priority -> t | Some p -> node n.left key p n.right)
        | c when c < 0 ->
            let left = update key f n.left in
            if left == n.left then t else balance left n.key n.priority n.right
        | _ ->
            let right = update key f n.right in
            if right == n.right then t else balance n.left n.key n.priority right)

  let add key priority t = update key (fun _ -> Some priority) t

  let push key priority t =
    update key (function Some p when P.compare p priority <= 0 -> Some p | Some _ | None -> Some priority) t

  let remove key t = update key (fun _ -> None) t
  let adjust key f t = update key (Option.map f) t

  let rec split_at key = function
    | Empty -> (Empty, Empty)
    | Node n ->
        if K.compare n.key key <= 0 then
          let low, high = split_at key n.right in
          (join n.left n.key n.priority low, high)
        else
          let low, high = split_at key n.left in
          (low, join high n.key n.priority n.right)

  let rec fold f accumulator = function
    | Empty -> accumulator
    | Node n -> fold f (f n.key n.priority (fold f accumulator n.left)) n.right

  let ( ++ ) a b = if size a >= size b then fold push a b else fold push b a
  let of_list list = List.fold_left (fun t (k, p) -> add k p t) empty list
  let of_sorted_list = of_list
  let add_seq seq t = Seq.fold_left (fun t (k, p) -> add k p t) t seq
  let of_seq seq = add_seq seq empty

  (* {1 By priority} *)

  let min = function Empty -> None | Node n -> Some n.best
  let pop = function Empty -> None | Node n as t -> Some (n.best, remove (fst n.best) t)
  let rest t = Option.map snd (pop t)

  (* Subtrees of which the least priority is larger are not entered. *)
  let rec fold_at_most limit f accumulator = function
    | Node n when P.compare (snd n.best) limit <= 0 ->
        let accumulator = fold_at_most limit f accumulator n.left in
        let accumulator = if P.compare n.priority limit <= 0 then f n.key n.priority accumulator else accumulator in
        fold_at_most limit f accumulator n.right
    | Node _ | Empty -> accumulator

  let iter_at_most limit f t = fold_at_most limit (fun k p () -> f k p) () t

  let to_seq_at_most limit t =
    let rec go t rest () =
      match t with
      | Node n when P.compare (snd n.best) limit <= 0 ->
          let here () = if P.compare n.priority limit <= 0 then Seq.Cons ((n.key, n.priority), go n.right rest) else go n.right rest () in
          go n.left here ()
      | Node _ | Empty -> rest ()
    in
    go t Seq.empty

  (* {1 All} *)

  let iter f t = fold (fun k p () -> f k p) () t
  let to_list t = List.rev (fold (fun k p list -> (k, p) :: list) [] t)

  let to_seq t =
    let rec go t rest () =
      match t with Empty -> rest () | Node n -> go n.left (fun () -> Seq.Cons ((n.key, n.priority), go n.right rest)) ()
    in
    go t Seq.empty

  let rec to_priority_seq t () =
    match pop t with None -> Seq.Nil | Some (binding, rest) -> Seq.Cons (binding, to_priority_seq rest)

  let to_priority_list t = List.of_seq (to_priority_seq t)

  let rec partition f = function
    | Empty -> (Empty, Empty)
    | Node n ->
        let left_in, left_out = partition f n.left in
        let is_in = f n.key n.priority in
        let right_in, right_out = partition f n.right in
        if is_in then (join left_in n.key n.priority right_in, concat left_out right_out)
        else (concat left_in right_in, join left_out n.key n.priority right_out)

  let filter f t = fst (partition f t)

  (* {1 Printing} *)

  let pp ?(sep = Format.pp_print_space) pp_binding ppf t =
    Format.pp_open_hovbox ppf 0;
    Format.pp_print_list ~pp_sep:sep pp_binding ppf (to_list t);
    Format.pp_close_box ppf ()

  let pp_dump pp_k pp_p ppf t =
    let pp_binding ppf (k, p) = Format.fprintf ppf "(@[%a,@ %a@])" pp_k k pp_p p in
    Format.fprintf ppf "@[<hov 2>of_sorted_list [%a]@]"
      (Format.pp_print_list ~pp_sep:(fun ppf () -> Format.fprintf ppf ";@ ") pp_binding)
      (to_list t)
end
