(* Arrays that grow and shrink at the end. *)

(* The elements and, after them, room for more, which holds the immediate 0: what was removed is not kept alive. The slots are never a
   float array, whatever the elements are: numbers are boxed in them. *)
type slots = Obj.t array
type 'a t = { mutable length : int; mutable slots : slots }

external slot : slots -> int -> 'a = "%morgana_field"
external set_slot : slots -> int -> 'a -> unit = "%morgana_set_field"
external below : int -> int -> bool = "%morgana_int_ult"

let vacant = Obj.repr 0
let slots_of_size n : slots = if n = 0 then [||] else Array.make n vacant

(* {1 Errors} *)

let fail f message = invalid_arg ("Dynarray." ^ f ^ ": " ^ message)

let index_out_of_bounds f i length =
  let range = if length = 0 then "empty dynarray" else "0.." ^ string_of_int (length - 1) in
  fail f ("index " ^ string_of_int i ^ " out of bounds (" ^ range ^ ")")

let check_not_negative f what n =
  if n < 0 then fail f ("negative " ^ what ^ " " ^ string_of_int n ^ " requested")

let length_changed f expected observed =
  fail f
    ("a length change from " ^ string_of_int expected ^ " to " ^ string_of_int observed ^ " occurred during iteration")

let check_same_length f a length = if a.length <> length then length_changed f length a.length

(* {1 Making} *)

let create () = { length = 0; slots = [||] }

let make n x =
  check_not_negative "make" "length" n;
  let slots = slots_of_size n in
  for i = 0 to n - 1 do
    set_slot slots i x
  done;
  { length = n; slots }

let init n f =
  check_not_negative "init" "length" n;
  let slots = slots_of_size n in
  for i = 0 to n - 1 do
    set_slot slots i (f i)
  done;
  { length = n; slots }

let length a = a.length
let is_empty a = a.length = 0
let get a i = if below i a.length then slot a.slots i else index_out_of_bounds "get" i a.length
let set a i x = if below i a.length then set_slot a.slots i x else index_out_of_bounds "set" i a.length

let get_last a = if a.length = 0 then fail "get_last" "empty array" else slot a.slots (a.length - 1)
let find_last a = if a.length = 0 then None else Some (slot a.slots (a.length - 1))
let copy a = { length = a.length; slots = Array.sub a.slots 0 a.length }

(* {1 Capacity} *)

let capacity a = Array.length a.slots

let next_capacity n =
  let more = if n <= 512 then 2 * n else n + (n / 2) in
  Int.min (Int.max 8 more) Sys.max_array_length

let move_to_size a n =
  let slots = slots_of_size n in
  Array.blit a.slots 0 slots 0 a.length;
  a.slots <- slots

let grow f a wanted =
  if wanted > Sys.max_array_length then
    fail f
      ("cannot grow to requested length " ^ string_of_int wanted ^ " (max_array_length is "
      ^ string_of_int Sys.max_array_length ^ ")");
  move_to_size a (Int.max (next_capacity (capacity a)) wanted)

let ensure f a wanted = if wanted > capacity a then grow f a wanted

let ensure_capacity a wanted =
  check_not_negative "ensure_capacity" "capacity" wanted;
  ensure "ensure_capacity" a wanted

let ensure_extra_capacity a extra =
  check_not_negative "ensure_extra_capacity" "capacity" extra;
  ensure "ensure_extra_capacity" a (a.length + extra)

let fit_capacity a = if capacity a > a.length then a.slots <- Array.sub a.slots 0 a.length

let set_capacity a n =
  check_not_negative "set_capacity" "capacity" n;
  if n < a.length then begin
    a.slots <- Array.sub a.slots 0 n;
    a.length <- n
  end
  else if n <> capacity a then move_to_size a n

let reset a =
  a.length <- 0;
  a.slots <- [||]

(* {1 Adding} *)

let add_last a x =
  let n = a.length in
  if n >= Array.length a.slots then grow "add_last" a (n + 1);
  set_slot a.slots n x;
  a.length <- n + 1

let append_array a b =
  let n = Array.length b in
  ensure "append_array" a (a.length + n);
  let start = a.length in
  for i = 0 to n - 1 do
    set_slot a.slots (start + i) (Array.unsafe_get b i)
  done;
  a.length <- start + n

let append_list a l =
  let n = List.length l in
  ensure "append_list" a (a.length + n);
  List.iter (fun x -> add_last a x) l

let append a b =
  let n = b.length in
  if a == b && n > 0 then length_changed "append" n (2 * n);
  ensure "append" a (a.length + n);
  Array.blit b.slots 0 a.slots a.length n;
  a.length <- a.length + n

let append_seq a xs = Seq.iter (fun x -> add_last a x) xs
let append_iter a iter xs = iter (fun x -> add_last a x) xs

let blit ~src ~src_pos ~dst ~dst_pos ~len =
  let region = "region (" ^ string_of_int src_pos ^ ".." ^ string_of_int (src_pos + len - 1) ^ ")" in
  if len < 0 then fail "blit" ("invalid negative length " ^ string_of_int len);
  if src_pos < 0 || src_pos > src.length - len then
    fail "blit" ("invalid source " ^ region ^ " in source dynarray of length " ^ string_of_int src.length);
  if dst_pos < 0 || dst_pos > dst.length then
    fail "blit"
      ("invalid target region (" ^ string_of_int dst_pos ^ ".." ^ string_of_int (dst_pos + len - 1)
      ^ ") in target dynarray of length " ^ string_of_int dst.length);
  ensure "blit" dst (dst_pos + len);
  Array.blit src.slots src_pos dst.slots dst_pos len;
  if dst_pos + len > dst.length then dst.length <- dst_pos + len

(* {1 Removing} *)

let take_last a =
  let last = a.length - 1 in
  let x = slot a.slots last in
  a.length <- last;
  set_slot a.slots last vacant;
  x

let pop_last a = if a.length = 0 then raise Not_found else take_last a
let pop_last_opt a = if a.length = 0 then None else Some (take_last a)
let remove_last a = if a.length > 0 then ignore (take_last a : Obj.t)

let truncate a n =
  check_not_negative "truncate" "length" n;
  if n < a.length then begin
    Array.fill a.slots n (a.length - n) vacant;
    a.length <- n
  end

let clear a = truncate a 0

(* {1 Iterating} A function of the program may change the array in the meantime: an element is read only while the array is long enough,
   and in the end any other change of length is reported. *)

let element f a length i = if i < a.length then slot a.slots i else length_changed f length a.length [@@inline]

let iter f a =
  let n = a.length in
  for i = 0 to n - 1 do
    f (element "iter" a n i)
  done;
  check_same_length "iter" a n

let iteri f a =
  let n = a.length in
  for i = 0 to n - 1 do
    f i (element "iteri" a n i)
  done;
  check_same_length "iteri" a n

let map f a =
  let n = a.length in
  let slots = slots_of_size n in
  for i = 0 to n - 1 do
    set_slot slots i (f (element "map" a n i))
  done;
  check_same_length "map" a n;
  { length = n; slots }

let mapi f a =
  let n = a.length in
  let slots = slots_of_size n in
  for i = 0 to n - 1 do
    set_slot slots i (f i (element "mapi" a n i))
  done;
  check_same_length "mapi" a n;
  { length = n; slots }

let fold_left f acc a =
  let n = a.length in
  let acc = ref acc in
  for i = 0 to n - 1 do
    acc := f !acc (element "fold_left" a n i)
  done;
  check_same_length "fold_left" a n;
  !acc

let fold_right f a acc =
  let n = a.length in
  let acc = ref acc in
  for i = n - 1 downto 0 do
    acc := f (element "fold_right" a n i) !acc
  done;
  check_same_length "fold_right" a n;
  !acc

let filter p a =
  let result = create () in
  let n = a.length in
  for i = 0 to n - 1 do
    let x = element "filter" a n i in
    if p x then add_last result x
  done;
  check_same_length "filter" a n;
  result

let filter_map f a =
  let result = create () in
  let n = a.length in
  for i = 0 to n - 1 do
    match f (element "filter_map" a n i) with None -> () | Some y -> add_last result y
  done;
  check_same_length "filter_map" a n;
  result

(* {1 Searching} *)

let finished f a n result =
  check_same_length f a n;
  result

let rec exists_from p a n i =
  if i >= n then false else p (element "exists" a n i) || exists_from p a n (i + 1)

let exists p a =
  let n = a.length in
  finished "exists" a n (exists_from p a n 0)

let rec for_all_from p a n i =
  if i >= n then true else p (element "for_all" a n i) && for_all_from p a n (i + 1)

let for_all p a =
  let n = a.length in
  finished "for_all" a n (for_all_from p a n 0)

let rec mem_from x a n i = i < n && (Stdlib.compare (element "mem" a n i) x = 0 || mem_from x a n (i + 1))

let mem x a =
  let n = a.length in
  finished "mem" a n (mem_from x a n 0)

let rec memq_from x a n i = i < n && (element "memq" a n i == x || memq_from x a n (i + 1))
let memq x a = memq_from x a a.length 0

let rec find_from p a n i =
  if i >= n then None
  else
    let x = element "find_opt" a n i in
    if p x then Some x else find_from p a n (i + 1)

let find_opt p a =
  let n = a.length in
  finished "find_opt" a n (find_from p a n 0)

let rec find_index_from p a n i =
  if i >= n then None else if p (element "find_index" a n i) then Some i else find_index_from p a n (i + 1)

let find_index p a =
  let n = a.length in
  finished "find_index" a n (find_index_from p a n 0)

let rec find_map_from f a n i =
  if i >= n then None
  else match f (element "find_map" a n i) with None -> find_map_from f a n (i + 1) | some -> some

let find_map f a =
  let n = a.length in
  finished "find_map" a n (find_map_from f a n 0)

let rec find_mapi_from f a n i =
  if i >= n then None
  else match f i (element "find_mapi" a n i) with None -> find_mapi_from f a n (i + 1) | some -> some

let find_mapi f a =
  let n = a.length in
  finished "find_mapi" a n (find_mapi_from f a n 0)

(* {1 Comparing} *)

let rec equal_from eq a b n i =
  i >= n || (eq (element "equal" a n i) (element "equal" b n i) && equal_from eq a b n (i + 1))

let equal eq a b =
  let n = a.length in
  n = b.length
  && begin
       let result = equal_from eq a b n 0 in
       check_same_length "equal" a n;
       check_same_length "equal" b n;
       result
     end

let rec compare_from cmp a b n i =
  if i >= n then 0
  else
    let c = cmp (element "compare" a n i) (element "compare" b n i) in
    if c <> 0 then c else compare_from cmp a b n (i + 1)

let compare cmp a b =
  let n = a.length and nb = b.length in
  if n <> nb then n - nb
  else begin
    let result = compare_from cmp a b n 0 in
    check_same_length "compare" a n;
    check_same_length "compare" b n;
    result
  end

(* {1 Arrays, lists, sequences} *)

let of_array b =
  let a = { length = 0; slots = slots_of_size (Array.length b) } in
  append_array a b;
  a

let to_array a =
  let n = a.length in
  let result = Array.init n (fun i -> element "to_array" a n i) in
  check_same_length "to_array" a n;
  result

let of_list l =
  let a = { length = 0; slots = slots_of_size (List.length l) } in
  List.iter (fun x -> add_last a x) l;
  a

let to_list a =
  let rec from i acc = if i < 0 then acc else from (i - 1) (slot a.slots i :: acc) in
  from (a.length - 1) []

let of_seq xs =
  let a = create () in
  append_seq a xs;
  a

let rec seq_from a n i () =
  check_same_length "to_seq" a n;
  if i >= n then Seq.Nil else Seq.Cons (slot a.slots i, seq_from a n (i + 1))

let to_seq a = seq_from a a.length 0

let rec reentrant_seq_from a i () =
  if i >= a.length then Seq.Nil else Seq.Cons (slot a.slots i, reentrant_seq_from a (i + 1))

let to_seq_reentrant a = reentrant_seq_from a 0

let rec reverse_seq_from a n i () =
  check_same_length "to_seq_rev" a n;
  if i < 0 then Seq.Nil else Seq.Cons (slot a.slots i, reverse_seq_from a n (i - 1))

let to_seq_rev a = reverse_seq_from a a.length (a.length - 1)

(* Elements that were removed meanwhile are left out. *)
let rec reentrant_reverse_seq_from a i () =
  if i < 0 then Seq.Nil
  else if i >= a.length then reentrant_reverse_seq_from a (a.length - 1) ()
  else Seq.Cons (slot a.slots i, reentrant_reverse_seq_from a (i - 1))

let to_seq_rev_reentrant a = reentrant_reverse_seq_from a (a.length - 1)
