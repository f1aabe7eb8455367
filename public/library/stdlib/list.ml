(* Lists. None of the functions uses stack in proportion to a list's length, except [fold_right] and [fold_right2] (and those that
   the documentation of OCaml exempts too). *)

type 'a t = 'a list = [] | ( :: ) of 'a * 'a list

let rec length_from n = function [] -> n | _ :: rest -> length_from (n + 1) rest
let length l = length_from 0 l
let is_empty = function [] -> true | _ :: _ -> false
let cons x l = x :: l
let hd = function [] -> failwith "hd" | x :: _ -> x
let tl = function [] -> failwith "tl" | _ :: rest -> rest

let rec nth_of l n =
  match l with [] -> failwith "nth" | x :: rest -> if n = 0 then x else nth_of rest (n - 1)

let nth l n = if n < 0 then invalid_arg "List.nth" else nth_of l n

let rec nth_opt_of l n =
  match l with [] -> None | x :: rest -> if n = 0 then Some x else nth_opt_of rest (n - 1)

let nth_opt l n = if n < 0 then invalid_arg "List.nth" else nth_opt_of l n
let append = ( @ )
let rec rev_append l acc = match l with [] -> acc | x :: rest -> rev_append rest (x :: acc)
let rev l = rev_append l []

let[@tail_mod_cons] rec init_from f i n =
  if i >= n then []
  else
    let x = f i in
    x :: init_from f (i + 1) n

let init n f = if n < 0 then invalid_arg "List.init" else init_from f 0 n

let rec concat = function
  | [] -> []
  | [ l ] -> l
  | l :: rest -> (prepend [@tailcall]) l rest
[@@tail_mod_cons]

and prepend l rest =
  match l with
  | [] -> (concat [@tailcall]) rest
  | x :: l -> x :: (prepend [@tailcall]) l rest
[@@tail_mod_cons]

let flatten = concat

(* {1 Comparing} *)

let rec equal eq a b =
  match a, b with
  | [], [] -> true
  | [], _ :: _ | _ :: _, [] -> false
  | x :: a, y :: b -> eq x y && equal eq a b

let rec compare cmp a b =
  match a, b with
  | [], [] -> 0
  | [], _ :: _ -> -1
  | _ :: _, [] -> 1
  | x :: a, y :: b ->
      let c = cmp x y in
      if c <> 0 then c else compare cmp a b

let rec compare_lengths a b =
  match a, b with
  | [], [] -> 0
  | [], _ :: _ -> -1
  | _ :: _, [] -> 1
  | _ :: a, _ :: b -> compare_lengths a b

let rec compare_length_with l n =
  match l with
  | [] -> if n = 0 then 0 else if n > 0 then -1 else 1
  | _ :: rest -> if n <= 0 then 1 else compare_length_with rest (n - 1)

(* {1 Iterating} *)

let rec iter f = function
  | [] -> ()
  | x :: rest ->
      f x;
      iter f rest

let rec iteri_from i f = function
  | [] -> ()
  | x :: rest ->
      f i x;
      iteri_from (i + 1) f rest

let iteri f l = iteri_from 0 f l

(* Two elements a step: half the calls, and half the cells are filled when they are made. *)
let[@tail_mod_cons] rec map f = function
  | [] -> []
  | [ x ] ->
      let y = f x in
      [ y ]
  | x1 :: x2 :: rest ->
      let y1 = f x1 in
      let y2 = f x2 in
      y1 :: y2 :: map f rest

let[@tail_mod_cons] rec mapi_from i f = function
  | [] -> []
  | [ x ] ->
      let y = f i x in
      [ y ]
  | x1 :: x2 :: rest ->
      let y1 = f i x1 in
      let y2 = f (i + 1) x2 in
      y1 :: y2 :: mapi_from (i + 2) f rest

let mapi f l = mapi_from 0 f l

let rec rev_map_onto f acc = function [] -> acc | x :: rest -> rev_map_onto f (f x :: acc) rest
let rev_map f l = rev_map_onto f [] l

let[@tail_mod_cons] rec filter_map f = function
  | [] -> []
  | x :: rest -> ( match f x with None -> filter_map f rest | Some y -> y :: filter_map f rest)

let rec concat_map f = function
  | [] -> []
  | x :: rest -> (prepend_and_map [@tailcall]) (f x) f rest
[@@tail_mod_cons]

and prepend_and_map l f rest =
  match l with
  | [] -> (concat_map [@tailcall]) f rest
  | y :: l -> y :: (prepend_and_map [@tailcall]) l f rest
[@@tail_mod_cons]

let rec fold_left_map_onto f acc ys = function
  | [] -> acc, rev ys
  | x :: rest ->
      let acc, y = f acc x in
      fold_left_map_onto f acc (y :: ys) rest

let fold_left_map f acc l = fold_left_map_onto f acc [] l
let rec fold_left f acc = function [] -> acc | x :: rest -> fold_left f (f acc x) rest
let rec fold_right f l acc = match l with [] -> acc | x :: rest -> f x (fold_right f rest acc)

(* {1 Two lists} *)

let rec iter2 f a b =
  match a, b with
  | [], [] -> ()
  | x :: a, y :: b ->
      f x y;
      iter2 f a b
  | _ -> invalid_arg "List.iter2"

let[@tail_mod_cons] rec map2 f a b =
  match a, b with
  | [], [] -> []
  | [ x ], [ y ] ->
      let z = f x y in
      [ z ]
  | x1 :: x2 :: a, y1 :: y2 :: b ->
      let z1 = f x1 y1 in
      let z2 = f x2 y2 in
      z1 :: z2 :: map2 f a b
  | _ -> invalid_arg "List.map2"

let rec rev_map2_onto f acc a b =
  match a, b with
  | [], [] -> acc
  | x :: a, y :: b -> rev_map2_onto f (f x y :: acc) a b
  | _ -> invalid_arg "List.rev_map2"

let rev_map2 f a b = rev_map2_onto f [] a b

let rec fold_left2 f acc a b =
  match a, b with
  | [], [] -> acc
  | x :: a, y :: b -> fold_left2 f (f acc x y) a b
  | _ -> invalid_arg "List.fold_left2"

let rec fold_right2 f a b acc =
  match a, b with
  | [], [] -> acc
  | x :: a, y :: b -> f x y (fold_right2 f a b acc)
  | _ -> invalid_arg "List.fold_right2"

(* {1 Searching} *)

let rec for_all p = function [] -> true | x :: rest -> p x && for_all p rest
let rec exists p = function [] -> false | x :: rest -> p x || exists p rest

let rec for_all2 p a b =
  match a, b with
  | [], [] -> true
  | x :: a, y :: b -> p x y && for_all2 p a b
  | _ -> invalid_arg "List.for_all2"

let rec exists2 p a b =
  match a, b with
  | [], [] -> false
  | x :: a, y :: b -> p x y || exists2 p a b
  | _ -> invalid_arg "List.exists2"

let rec mem x = function [] -> false | y :: rest -> Stdlib.compare y x = 0 || mem x rest
let rec memq x = function [] -> false | y :: rest -> y == x || memq x rest
let rec find p = function [] -> raise Not_found | x :: rest -> if p x then x else find p rest
let rec find_opt p = function [] -> None | x :: rest -> if p x then Some x else find_opt p rest

let rec find_index_from i p = function
  | [] -> None
  | x :: rest -> if p x then Some i else find_index_from (i + 1) p rest

let find_index p l = find_index_from 0 p l

let rec find_map f = function
  | [] -> None
  | x :: rest -> ( match f x with None -> find_map f rest | some -> some)

let rec find_mapi_from i f = function
  | [] -> None
  | x :: rest -> ( match f i x with None -> find_mapi_from (i + 1) f rest | some -> some)

let find_mapi f l = find_mapi_from 0 f l

let[@tail_mod_cons] rec filter p = function
  | [] -> []
  | x :: rest -> if p x then x :: filter p rest else filter p rest

let find_all = filter

let[@tail_mod_cons] rec filteri_from i p = function
  | [] -> []
  | x :: rest -> if p i x then x :: filteri_from (i + 1) p rest else filteri_from (i + 1) p rest

let filteri p l = filteri_from 0 p l

let[@tail_mod_cons] rec take_of n = function
  | x :: rest when n > 0 -> x :: take_of (n - 1) rest
  | _ -> []

let take n l = if n < 0 then invalid_arg "List.take" else take_of n l
let rec drop_of n = function _ :: rest when n > 0 -> drop_of (n - 1) rest | l -> l
let drop n l = if n < 0 then invalid_arg "List.drop" else drop_of n l

let[@tail_mod_cons] rec take_while p = function
  | x :: rest when p x -> x :: take_while p rest
  | _ -> []

let rec drop_while p = function x :: rest when p x -> drop_while p rest | l -> l

let rec partition_onto p yes no = function
  | [] -> rev yes, rev no
  | x :: rest -> if p x then partition_onto p (x :: yes) no rest else partition_onto p yes (x :: no) rest

let partition p l = partition_onto p [] [] l

let rec partition_map_onto f left right = function
  | [] -> rev left, rev right
  | x :: rest -> (
      match f x with
      | Either.Left y -> partition_map_onto f (y :: left) right rest
      | Either.Right z -> partition_map_onto f left (z :: right) rest)

let partition_map f l = partition_map_onto f [] [] l

(* {1 Pairs} *)

let rec assoc key = function
  | [] -> raise Not_found
  | (k, v) :: rest -> if Stdlib.compare k key = 0 then v else assoc key rest

let rec assoc_opt key = function
  | [] -> None
  | (k, v) :: rest -> if Stdlib.compare k key = 0 then Some v else assoc_opt key rest

let rec assq key = function [] -> raise Not_found | (k, v) :: rest -> if k == key then v else assq key rest
let rec assq_opt key = function [] -> None | (k, v) :: rest -> if k == key then Some v else assq_opt key rest
let rec mem_assoc key = function [] -> false | (k, _) :: rest -> Stdlib.compare k key = 0 || mem_assoc key rest
let rec mem_assq key = function [] -> false | (k, _) :: rest -> k == key || mem_assq key rest

let[@tail_mod_cons] rec remove_assoc key = function
  | [] -> []
  | ((k, _) as pair) :: rest -> if Stdlib.compare k key = 0 then rest else pair :: remove_assoc key rest

let[@tail_mod_cons] rec remove_assq key = function
  | [] -> []
  | ((k, _) as pair) :: rest -> if k == key then rest else pair :: remove_assq key rest

let rec split_onto xs ys = function
  | [] -> rev xs, rev ys
  | (x, y) :: rest -> split_onto (x :: xs) (y :: ys) rest

let split l = split_onto [] [] l

let[@tail_mod_cons] rec combine a b =
  match a, b with
  | [], [] -> []
  | [ x ], [ y ] -> [ x, y ]
  | x1 :: x2 :: a, y1 :: y2 :: b -> (x1, y1) :: (x2, y2) :: combine a b
  | _ -> invalid_arg "List.combine"

(* {1 Sorting} Merge sort that goes down with lengths, not with lists cut in two, and whose levels alternate in direction, so that no
   level has to reverse what it merged. *)

let[@tail_mod_cons] rec merge cmp a b =
  match a, b with
  | [], l | l, [] -> l
  | x :: rest_a, y :: rest_b -> if cmp x y <= 0 then x :: merge cmp rest_a b else y :: merge cmp a rest_b

(* Both ascending, [a] before [b] in the original order; gives them descending before [acc]. *)
let rec merge_down cmp a b acc =
  match a with
  | [] -> rev_append b acc
  | x :: rest_a -> (
      match b with
      | [] -> rev_append a acc
      | y :: rest_b ->
          if cmp x y <= 0 then merge_down cmp rest_a b (x :: acc) else merge_down cmp a rest_b (y :: acc))

(* Both descending, [a] before [b]; gives them ascending before [acc]. *)
let rec merge_up cmp a b acc =
  match a with
  | [] -> rev_append b acc
  | x :: rest_a -> (
      match b with
      | [] -> rev_append a acc
      | y :: rest_b ->
          if cmp x y > 0 then merge_up cmp rest_a b (x :: acc) else merge_up cmp a rest_b (y :: acc))

let rec skip n l = if n = 0 then l else match l with [] -> [] | _ :: rest -> skip (n - 1) rest

(* The first [n] elements, n ≥ 2, ascending. *)
let rec sort_up cmp n l =
  match n, l with
  | 2, x :: y :: _ -> if cmp x y <= 0 then [ x; y ] else [ y; x ]
  | 3, x :: y :: z :: _ ->
      if cmp x y <= 0 then if cmp y z <= 0 then [ x; y; z ] else if cmp x z <= 0 then [ x; z; y ] else [ z; x; y ]
      else if cmp x z <= 0 then [ y; x; z ]
      else if cmp y z <= 0 then [ y; z; x ]
      else [ z; y; x ]
  | _ ->
      let first = n asr 1 in
      let a = sort_down cmp first l in
      let b = sort_down cmp (n - first) (skip first l) in
      merge_up cmp a b []

(* The first [n] elements, n ≥ 2, descending; of equal elements the later one comes first. *)
and sort_down cmp n l =
  match n, l with
  | 2, x :: y :: _ -> if cmp x y > 0 then [ x; y ] else [ y; x ]
  | 3, x :: y :: z :: _ ->
      if cmp x y > 0 then if cmp y z > 0 then [ x; y; z ] else if cmp x z > 0 then [ x; z; y ] else [ z; x; y ]
      else if cmp x z > 0 then [ y; x; z ]
      else if cmp y z > 0 then [ y; z; x ]
      else [ z; y; x ]
  | _ ->
      let first = n asr 1 in
      let a = sort_up cmp first l in
      let b = sort_up cmp (n - first) (skip first l) in
      merge_down cmp a b []

let stable_sort cmp l =
  let n = length l in
  if n < 2 then l else sort_up cmp n l

let sort = stable_sort
let fast_sort = stable_sort

(* {2 Without repetitions} As above, but each merge drops what it meets again, so that many repetitions make few comparisons. *)

let rec merge_distinct_down cmp a b acc =
  match a with
  | [] -> rev_append b acc
  | x :: rest_a -> (
      match b with
      | [] -> rev_append a acc
      | y :: rest_b ->
          let c = cmp x y in
          if c = 0 then merge_distinct_down cmp rest_a rest_b (x :: acc)
          else if c < 0 then merge_distinct_down cmp rest_a b (x :: acc)
          else merge_distinct_down cmp a rest_b (y :: acc))

let rec merge_distinct_up cmp a b acc =
  match a with
  | [] -> rev_append b acc
  | x :: rest_a -> (
      match b with
      | [] -> rev_append a acc
      | y :: rest_b ->
          let c = cmp x y in
          if c = 0 then merge_distinct_up cmp rest_a rest_b (x :: acc)
          else if c > 0 then merge_distinct_up cmp rest_a b (x :: acc)
          else merge_distinct_up cmp a rest_b (y :: acc))

let descending cmp x y =
  let c = cmp x y in
  if c > 0 then -1 else if c < 0 then 1 else 0

(* Two elements, the lesser one first; of equal ones the first stays. *)
let pair cmp x y =
  let c = cmp x y in
  if c = 0 then [ x ] else if c < 0 then [ x; y ] else [ y; x ]

(* Three elements in the order of [cmp]. OCaml's programs see which one of equal elements stays: of three, or of the first two, it is the
   second one, else the first. *)
let triple cmp x y z =
  let c = cmp x y in
  if c = 0 then pair cmp y z
  else if c < 0 then
    let c = cmp y z in
    if c = 0 then [ x; y ]
    else if c < 0 then [ x; y; z ]
    else
      let c = cmp x z in
      if c = 0 then [ x; y ] else if c < 0 then [ x; z; y ] else [ z; x; y ]
  else
    let c = cmp x z in
    if c = 0 then [ y; x ]
    else if c < 0 then [ y; x; z ]
    else
      let c = cmp y z in
      if c = 0 then [ y; x ] else if c < 0 then [ y; z; x ] else [ z; y; x ]

let rec sort_distinct_up cmp n l =
  match n, l with
  | 2, x :: y :: _ -> pair cmp x y
  | 3, x :: y :: z :: _ -> triple cmp x y z
  | _ ->
      let first = n asr 1 in
      let a = sort_distinct_down cmp first l in
      let b = sort_distinct_down cmp (n - first) (skip first l) in
      merge_distinct_up cmp a b []

and sort_distinct_down cmp n l =
  match n, l with
  | 2, x :: y :: _ -> pair (descending cmp) x y
  | 3, x :: y :: z :: _ -> triple (descending cmp) x y z
  | _ ->
      let first = n asr 1 in
      let a = sort_distinct_up cmp first l in
      let b = sort_distinct_up cmp (n - first) (skip first l) in
      merge_distinct_down cmp a b []

let sort_uniq cmp l =
  let n = length l in
  if n < 2 then l else sort_distinct_up cmp n l

(* {1 Sequences} *)

let rec to_seq l () = match l with [] -> Seq.Nil | x :: rest -> Seq.Cons (x, to_seq rest)

let[@tail_mod_cons] rec of_seq xs =
  match xs () with
  | Seq.Nil -> []
  | Seq.Cons (x1, xs) -> (
      match xs () with
      | Seq.Nil -> [ x1 ]
      | Seq.Cons (x2, xs) -> x1 :: x2 :: of_seq xs)
