(* Maps: balanced binary trees (G. M. Adelson-Velsky, E. M. Landis, "An algorithm for the organization of information", 1962) in which
   the heights of two siblings may differ by 2. What does not change is shared with the map that an operation was given. *)

module type OrderedType =
  sig
    type t

    val compare : t -> t -> int

  end

module type S =
  sig

    type key

    type !+'a t

    val empty: 'a t

    val add: key -> 'a -> 'a t -> 'a t

    val add_to_list: key -> 'a -> 'a list t -> 'a list t

    val update: key -> ('a option -> 'a option) -> 'a t -> 'a t

    val singleton: key -> 'a -> 'a t

    val remove: key -> 'a t -> 'a t

    val merge:
      (key -> 'a option -> 'b option -> 'c option) ->
      'a t -> 'b t -> 'c t

    val union: (key -> 'a -> 'a -> 'a option) -> 'a t -> 'a t -> 'a t

    val cardinal: 'a t -> int

    val bindings: 'a t -> (key * 'a) list

    val min_binding: 'a t -> (key * 'a)

    val min_binding_opt: 'a t -> (key * 'a) option

    val max_binding: 'a t -> (key * 'a)

    val max_binding_opt: 'a t -> (key * 'a) option

    val choose: 'a t -> (key * 'a)

    val choose_opt: 'a t -> (key * 'a) option

    val find: key -> 'a t -> 'a

    val find_opt: key -> 'a t -> 'a option

    val find_first: (key -> bool) -> 'a t -> key * 'a

    val find_first_opt: (key -> bool) -> 'a t -> (key * 'a) option

    val find_last: (key -> bool) -> 'a t -> key * 'a

    val find_last_opt: (key -> bool) -> 'a t -> (key * 'a) option

    val iter: (key -> 'a -> unit) -> 'a t -> unit

    val fold:
      (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc

    val map: ('a -> 'b) -> 'a t -> 'b t

    val mapi: (key -> 'a -> 'b) -> 'a t -> 'b t

    val filter: (key -> 'a -> bool) -> 'a t -> 'a t

    val filter_map: (key -> 'a -> 'b option) -> 'a t -> 'b t

    val partition: (key -> 'a -> bool) -> 'a t -> 'a t * 'a t

    val split: key -> 'a t -> 'a t * 'a option * 'a t

    val is_empty: 'a t -> bool

    val mem: key -> 'a t -> bool

    val equal: ('a -> 'a -> bool) -> 'a t -> 'a t -> bool

    val compare: ('a -> 'a -> int) -> 'a t -> 'a t -> int

    val for_all: (key -> 'a -> bool) -> 'a t -> bool

    val exists: (key -> 'a -> bool) -> 'a t -> bool

    val to_list : 'a t -> (key * 'a) list

    val of_list : (key * 'a) list -> 'a t

    val to_seq : 'a t -> (key * 'a) Seq.t

    val to_rev_seq : 'a t -> (key * 'a) Seq.t

    val to_seq_from : key -> 'a t -> (key * 'a) Seq.t

    val add_seq : (key * 'a) Seq.t -> 'a t -> 'a t

    val of_seq : (key * 'a) Seq.t -> 'a t

  end

module Make (Ord : OrderedType) = struct
  type key = Ord.t

  (* Heights of the two sides differ by at most 2. *)
  type 'a t = Empty | Node of { l : 'a t; v : key; d : 'a; r : 'a t; h : int }

  let height = function Empty -> 0 | Node { h } -> h

  (* For sides whose heights differ by at most 2. *)
  let create l v d r =
    let hl = height l and hr = height r in
    Node { l; v; d; r; h = (if hl >= hr then hl + 1 else hr + 1) }

  let singleton v d = Node { l = Empty; v; d; r = Empty; h = 1 }

  (* For sides that were balanced before one of them lost or won an element. *)
  let balance l v d r =
    let hl = height l and hr = height r in
    if hl > hr + 2 then
      match l with
      | Empty -> invalid_arg "Map.bal"
      | Node { l = ll; v = lv; d = ld; r = lr } -> (
          if height ll >= height lr then create ll lv ld (create lr v d r)
          else
            match lr with
            | Empty -> invalid_arg "Map.bal"
            | Node { l = lrl; v = lrv; d = lrd; r = lrr } ->
                create (create ll lv ld lrl) lrv lrd (create lrr v d r))
    else if hr > hl + 2 then
      match r with
      | Empty -> invalid_arg "Map.bal"
      | Node { l = rl; v = rv; d = rd; r = rr } -> (
          if height rr >= height rl then create (create l v d rl) rv rd rr
          else
            match rl with
            | Empty -> invalid_arg "Map.bal"
            | Node { l = rll; v = rlv; d = rld; r = rlr } ->
                create (create l v d rll) rlv rld (create rlr rv rd rr))
    else Node { l; v; d; r; h = (if hl >= hr then hl + 1 else hr + 1) }

  let empty = Empty
  let is_empty = function Empty -> true | Node _ -> false

  (* {1 Finding} *)

  let rec find x = function
    | Empty -> raise Not_found
    | Node { l; v; d; r } ->
        let c = Ord.compare x v in
        if c = 0 then d else find x (if c < 0 then l else r)

  let rec find_opt x = function
    | Empty -> None
    | Node { l; v; d; r } ->
        let c = Ord.compare x v in
        if c = 0 then Some d else find_opt x (if c < 0 then l else r)

  let rec mem x = function
    | Empty -> false
    | Node { l; v; r } ->
        let c = Ord.compare x v in
        c = 0 || mem x (if c < 0 then l else r)

  let rec first_so_far p v d = function
    | Empty -> v, d
    | Node node -> if p node.v then first_so_far p node.v node.d node.l else first_so_far p v d node.r

  let rec find_first p = function
    | Empty -> raise Not_found
    | Node { l; v; d; r } -> if p v then first_so_far p v d l else find_first p r

  let rec find_first_opt p = function
    | Empty -> None
    | Node { l; v; d; r } -> if p v then Some (first_so_far p v d l) else find_first_opt p r

  let rec last_so_far p v d = function
    | Empty -> v, d
    | Node node -> if p node.v then last_so_far p node.v node.d node.r else last_so_far p v d node.l

  let rec find_last p = function
    | Empty -> raise Not_found
    | Node { l; v; d; r } -> if p v then last_so_far p v d r else find_last p l

  let rec find_last_opt p = function
    | Empty -> None
    | Node { l; v; d; r } -> if p v then Some (last_so_far p v d r) else find_last_opt p l

  let rec min_binding = function
    | Empty -> raise Not_found
    | Node { l = Empty; v; d } -> v, d
    | Node { l } -> min_binding l

  let rec min_binding_opt = function
    | Empty -> None
    | Node { l = Empty; v; d } -> Some (v, d)
    | Node { l } -> min_binding_opt l

  let rec max_binding = function
    | Empty -> raise Not_found
    | Node { v; d; r = Empty } -> v, d
    | Node { r } -> max_binding r

  let rec max_binding_opt = function
    | Empty -> None
    | Node { v; d; r = Empty } -> Some (v, d)
    | Node { r } -> max_binding_opt r

  let choose = min_binding
  let choose_opt = min_binding_opt

  (* {1 Adding and removing} *)

  let rec add x data = function
    | Empty -> Node { l = Empty; v = x; d = data; r = Empty; h = 1 }
    | Node { l; v; d; r; h } as m ->
        let c = Ord.compare x v in
        if c = 0 then if d == data then m else Node { l; v = x; d = data; r; h }
        else if c < 0 then
          let ll = add x data l in
          if l == ll then m else balance ll v d r
        else
          let rr = add x data r in
          if r == rr then m else balance l v d rr

  let rec remove_min_binding = function
    | Empty -> invalid_arg "Map.remove_min_elt"
    | Node { l = Empty; r } -> r
    | Node { l; v; d; r } -> balance (remove_min_binding l) v d r

  (* The sides of a node that was taken away. *)
  let merge_sides l r =
    match l, r with
    | Empty, m | m, Empty -> m
    | _ ->
        let v, d = min_binding r in
        balance l v d (remove_min_binding r)

  let rec remove x = function
    | Empty -> Empty
    | Node { l; v; d; r } as m ->
        let c = Ord.compare x v in
        if c = 0 then merge_sides l r
        else if c < 0 then
          let ll = remove x l in
          if l == ll then m else balance ll v d r
        else
          let rr = remove x r in
          if r == rr then m else balance l v d rr

  let rec update x f = function
    | Empty -> ( match f None with None -> Empty | Some data -> singleton x data)
    | Node { l; v; d; r; h } as m -> (
        let c = Ord.compare x v in
        if c = 0 then
          match f (Some d) with
          | None -> merge_sides l r
          | Some data -> if d == data then m else Node { l; v = x; d = data; r; h }
        else if c < 0 then
          let ll = update x f l in
          if l == ll then m else balance ll v d r
        else
          let rr = update x f r in
          if r == rr then m else balance l v d rr)

  let add_to_list x data m = update x (function None -> Some [ data ] | Some l -> Some (data :: l)) m

  (* {1 Iterating} *)

  let rec iter f = function
    | Empty -> ()
    | Node { l; v; d; r } ->
        iter f l;
        f v d;
        iter f r

  let rec map f = function
    | Empty -> Empty
    | Node { l; v; d; r; h } ->
        let l = map f l in
        let d = f d in
        let r = map f r in
        Node { l; v; d; r; h }

  let rec mapi f = function
    | Empty -> Empty
    | Node { l; v; d; r; h } ->
        let l = mapi f l in
        let d = f v d in
        let r = mapi f r in
        Node { l; v; d; r; h }

  let rec fold f m acc = match m with Empty -> acc | Node { l; v; d; r } -> fold f r (f v d (fold f l acc))
  let rec for_all p = function Empty -> true | Node { l; v; d; r } -> p v d && for_all p l && for_all p r
  let rec exists p = function Empty -> false | Node { l; v; d; r } -> p v d || exists p l || exists p r

  (* {1 Joining and splitting} *)

  let rec add_min_binding x data = function
    | Empty -> singleton x data
    | Node { l; v; d; r } -> balance (add_min_binding x data l) v d r

  let rec add_max_binding x data = function
    | Empty -> singleton x data
    | Node { l; v; d; r } -> balance l v d (add_max_binding x data r)

  (* For sides of any heights. *)
  let rec join l v d r =
    match l, r with
    | Empty, _ -> add_min_binding v d r
    | _, Empty -> add_max_binding v d l
    | Node left, Node right ->
        if left.h > right.h + 2 then balance left.l left.v left.d (join left.r v d r)
        else if right.h > left.h + 2 then balance (join l v d right.l) right.v right.d right.r
        else create l v d r

  let concat l r =
    match l, r with
    | Empty, m | m, Empty -> m
    | _ ->
        let v, d = min_binding r in
        join l v d (remove_min_binding r)

  let concat_or_join l v d r = match d with Some d -> join l v d r | None -> concat l r

  let rec split x = function
    | Empty -> Empty, None, Empty
    | Node { l; v; d; r } ->
        let c = Ord.compare x v in
        if c = 0 then l, Some d, r
        else if c < 0 then
          let ll, present, rl = split x l in
          ll, present, join rl v d r
        else
          let lr, present, rr = split x r in
          join l v d lr, present, rr

  (* From the greatest key down, as programs written for OCaml have seen it. *)
  let rec merge f a b =
    match a, b with
    | Empty, Empty -> Empty
    | Node { l; v; d; r; h }, _ when h >= height b ->
        let lb, db, rb = split v b in
        let r = merge f r rb in
        let d = f v (Some d) db in
        let l = merge f l lb in
        concat_or_join l v d r
    | _, Node { l; v; d; r } ->
        let la, da, ra = split v a in
        let r = merge f ra r in
        let d = f v da (Some d) in
        let l = merge f la l in
        concat_or_join l v d r
    | Node _, Empty -> assert false

  let rec union f a b =
    match a, b with
    | Empty, m | m, Empty -> m
    | Node { l = la; v = va; d = da; r = ra; h = ha }, Node { l = lb; v = vb; d = db; r = rb; h = hb } -> (
        if ha >= hb then
          let lb, db, rb = split va b in
          let l = union f la lb in
          let r = union f ra rb in
          match db with None -> join l va da r | Some db -> concat_or_join l va (f va da db) r
        else
          let la, da, ra = split vb a in
          let l = union f la lb in
          let r = union f ra rb in
          match da with None -> join l vb db r | Some da -> concat_or_join l vb (f vb da db) r)

  let rec filter p = function
    | Empty -> Empty
    | Node { l; v; d; r } as m ->
        let ll = filter p l in
        let keep = p v d in
        let rr = filter p r in
        if keep then if l == ll && r == rr then m else join ll v d rr else concat ll rr

  let rec filter_map f = function
    | Empty -> Empty
    | Node { l; v; d; r } ->
        let l = filter_map f l in
        let d = f v d in
        let r = filter_map f r in
        concat_or_join l v d r

  let rec partition p = function
    | Empty -> Empty, Empty
    | Node { l; v; d; r } ->
        let l_yes, l_no = partition p l in
        let yes = p v d in
        let r_yes, r_no = partition p r in
        if yes then join l_yes v d r_yes, concat l_no r_no else concat l_yes r_yes, join l_no v d r_no

  (* {1 Comparing} *)

  (* What is left of a map in ascending order: a binding, what is greater in its subtree, and the rest. *)
  type 'a rest = End | More of key * 'a * 'a t * 'a rest

  let rec ascending m rest =
    match m with Empty -> rest | Node { l; v; d; r } -> ascending l (More (v, d, r, rest))

  let rec compare_rests cmp a b =
    match a, b with
    | End, End -> 0
    | End, More _ -> -1
    | More _, End -> 1
    | More (va, da, ra, a), More (vb, db, rb, b) ->
        let c = Ord.compare va vb in
        if c <> 0 then c
        else
          let c = cmp da db in
          if c <> 0 then c else compare_rests cmp (ascending ra a) (ascending rb b)

  let compare cmp a b = compare_rests cmp (ascending a End) (ascending b End)

  let rec equal_rests eq a b =
    match a, b with
    | End, End -> true
    | End, More _ | More _, End -> false
    | More (va, da, ra, a), More (vb, db, rb, b) ->
        Ord.compare va vb = 0 && eq da db && equal_rests eq (ascending ra a) (ascending rb b)

  let equal eq a b = equal_rests eq (ascending a End) (ascending b End)
  let rec cardinal = function Empty -> 0 | Node { l; r } -> cardinal l + 1 + cardinal r

  (* {1 Lists and sequences} *)

  let rec bindings_before acc = function
    | Empty -> acc
    | Node { l; v; d; r } -> bindings_before ((v, d) :: bindings_before acc r) l

  let bindings m = bindings_before [] m
  let to_list = bindings
  let of_list l = List.fold_left (fun m (k, v) -> add k v m) empty l
  let add_seq bindings m = Seq.fold_left (fun m (k, v) -> add k v m) m bindings
  let of_seq bindings = add_seq bindings empty

  let rec seq_of_rest rest () =
    match rest with End -> Seq.Nil | More (v, d, r, rest) -> Seq.Cons ((v, d), seq_of_rest (ascending r rest))

  let to_seq m = seq_of_rest (ascending m End)

  let rec descending m rest =
    match m with Empty -> rest | Node { l; v; d; r } -> descending r (More (v, d, l, rest))

  let rec seq_of_descending rest () =
    match rest with
    | End -> Seq.Nil
    | More (v, d, l, rest) -> Seq.Cons ((v, d), seq_of_descending (descending l rest))

  let to_rev_seq m = seq_of_descending (descending m End)

  let rec ascending_from low m rest =
    match m with
    | Empty -> rest
    | Node { l; v; d; r } ->
        let c = Ord.compare v low in
        if c = 0 then More (v, d, r, rest)
        else if c < 0 then ascending_from low r rest
        else ascending_from low l (More (v, d, r, rest))

  let to_seq_from low m = seq_of_rest (ascending_from low m End)
end
