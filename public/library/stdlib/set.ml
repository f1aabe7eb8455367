(* Sets: balanced binary trees (G. M. Adelson-Velsky, E. M. Landis, "An algorithm for the organization of information", 1962) in which
   the heights of two siblings may differ by 2. What does not change is shared with the set that an operation was given. *)

module type OrderedType =
  sig
    type t

    val compare : t -> t -> int

  end

module type S =
  sig

    type elt

    type t

    val empty: t

    val add: elt -> t -> t

    val singleton: elt -> t

    val remove: elt -> t -> t

    val union: t -> t -> t

    val inter: t -> t -> t

    val disjoint: t -> t -> bool

    val diff: t -> t -> t

    val cardinal: t -> int

    val elements: t -> elt list

    val min_elt: t -> elt

    val min_elt_opt: t -> elt option

    val max_elt: t -> elt

    val max_elt_opt: t -> elt option

    val choose: t -> elt

    val choose_opt: t -> elt option

    val find: elt -> t -> elt

    val find_opt: elt -> t -> elt option

    val find_first: (elt -> bool) -> t -> elt

    val find_first_opt: (elt -> bool) -> t -> elt option

    val find_last: (elt -> bool) -> t -> elt

    val find_last_opt: (elt -> bool) -> t -> elt option

    val iter: (elt -> unit) -> t -> unit

    val fold: (elt -> 'acc -> 'acc) -> t -> 'acc -> 'acc

    val map: (elt -> elt) -> t -> t

    val filter: (elt -> bool) -> t -> t

    val filter_map: (elt -> elt option) -> t -> t

    val partition: (elt -> bool) -> t -> t * t

    val split: elt -> t -> t * bool * t

    val is_empty: t -> bool

    val mem: elt -> t -> bool

    val equal: t -> t -> bool

    val compare: t -> t -> int

    val subset: t -> t -> bool

    val for_all: (elt -> bool) -> t -> bool

    val exists: (elt -> bool) -> t -> bool

    val to_list : t -> elt list

    val of_list: elt list -> t

    val to_seq_from : elt -> t -> elt Seq.t

    val to_seq : t -> elt Seq.t

    val to_rev_seq : t -> elt Seq.t

    val add_seq : elt Seq.t -> t -> t

    val of_seq : elt Seq.t -> t

  end

module Make (Ord : OrderedType) = struct
  type elt = Ord.t

  (* Heights of the two sides differ by at most 2. *)
  type t = Empty | Node of { l : t; v : elt; r : t; h : int }

  let height = function Empty -> 0 | Node { h } -> h

  (* For sides whose heights differ by at most 2. *)
  let create l v r =
    let hl = height l and hr = height r in
    Node { l; v; r; h = (if hl >= hr then hl + 1 else hr + 1) }

  (* For sides that were balanced before one of them lost or won an element. *)
  let balance l v r =
    let hl = height l and hr = height r in
    if hl > hr + 2 then
      match l with
      | Empty -> invalid_arg "Set.bal"
      | Node { l = ll; v = lv; r = lr } -> (
          if height ll >= height lr then create ll lv (create lr v r)
          else
            match lr with
            | Empty -> invalid_arg "Set.bal"
            | Node { l = lrl; v = lrv; r = lrr } -> create (create ll lv lrl) lrv (create lrr v r))
    else if hr > hl + 2 then
      match r with
      | Empty -> invalid_arg "Set.bal"
      | Node { l = rl; v = rv; r = rr } -> (
          if height rr >= height rl then create (create l v rl) rv rr
          else
            match rl with
            | Empty -> invalid_arg "Set.bal"
            | Node { l = rll; v = rlv; r = rlr } -> create (create l v rll) rlv (create rlr rv rr))
    else Node { l; v; r; h = (if hl >= hr then hl + 1 else hr + 1) }

  let empty = Empty
  let is_empty = function Empty -> true | Node _ -> false
  let singleton v = Node { l = Empty; v; r = Empty; h = 1 }

  (* {1 Finding} *)

  let rec mem x = function
    | Empty -> false
    | Node { l; v; r } ->
        let c = Ord.compare x v in
        c = 0 || mem x (if c < 0 then l else r)

  let rec find x = function
    | Empty -> raise Not_found
    | Node { l; v; r } ->
        let c = Ord.compare x v in
        if c = 0 then v else find x (if c < 0 then l else r)

  let rec find_opt x = function
    | Empty -> None
    | Node { l; v; r } ->
        let c = Ord.compare x v in
        if c = 0 then Some v else find_opt x (if c < 0 then l else r)

  let rec first_so_far p v = function
    | Empty -> v
    | Node node -> if p node.v then first_so_far p node.v node.l else first_so_far p v node.r

  let rec find_first p = function
    | Empty -> raise Not_found
    | Node { l; v; r } -> if p v then first_so_far p v l else find_first p r

  let rec find_first_opt p = function
    | Empty -> None
    | Node { l; v; r } -> if p v then Some (first_so_far p v l) else find_first_opt p r

  let rec last_so_far p v = function
    | Empty -> v
    | Node node -> if p node.v then last_so_far p node.v node.r else last_so_far p v node.l

  let rec find_last p = function
    | Empty -> raise Not_found
    | Node { l; v; r } -> if p v then last_so_far p v r else find_last p l

  let rec find_last_opt p = function
    | Empty -> None
    | Node { l; v; r } -> if p v then Some (last_so_far p v r) else find_last_opt p l

  let rec min_elt = function Empty -> raise Not_found | Node { l = Empty; v } -> v | Node { l } -> min_elt l
  let rec min_elt_opt = function Empty -> None | Node { l = Empty; v } -> Some v | Node { l } -> min_elt_opt l
  let rec max_elt = function Empty -> raise Not_found | Node { v; r = Empty } -> v | Node { r } -> max_elt r
  let rec max_elt_opt = function Empty -> None | Node { v; r = Empty } -> Some v | Node { r } -> max_elt_opt r
  let choose = min_elt
  let choose_opt = min_elt_opt

  (* {1 Adding and removing} *)

  let rec add x = function
    | Empty -> Node { l = Empty; v = x; r = Empty; h = 1 }
    | Node { l; v; r } as s ->
        let c = Ord.compare x v in
        if c = 0 then s
        else if c < 0 then
          let ll = add x l in
          if l == ll then s else balance ll v r
        else
          let rr = add x r in
          if r == rr then s else balance l v rr

  let rec remove_min_elt = function
    | Empty -> invalid_arg "Set.remove_min_elt"
    | Node { l = Empty; r } -> r
    | Node { l; v; r } -> balance (remove_min_elt l) v r

  (* The sides of a node that was taken away. *)
  let merge_sides l r =
    match l, r with Empty, s | s, Empty -> s | _ -> balance l (min_elt r) (remove_min_elt r)

  let rec remove x = function
    | Empty -> Empty
    | Node { l; v; r } as s ->
        let c = Ord.compare x v in
        if c = 0 then merge_sides l r
        else if c < 0 then
          let ll = remove x l in
          if l == ll then s else balance ll v r
        else
          let rr = remove x r in
          if r == rr then s else balance l v rr

  (* {1 Joining and splitting} *)

  let rec add_min_elt x = function Empty -> singleton x | Node { l; v; r } -> balance (add_min_elt x l) v r
  let rec add_max_elt x = function Empty -> singleton x | Node { l; v; r } -> balance l v (add_max_elt x r)

  (* For sides of any heights. *)
  let rec join l v r =
    match l, r with
    | Empty, _ -> add_min_elt v r
    | _, Empty -> add_max_elt v l
    | Node left, Node right ->
        if left.h > right.h + 2 then balance left.l left.v (join left.r v r)
        else if right.h > left.h + 2 then balance (join l v right.l) right.v right.r
        else create l v r

  let concat l r = match l, r with Empty, s | s, Empty -> s | _ -> join l (min_elt r) (remove_min_elt r)

  let rec split x = function
    | Empty -> Empty, false, Empty
    | Node { l; v; r } ->
        let c = Ord.compare x v in
        if c = 0 then l, true, r
        else if c < 0 then
          let ll, present, rl = split x l in
          ll, present, join rl v r
        else
          let lr, present, rr = split x r in
          join l v lr, present, rr

  let rec union a b =
    match a, b with
    | Empty, s | s, Empty -> s
    | Node { l = la; v = va; r = ra; h = ha }, Node { l = lb; v = vb; r = rb; h = hb } ->
        if ha >= hb then
          if hb = 1 then add vb a
          else
            let lb, _, rb = split va b in
            join (union la lb) va (union ra rb)
        else if ha = 1 then add va b
        else
          let la, _, ra = split vb a in
          join (union la lb) vb (union ra rb)

  let rec inter a b =
    match a, b with
    | Empty, _ | _, Empty -> Empty
    | Node { l = la; v; r = ra }, _ ->
        let lb, present, rb = split v b in
        let r = inter ra rb in
        let l = inter la lb in
        if present then join l v r else concat l r

  (* As [split], but stops as soon as [x] is found; the greater elements are then left out. *)
  type halves = Found | Halves of t * (unit -> t)

  let rec halves x = function
    | Empty -> Halves (Empty, fun () -> Empty)
    | Node { l; v; r } -> (
        let c = Ord.compare x v in
        if c = 0 then Found
        else if c < 0 then
          match halves x l with Found -> Found | Halves (ll, rl) -> Halves (ll, fun () -> join (rl ()) v r)
        else match halves x r with Found -> Found | Halves (lr, rr) -> Halves (join l v lr, rr))

  let rec disjoint a b =
    match a, b with
    | Empty, _ | _, Empty -> true
    | Node { l; v; r }, _ -> (
        a != b
        && match halves v b with Found -> false | Halves (lb, rb) -> disjoint l lb && disjoint r (rb ()))

  let rec diff a b =
    match a, b with
    | Empty, _ -> Empty
    | _, Empty -> a
    | Node { l = la; v; r = ra }, _ ->
        let lb, present, rb = split v b in
        let r = diff ra rb in
        let l = diff la lb in
        if present then concat l r else join l v r

  (* {1 Comparing} *)

  (* What is left of a set in ascending order: an element, what is greater in its subtree, and the rest. *)
  type rest = End | More of elt * t * rest

  let rec ascending s rest = match s with Empty -> rest | Node { l; v; r } -> ascending l (More (v, r, rest))

  let rec compare_rests a b =
    match a, b with
    | End, End -> 0
    | End, More _ -> -1
    | More _, End -> 1
    | More (va, ra, a), More (vb, rb, b) ->
        let c = Ord.compare va vb in
        if c <> 0 then c else compare_rests (ascending ra a) (ascending rb b)

  let compare a b = compare_rests (ascending a End) (ascending b End)
  let equal a b = compare a b = 0

  let rec subset a b =
    match a, b with
    | Empty, _ -> true
    | Node _, Empty -> false
    | Node { l = la; v = va; r = ra }, Node { l = lb; v = vb; r = rb } ->
        let c = Ord.compare va vb in
        if c = 0 then subset la lb && subset ra rb
        else if c < 0 then subset (Node { l = la; v = va; r = Empty; h = 0 }) lb && subset ra b
        else subset (Node { l = Empty; v = va; r = ra; h = 0 }) rb && subset la b

  (* {1 Iterating} *)

  let rec iter f = function
    | Empty -> ()
    | Node { l; v; r } ->
        iter f l;
        f v;
        iter f r

  let rec fold f s acc = match s with Empty -> acc | Node { l; v; r } -> fold f r (f v (fold f l acc))
  let rec for_all p = function Empty -> true | Node { l; v; r } -> p v && for_all p l && for_all p r
  let rec exists p = function Empty -> false | Node { l; v; r } -> p v || exists p l || exists p r

  let rec filter p = function
    | Empty -> Empty
    | Node { l; v; r } as s ->
        let ll = filter p l in
        let keep = p v in
        let rr = filter p r in
        if keep then if l == ll && r == rr then s else join ll v rr else concat ll rr

  let rec partition p = function
    | Empty -> Empty, Empty
    | Node { l; v; r } ->
        let l_yes, l_no = partition p l in
        let yes = p v in
        let r_yes, r_no = partition p r in
        if yes then join l_yes v r_yes, concat l_no r_no else concat l_yes r_yes, join l_no v r_no

  let rec cardinal = function Empty -> 0 | Node { l; r } -> cardinal l + 1 + cardinal r

  (* Joins when [v] is between the sides, which a function on elements need not keep. *)
  let join_or_add l v r =
    if (is_empty l || Ord.compare (max_elt l) v < 0) && (is_empty r || Ord.compare v (min_elt r) < 0) then join l v r
    else union l (add v r)

  let rec map f = function
    | Empty -> Empty
    | Node { l; v; r } as s ->
        let ll = map f l in
        let vv = f v in
        let rr = map f r in
        if l == ll && v == vv && r == rr then s else join_or_add ll vv rr

  let concat_or_add l r =
    match l, r with Empty, s | s, Empty -> s | _ -> join_or_add l (min_elt r) (remove_min_elt r)

  let rec filter_map f = function
    | Empty -> Empty
    | Node { l; v; r } as s -> (
        let ll = filter_map f l in
        let vv = f v in
        let rr = filter_map f r in
        match vv with
        | Some vv -> if l == ll && v == vv && r == rr then s else join_or_add ll vv rr
        | None -> concat_or_add ll rr)

  (* {1 Lists and sequences} *)

  let rec elements_before acc = function
    | Empty -> acc
    | Node { l; v; r } -> elements_before (v :: elements_before acc r) l

  let elements s = elements_before [] s
  let to_list = elements

  (* The first [n] elements of an ascending list as a set, and the others. *)
  let rec of_ascending n l =
    match n, l with
    | 0, l -> Empty, l
    | 1, x :: l -> singleton x, l
    | 2, x :: y :: l -> Node { l = singleton x; v = y; r = Empty; h = 2 }, l
    | 3, x :: y :: z :: l -> Node { l = singleton x; v = y; r = singleton z; h = 2 }, l
    | n, l -> (
        let half = n / 2 in
        let left, l = of_ascending half l in
        match l with
        | [] -> assert false
        | middle :: l ->
            let right, l = of_ascending (n - half - 1) l in
            create left middle right, l)

  let of_list = function
    | [] -> empty
    | [ a ] -> singleton a
    | [ a; b ] -> add b (singleton a)
    | [ a; b; c ] -> add c (add b (singleton a))
    | [ a; b; c; d ] -> add d (add c (add b (singleton a)))
    | [ a; b; c; d; e ] -> add e (add d (add c (add b (singleton a))))
    | l ->
        let l = List.sort_uniq Ord.compare l in
        fst (of_ascending (List.length l) l)

  let add_seq xs s = Seq.fold_left (fun s x -> add x s) s xs
  let of_seq xs = add_seq xs empty

  let rec seq_of_rest rest () =
    match rest with End -> Seq.Nil | More (v, r, rest) -> Seq.Cons (v, seq_of_rest (ascending r rest))

  let to_seq s = seq_of_rest (ascending s End)
  let rec descending s rest = match s with Empty -> rest | Node { l; v; r } -> descending r (More (v, l, rest))

  let rec seq_of_descending rest () =
    match rest with End -> Seq.Nil | More (v, l, rest) -> Seq.Cons (v, seq_of_descending (descending l rest))

  let to_rev_seq s = seq_of_descending (descending s End)

  let rec ascending_from low s rest =
    match s with
    | Empty -> rest
    | Node { l; v; r } ->
        let c = Ord.compare v low in
        if c = 0 then More (v, r, rest)
        else if c < 0 then ascending_from low r rest
        else ascending_from low l (More (v, r, rest))

  let to_seq_from low s = seq_of_rest (ascending_from low s End)
end
