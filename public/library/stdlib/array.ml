(* Arrays. *)

type 'a t = 'a array

external length : 'a array -> int = "%array_length"
external get : 'a array -> int -> 'a = "%array_safe_get"
external set : 'a array -> int -> 'a -> unit = "%array_safe_set"
external unsafe_get : 'a array -> int -> 'a = "%array_unsafe_get"
external unsafe_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"
external make : int -> 'a -> 'a array = "caml_array_make"
external create_float : int -> float array = "caml_array_create_float"
external unsafe_sub : 'a array -> int -> int -> 'a array = "caml_array_sub"
external unsafe_append : 'a array -> 'a array -> 'a array = "caml_array_append"
external concat : 'a array list -> 'a array = "caml_array_concat"
external unsafe_blit : 'a array -> int -> 'a array -> int -> int -> unit = "caml_array_blit"
external unsafe_fill : 'a array -> int -> int -> 'a -> unit = "caml_array_fill"

module Floatarray = struct
  external create : int -> floatarray = "caml_floatarray_create"
  external length : floatarray -> int = "%floatarray_length"
  external get : floatarray -> int -> float = "%floatarray_safe_get"
  external set : floatarray -> int -> float -> unit = "%floatarray_safe_set"
  external unsafe_get : floatarray -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : floatarray -> int -> float -> unit = "%floatarray_unsafe_set"
end

(* {1 Making} *)

let init n f =
  if n = 0 then [||]
  else if n < 0 then invalid_arg "Array.init"
  else begin
    let a = make n (f 0) in
    for i = 1 to n - 1 do
      unsafe_set a i (f i)
    done;
    a
  end

let make_matrix rows columns v =
  if columns < 0 then invalid_arg "Array.make_matrix";
  let m = make rows [||] in
  if columns > 0 then
    for i = 0 to rows - 1 do
      unsafe_set m i (make columns v)
    done;
  m

let init_matrix rows columns f =
  if columns < 0 then invalid_arg "Array.init_matrix";
  let m = make rows [||] in
  if columns > 0 then
    for i = 0 to rows - 1 do
      let row = make columns (f i 0) in
      for j = 1 to columns - 1 do
        unsafe_set row j (f i j)
      done;
      unsafe_set m i row
    done;
  m

let copy a =
  let n = length a in
  if n = 0 then [||] else unsafe_sub a 0 n

let append a b = if length a = 0 then copy b else if length b = 0 then unsafe_sub a 0 (length a) else unsafe_append a b

let sub a offset n =
  if offset < 0 || n < 0 || offset > length a - n then invalid_arg "Array.sub" else unsafe_sub a offset n

let fill a offset n v =
  if offset < 0 || n < 0 || offset > length a - n then invalid_arg "Array.fill" else unsafe_fill a offset n v

let blit a i b j n =
  if n < 0 || i < 0 || i > length a - n || j < 0 || j > length b - n then invalid_arg "Array.blit"
  else unsafe_blit a i b j n

(* {1 Lists} *)

let rec list_from a i acc = if i < 0 then acc else list_from a (i - 1) (unsafe_get a i :: acc)
let to_list a = list_from a (length a - 1) []

let rec fill_from_list a i = function
  | [] -> a
  | x :: rest ->
      unsafe_set a i x;
      fill_from_list a (i + 1) rest

let rec list_length n = function [] -> n | _ :: rest -> list_length (n + 1) rest

let of_list = function
  | [] -> [||]
  | x :: rest as l -> fill_from_list (make (list_length 0 l) x) 1 rest

(* {1 Iterating} *)

let iter f a =
  for i = 0 to length a - 1 do
    f (unsafe_get a i)
  done

let iteri f a =
  for i = 0 to length a - 1 do
    f i (unsafe_get a i)
  done

let map f a =
  let n = length a in
  if n = 0 then [||]
  else begin
    let result = make n (f (unsafe_get a 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f (unsafe_get a i))
    done;
    result
  end

let mapi f a =
  let n = length a in
  if n = 0 then [||]
  else begin
    let result = make n (f 0 (unsafe_get a 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f i (unsafe_get a i))
    done;
    result
  end

let map_inplace f a =
  for i = 0 to length a - 1 do
    unsafe_set a i (f (unsafe_get a i))
  done

let mapi_inplace f a =
  for i = 0 to length a - 1 do
    unsafe_set a i (f i (unsafe_get a i))
  done

let fold_left f acc a =
  let acc = ref acc in
  for i = 0 to length a - 1 do
    acc := f !acc (unsafe_get a i)
  done;
  !acc

let fold_right f a acc =
  let acc = ref acc in
  for i = length a - 1 downto 0 do
    acc := f (unsafe_get a i) !acc
  done;
  !acc

let fold_left_map f acc a =
  let n = length a in
  if n = 0 then acc, [||]
  else begin
    let acc, y = f acc (unsafe_get a 0) in
    let result = make n y in
    let acc = ref acc in
    for i = 1 to n - 1 do
      let next, y = f !acc (unsafe_get a i) in
      acc := next;
      unsafe_set result i y
    done;
    !acc, result
  end

(* {1 Two arrays} *)

let iter2 f a b =
  if length a <> length b then invalid_arg "Array.iter2: arrays must have the same length"
  else
    for i = 0 to length a - 1 do
      f (unsafe_get a i) (unsafe_get b i)
    done

let map2 f a b =
  let n = length a in
  if n <> length b then invalid_arg "Array.map2: arrays must have the same length"
  else if n = 0 then [||]
  else begin
    let result = make n (f (unsafe_get a 0) (unsafe_get b 0)) in
    for i = 1 to n - 1 do
      unsafe_set result i (f (unsafe_get a i) (unsafe_get b i))
    done;
    result
  end

let split a =
  let n = length a in
  if n = 0 then [||], [||]
  else begin
    let x, y = unsafe_get a 0 in
    let xs = make n x and ys = make n y in
    for i = 1 to n - 1 do
      let x, y = unsafe_get a i in
      unsafe_set xs i x;
      unsafe_set ys i y
    done;
    xs, ys
  end

let combine a b =
  let n = length a in
  if n <> length b then invalid_arg "Array.combine"
  else if n = 0 then [||]
  else begin
    let result = make n (unsafe_get a 0, unsafe_get b 0) in
    for i = 1 to n - 1 do
      unsafe_set result i (unsafe_get a i, unsafe_get b i)
    done;
    result
  end

(* {1 Searching} *)

let rec for_all_from p a n i = i >= n || (p (unsafe_get a i) && for_all_from p a n (i + 1))
let for_all p a = for_all_from p a (length a) 0
let rec exists_from p a n i = i < n && (p (unsafe_get a i) || exists_from p a n (i + 1))
let exists p a = exists_from p a (length a) 0

let rec for_all2_from p a b n i = i >= n || (p (unsafe_get a i) (unsafe_get b i) && for_all2_from p a b n (i + 1))

let for_all2 p a b =
  let n = length a in
  if n <> length b then invalid_arg "Array.for_all2" else for_all2_from p a b n 0

let rec exists2_from p a b n i = i < n && (p (unsafe_get a i) (unsafe_get b i) || exists2_from p a b n (i + 1))

let exists2 p a b =
  let n = length a in
  if n <> length b then invalid_arg "Array.exists2" else exists2_from p a b n 0

let rec mem_from x a n i = i < n && (Stdlib.compare (unsafe_get a i) x = 0 || mem_from x a n (i + 1))
let mem x a = mem_from x a (length a) 0
let rec memq_from x a n i = i < n && (unsafe_get a i == x || memq_from x a n (i + 1))
let memq x a = memq_from x a (length a) 0

let rec find_from p a n i =
  if i >= n then None
  else
    let x = unsafe_get a i in
    if p x then Some x else find_from p a n (i + 1)

let find_opt p a = find_from p a (length a) 0

let rec find_index_from p a n i =
  if i >= n then None else if p (unsafe_get a i) then Some i else find_index_from p a n (i + 1)

let find_index p a = find_index_from p a (length a) 0

let rec find_map_from f a n i =
  if i >= n then None
  else match f (unsafe_get a i) with None -> find_map_from f a n (i + 1) | some -> some

let find_map f a = find_map_from f a (length a) 0

let rec find_mapi_from f a n i =
  if i >= n then None
  else match f i (unsafe_get a i) with None -> find_mapi_from f a n (i + 1) | some -> some

let find_mapi f a = find_mapi_from f a (length a) 0

(* {1 Sorting} *)

(* Heap sort on a heap in which element [i] has the sons [3i + 1] to [3i + 3] (three sons need fewer comparisons than two, and lie closer). *)

(* The greatest son of [i] among the first [n] elements, or -1 when it has none. *)
let greatest_son cmp a n i =
  let son = (3 * i) + 1 in
  if son + 2 < n then begin
    let best = if cmp (unsafe_get a son) (unsafe_get a (son + 1)) < 0 then son + 1 else son in
    if cmp (unsafe_get a best) (unsafe_get a (son + 2)) < 0 then son + 2 else best
  end
  else if son + 1 < n && cmp (unsafe_get a son) (unsafe_get a (son + 1)) < 0 then son + 1
  else if son < n then son
  else -1

(* Puts [x] at [i] or below, where it is not less than its sons. *)
let rec sift_down cmp a n i x =
  let son = greatest_son cmp a n i in
  if son >= 0 && cmp (unsafe_get a son) x > 0 then begin
    unsafe_set a i (unsafe_get a son);
    sift_down cmp a n son x
  end
  else unsafe_set a i x

(* Moves greatest sons up from [i] to the bottom; where the hole is then. *)
let rec sink_hole cmp a n i =
  let son = greatest_son cmp a n i in
  if son < 0 then i
  else begin
    unsafe_set a i (unsafe_get a son);
    sink_hole cmp a n son
  end

(* Puts [x] at [i] > 0 or above. *)
let rec sift_up cmp a i x =
  let father = (i - 1) / 3 in
  if cmp (unsafe_get a father) x < 0 then begin
    unsafe_set a i (unsafe_get a father);
    if father > 0 then sift_up cmp a father x else unsafe_set a 0 x
  end
  else unsafe_set a i x

let sort cmp a =
  let n = length a in
  for i = ((n + 1) / 3) - 1 downto 0 do
    sift_down cmp a n i (unsafe_get a i)
  done;
  (* The element that the greatest one displaces comes from the bottom and mostly belongs there: first the hole goes down. *)
  for i = n - 1 downto 2 do
    let x = unsafe_get a i in
    unsafe_set a i (unsafe_get a 0);
    sift_up cmp a (sink_hole cmp a i 0) x
  done;
  if n > 1 then begin
    let x = unsafe_get a 1 in
    unsafe_set a 1 (unsafe_get a 0);
    unsafe_set a 0 x
  end

(* Merge sort. Runs of this length are sorted by insertion. *)
let short_run = 5

(* Sorts [n] elements of [a] from [i] into [b] from [j]. *)
let insertion_sort cmp a i b j n =
  for k = 0 to n - 1 do
    let x = unsafe_get a (i + k) in
    let hole = ref (j + k - 1) in
    while !hole >= j && cmp (unsafe_get b !hole) x > 0 do
      unsafe_set b (!hole + 1) (unsafe_get b !hole);
      decr hole
    done;
    unsafe_set b (!hole + 1) x
  done

(* Merges [a] from [i] to [i_end] and [b] from [j] to [j_end] into [c] from [k]; [c] may be [b] when [k + (i_end - i) = j]. *)
let merge cmp a i i_end b j j_end c k =
  let rec go i x j y k =
    if cmp x y <= 0 then begin
      unsafe_set c k x;
      let i = i + 1 in
      if i < i_end then go i (unsafe_get a i) j y (k + 1) else unsafe_blit b j c (k + 1) (j_end - j)
    end
    else begin
      unsafe_set c k y;
      let j = j + 1 in
      if j < j_end then go i x j (unsafe_get b j) (k + 1) else unsafe_blit a i c (k + 1) (i_end - i)
    end
  in
  go i (unsafe_get a i) j (unsafe_get b j) k

(* Sorts [n] elements of [a] from [i] into [b] from [j]; those of [a] are in any order afterwards. [b] may be [a] only when [j] ≥ [i + n]. *)
let rec sort_into cmp a i b j n =
  if n <= short_run then insertion_sort cmp a i b j n
  else begin
    let first = n / 2 in
    let second = n - first in
    sort_into cmp a (i + first) b (j + first) second;
    sort_into cmp a i a (i + second) first;
    merge cmp a (i + second) (i + n) b (j + first) (j + n) b j
  end

let stable_sort cmp a =
  let n = length a in
  if n <= short_run then insertion_sort cmp a 0 a 0 n
  else begin
    let first = n / 2 in
    let second = n - first in
    let sorted = make second (unsafe_get a 0) in
    sort_into cmp a first sorted 0 second;
    sort_into cmp a 0 a second first;
    merge cmp a second n sorted 0 second a 0
  end

let fast_sort = stable_sort

let shuffle ~rand a =
  for i = length a - 1 downto 1 do
    let j = rand (i + 1) in
    let x = unsafe_get a i in
    unsafe_set a i (get a j);
    unsafe_set a j x
  done

(* {1 Sequences} *)

let rec seq_from a i () = if i >= length a then Seq.Nil else Seq.Cons (unsafe_get a i, seq_from a (i + 1))
let to_seq a = seq_from a 0
let rec seqi_from a i () = if i >= length a then Seq.Nil else Seq.Cons ((i, unsafe_get a i), seqi_from a (i + 1))
let to_seqi a = seqi_from a 0

let rec fill_from_end a i = function
  | [] -> a
  | x :: earlier ->
      unsafe_set a i x;
      fill_from_end a (i - 1) earlier

let of_seq xs =
  match Seq.fold_left (fun acc x -> x :: acc) [] xs with
  | [] -> [||]
  | last :: earlier as reversed ->
      let n = list_length 0 reversed in
      fill_from_end (make n last) (n - 2) earlier
