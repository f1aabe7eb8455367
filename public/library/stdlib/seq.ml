(* Delayed lists. Functions that give a sequence do no work before it is asked for its first element, except to check
   an argument that is a number. *)

type 'a t = unit -> 'a node
and +'a node = Nil | Cons of 'a * 'a t

(* {1 Consuming} *)

let is_empty xs = match xs () with Nil -> true | Cons _ -> false
let uncons xs = match xs () with Nil -> None | Cons (x, rest) -> Some (x, rest)

let rec length_from n xs = match xs () with Nil -> n | Cons (_, rest) -> length_from (n + 1) rest
let length xs = length_from 0 xs

let rec iter f xs =
  match xs () with
  | Nil -> ()
  | Cons (x, rest) ->
      f x;
      iter f rest

let rec fold_left f acc xs =
  match xs () with Nil -> acc | Cons (x, rest) -> fold_left f (f acc x) rest

let rec iteri_from f i xs =
  match xs () with
  | Nil -> ()
  | Cons (x, rest) ->
      f i x;
      iteri_from f (i + 1) rest

let iteri f xs = iteri_from f 0 xs

let rec fold_lefti_from f acc i xs =
  match xs () with Nil -> acc | Cons (x, rest) -> fold_lefti_from f (f acc i x) (i + 1) rest

let fold_lefti f acc xs = fold_lefti_from f acc 0 xs
let rec for_all p xs = match xs () with Nil -> true | Cons (x, rest) -> p x && for_all p rest
let rec exists p xs = match xs () with Nil -> false | Cons (x, rest) -> p x || exists p rest

let rec find p xs =
  match xs () with Nil -> None | Cons (x, rest) -> if p x then Some x else find p rest

let rec find_index_from p i xs =
  match xs () with Nil -> None | Cons (x, rest) -> if p x then Some i else find_index_from p (i + 1) rest

let find_index p xs = find_index_from p 0 xs

let rec find_map f xs =
  match xs () with
  | Nil -> None
  | Cons (x, rest) -> ( match f x with None -> find_map f rest | some -> some)

let rec find_mapi_from f i xs =
  match xs () with
  | Nil -> None
  | Cons (x, rest) -> ( match f i x with None -> find_mapi_from f (i + 1) rest | some -> some)

let find_mapi f xs = find_mapi_from f 0 xs

(* Consuming two sequences, as far as the shorter one goes. The second is not asked when the first is at its end. *)

let rec iter2 f xs ys =
  match xs () with
  | Nil -> ()
  | Cons (x, xs) -> (
      match ys () with
      | Nil -> ()
      | Cons (y, ys) ->
          f x y;
          iter2 f xs ys)

let rec fold_left2 f acc xs ys =
  match xs () with
  | Nil -> acc
  | Cons (x, xs) -> ( match ys () with Nil -> acc | Cons (y, ys) -> fold_left2 f (f acc x y) xs ys)

let rec for_all2 f xs ys =
  match xs () with
  | Nil -> true
  | Cons (x, xs) -> ( match ys () with Nil -> true | Cons (y, ys) -> f x y && for_all2 f xs ys)

let rec exists2 f xs ys =
  match xs () with
  | Nil -> false
  | Cons (x, xs) -> ( match ys () with Nil -> false | Cons (y, ys) -> f x y || exists2 f xs ys)

let rec equal eq xs ys =
  match xs (), ys () with
  | Nil, Nil -> true
  | Cons (x, xs), Cons (y, ys) -> eq x y && equal eq xs ys
  | Nil, Cons _ | Cons _, Nil -> false

let rec compare cmp xs ys =
  match xs (), ys () with
  | Nil, Nil -> 0
  | Cons (x, xs), Cons (y, ys) ->
      let c = cmp x y in
      if c <> 0 then c else compare cmp xs ys
  | Nil, Cons _ -> -1
  | Cons _, Nil -> 1

(* {1 Making} *)

let empty () = Nil
let return x () = Cons (x, empty)
let cons x rest () = Cons (x, rest)
let rec init_from f i n () = if i >= n then Nil else Cons (f i, init_from f (i + 1) n)
let init n f = if n < 0 then invalid_arg "Seq.init" else init_from f 0 n

let rec unfold f state () =
  match f state with None -> Nil | Some (x, state) -> Cons (x, unfold f state)

let rec repeat x () = Cons (x, repeat x)
let rec forever f () = Cons (f (), forever f)
let rec append xs ys () = match xs () with Nil -> ys () | Cons (x, rest) -> Cons (x, append rest ys)
let rec cycle_nonempty xs () = append xs (cycle_nonempty xs) ()

(* An empty sequence has no element to come back to. *)
let cycle xs () =
  match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, append rest (cycle_nonempty xs))

let rec iterate_after f x () =
  let y = f x in
  Cons (y, iterate_after f y)

let iterate f x () = Cons (x, iterate_after f x)
let rec ints i () = Cons (i, ints (i + 1))

(* {1 Transforming} *)

let rec map f xs () = match xs () with Nil -> Nil | Cons (x, rest) -> Cons (f x, map f rest)

let rec mapi_from f i xs () =
  match xs () with Nil -> Nil | Cons (x, rest) -> Cons (f i x, mapi_from f (i + 1) rest)

let mapi f xs = mapi_from f 0 xs

let rec filter p xs () =
  match xs () with Nil -> Nil | Cons (x, rest) -> if p x then Cons (x, filter p rest) else filter p rest ()

let rec filter_map f xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> ( match f x with None -> filter_map f rest () | Some y -> Cons (y, filter_map f rest))

let rec scan_after f acc xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) ->
      let acc = f acc x in
      Cons (acc, scan_after f acc rest)

let scan f acc xs () = Cons (acc, scan_after f acc xs)

let rec take_some n xs () =
  if n = 0 then Nil else match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, take_some (n - 1) rest)

let take n xs = if n < 0 then invalid_arg "Seq.take" else take_some n xs

let rec drop_now n xs =
  match xs () with Nil -> Nil | Cons (_, rest) -> if n = 1 then rest () else drop_now (n - 1) rest

let drop n xs =
  if n < 0 then invalid_arg "Seq.drop" else if n = 0 then xs else fun () -> drop_now n xs

let rec take_while p xs () =
  match xs () with Nil -> Nil | Cons (x, rest) -> if p x then Cons (x, take_while p rest) else Nil

let rec drop_while p xs () =
  match xs () with Nil -> Nil | Cons (x, rest) as node -> if p x then drop_while p rest () else node

let rec group eq xs () =
  match xs () with
  | Nil -> Nil
  | Cons (x, rest) -> Cons (cons x (take_while (eq x) rest), group eq (drop_while (eq x) rest))

let rec memoize xs =
  let node = lazy (match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, memoize rest)) in
  fun () -> Lazy.force node

exception Forced_twice

let rec once xs =
  let fresh = Atomic.make true in
  fun () ->
    if not (Atomic.exchange fresh false) then raise Forced_twice;
    match xs () with Nil -> Nil | Cons (x, rest) -> Cons (x, once rest)

(* {1 Combining} *)

let rec concat xss () = match xss () with Nil -> Nil | Cons (xs, rest) -> append xs (concat rest) ()

let rec flat_map f xs () =
  match xs () with Nil -> Nil | Cons (x, rest) -> append (f x) (flat_map f rest) ()

let concat_map = flat_map

let rec zip xs ys () =
  match xs () with
  | Nil -> Nil
  | Cons (x, xs) -> ( match ys () with Nil -> Nil | Cons (y, ys) -> Cons ((x, y), zip xs ys))

let rec map2 f xs ys () =
  match xs () with
  | Nil -> Nil
  | Cons (x, xs) -> ( match ys () with Nil -> Nil | Cons (y, ys) -> Cons (f x y, map2 f xs ys))

let rec interleave xs ys () =
  match xs () with Nil -> ys () | Cons (x, rest) -> Cons (x, interleave ys rest)

(* Merging when the first element of one side, or of both, is known already. *)
let rec merge_left cmp x xs ys () =
  match ys () with Nil -> Cons (x, xs) | Cons (y, ys) -> merge_both cmp x xs y ys

and merge_right cmp xs y ys () =
  match xs () with Nil -> Cons (y, ys) | Cons (x, xs) -> merge_both cmp x xs y ys

and merge_both cmp x xs y ys =
  if cmp x y <= 0 then Cons (x, merge_right cmp xs y ys) else Cons (y, merge_left cmp x xs ys)

let sorted_merge cmp xs ys () =
  match xs (), ys () with
  | Nil, Nil -> Nil
  | Nil, node | node, Nil -> node
  | Cons (x, xs), Cons (y, ys) -> merge_both cmp x xs y ys

let unzip xys = map fst xys, map snd xys
let split = unzip

(* First elements and remainders of the sequences that are not empty. *)
let behead xss = unzip (filter_map uncons xss)

let rec transpose xss () =
  let heads, tails = behead xss in
  match heads () with Nil -> Nil | Cons _ -> Cons (heads, transpose tails)

(* [started] are the rest of the rows whose elements are on the diagonals so far; each diagonal begins with a new row. *)
let rec diagonals started xss () =
  match xss () with
  | Nil -> transpose started ()
  | Cons (xs, xss) -> (
      let heads, tails = behead started in
      match xs () with
      | Nil -> Cons (heads, diagonals tails xss)
      | Cons (x, xs) -> Cons (cons x heads, diagonals (cons xs tails) xss))

let map_product f xs ys = concat (diagonals empty (map (fun x -> map (f x) ys) xs))
let product xs ys = map_product (fun x y -> x, y) xs ys

let partition_map f xs =
  let both = map f xs in
  filter_map Either.find_left both, filter_map Either.find_right both

let partition p xs = filter p xs, filter (fun x -> not (p x)) xs

(* {1 Dispensers} *)

let of_dispenser next =
  let rec from () = match next () with None -> Nil | Some x -> Cons (x, from) in
  from

let to_dispenser xs =
  let rest = ref xs in
  fun () ->
    match !rest () with
    | Nil ->
        rest := empty;
        None
    | Cons (x, xs) ->
        rest := xs;
        Some x
