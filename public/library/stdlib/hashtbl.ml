(* Hash tables: an array of buckets, whose number is a power of two and doubles when there are more than two bindings a bucket. *)

(* [initial_size] is negative while the table is iterated on: cells must then stay what they are. *)
type ('a, 'b) t = {
  mutable size : int;
  mutable data : ('a, 'b) bucket array;
  seed : int;
  mutable initial_size : int;
}

and ('a, 'b) bucket = Empty | Cons of { mutable key : 'a; mutable data : 'b; mutable next : ('a, 'b) bucket }

(* {1 Hashing} *)

external seeded_hash_param : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let hash v = seeded_hash_param 10 100 0 v
let hash_param meaningful total v = seeded_hash_param meaningful total 0 v
let seeded_hash seed v = seeded_hash_param 10 100 seed v

(* {1 Making} *)

external has_environment : unit -> bool = "morgana_has_environment"

let randomized_by_environment =
  has_environment ()
  &&
  let parameters =
    match Sys.getenv_opt "OCAMLRUNPARAM" with
    | Some parameters -> parameters
    | None -> ( match Sys.getenv_opt "CAMLRUNPARAM" with Some parameters -> parameters | None -> "")
  in
  String.contains parameters 'R'

let randomized = ref randomized_by_environment
let randomize () = randomized := true
let is_randomized () = !randomized

external entropy : unit -> int array = "caml_sys_random_seed"

let random_seed () = hash (entropy ())

let rec power_of_two_above power n =
  if power >= n || power * 2 > Sys.max_array_length then power else power_of_two_above (power * 2) n

let make_with_seed seed n =
  let buckets = power_of_two_above 16 n in
  { initial_size = buckets; size = 0; seed; data = Array.make buckets Empty }

let create ?random n =
  let random = match random with Some random -> random | None -> !randomized in
  make_with_seed (if random then random_seed () else 0) n

let clear h =
  if h.size > 0 then begin
    h.size <- 0;
    Array.fill h.data 0 (Array.length h.data) Empty
  end

let reset h =
  let buckets = abs h.initial_size in
  if Array.length h.data = buckets then clear h
  else begin
    h.size <- 0;
    h.data <- Array.make buckets Empty
  end

let rec copy_bucket = function
  | Empty -> Empty
  | Cons { key; data; next } -> Cons { key; data; next = copy_bucket next }
[@@tail_mod_cons]

let copy h = { h with data = Array.map copy_bucket h.data; initial_size = abs h.initial_size }
let length h = h.size

(* {1 Growing} *)

let is_iterated h = h.initial_size < 0

(* Appends the bindings of a bucket to the new buckets, of which [last] has the last cells; in place when the cells may be changed. *)
let rec distribute index in_place buckets last = function
  | Empty -> ()
  | Cons { key; data; next } as cell ->
      let cell = if in_place then cell else Cons { key; data; next = Empty } in
      let i = index key in
      (match Array.unsafe_get last i with
      | Empty -> Array.unsafe_set buckets i cell
      | Cons before -> before.next <- cell);
      Array.unsafe_set last i cell;
      distribute index in_place buckets last next

let redistribute index in_place old_buckets buckets =
  let n = Array.length buckets in
  let last = Array.make n Empty in
  for i = 0 to Array.length old_buckets - 1 do
    distribute index in_place buckets last (Array.unsafe_get old_buckets i)
  done;
  if in_place then
    (* The last cells have the successors of before. *)
    for i = 0 to n - 1 do
      match Array.unsafe_get last i with Empty -> () | Cons cell -> cell.next <- Empty
    done

(* [index h] is the bucket's number of a key in [h], by its new buckets. *)
let grow index h =
  let old_buckets = h.data in
  let n = Array.length old_buckets * 2 in
  if n < Sys.max_array_length then begin
    let buckets = Array.make n Empty in
    let in_place = not (is_iterated h) in
    h.data <- buckets;
    redistribute (index h) in_place old_buckets buckets
  end

(* Counts a binding that was added. *)
let added index h =
  h.size <- h.size + 1;
  if h.size > Array.length h.data lsl 1 then grow index h
[@@inline]

(* {1 Iterating} *)

(* Calls [f h] while the table is marked as iterated on. *)
let iterating f h =
  if is_iterated h then f h
  else begin
    h.initial_size <- -h.initial_size;
    match f h with
    | result ->
        h.initial_size <- -h.initial_size;
        result
    | exception e ->
        h.initial_size <- -h.initial_size;
        raise e
  end
[@@inline]

let rec iter_bucket f = function
  | Empty -> ()
  | Cons { key; data; next } ->
      f key data;
      iter_bucket f next

let iter_buckets f buckets =
  for i = 0 to Array.length buckets - 1 do
    iter_bucket f (Array.unsafe_get buckets i)
  done

let iter f h = iterating (fun h -> iter_buckets f h.data) h

let rec fold_bucket f bucket acc =
  match bucket with Empty -> acc | Cons { key; data; next } -> fold_bucket f next (f key data acc)

let fold_buckets f buckets acc =
  let acc = ref acc in
  for i = 0 to Array.length buckets - 1 do
    acc := fold_bucket f (Array.unsafe_get buckets i) !acc
  done;
  !acc

let fold f h acc = iterating (fun h -> fold_buckets f h.data acc) h

(* [before] is the last cell that stays, of bucket [i]. *)
let rec filter_map_bucket f h i before = function
  | Empty -> (
      match before with Empty -> h.data.(i) <- Empty | Cons before -> before.next <- Empty)
  | Cons ({ key; data; next } as cell) as here -> (
      match f key data with
      | None ->
          h.size <- h.size - 1;
          filter_map_bucket f h i before next
      | Some data ->
          (match before with Empty -> h.data.(i) <- here | Cons before -> before.next <- here);
          cell.data <- data;
          filter_map_bucket f h i here next)

let filter_map_inplace f h =
  iterating
    (fun h ->
      for i = 0 to Array.length h.data - 1 do
        filter_map_bucket f h i Empty h.data.(i)
      done)
    h

(* {1 Statistics} *)

type statistics = {
  num_bindings : int;
  num_buckets : int;
  max_bucket_length : int;
  bucket_histogram : int array;
}

let rec bucket_length n = function Empty -> n | Cons { next } -> bucket_length (n + 1) next

let stats h =
  let longest = Array.fold_left (fun m bucket -> Int.max m (bucket_length 0 bucket)) 0 h.data in
  let histogram = Array.make (longest + 1) 0 in
  Array.iter
    (fun bucket ->
      let n = bucket_length 0 bucket in
      histogram.(n) <- histogram.(n) + 1)
    h.data;
  {
    num_bindings = h.size;
    num_buckets = Array.length h.data;
    max_bucket_length = longest;
    bucket_histogram = histogram;
  }

(* {1 Sequences} The buckets are those of when the sequence was made. *)

let rec seq_from buckets i bucket () =
  match bucket with
  | Empty -> if i = Array.length buckets then Seq.Nil else seq_from buckets (i + 1) buckets.(i) ()
  | Cons { key; data; next } -> Seq.Cons ((key, data), seq_from buckets i next)

let to_seq h = seq_from h.data 0 Empty
let to_seq_keys h = Seq.map fst (to_seq h)
let to_seq_values h = Seq.map snd (to_seq h)

(* {1 Tables compared and hashed by the polymorphic functions} *)

let index h key = seeded_hash_param 10 100 h.seed key land (Array.length h.data - 1)
let rebuilt_buckets h = power_of_two_above 16 (Array.length h.data)

let rebuild ?random h =
  let random = match random with Some random -> random | None -> !randomized in
  let rebuilt =
    {
      size = h.size;
      data = Array.make (rebuilt_buckets h) Empty;
      seed = (if random then random_seed () else h.seed);
      initial_size = abs h.initial_size;
    }
  in
  redistribute (index rebuilt) false h.data rebuilt.data;
  rebuilt

(* [compare] says equal of the same value without looking into it; so does this, without a call. *)
let same a b = a == b || compare a b = 0 [@@inline]

let add h key data =
  let i = index h key in
  Array.unsafe_set h.data i (Cons { key; data; next = Array.unsafe_get h.data i });
  added index h

let rec remove_from h i key before = function
  | Empty -> ()
  | Cons { key = k; next } as here ->
      if same k key then begin
        h.size <- h.size - 1;
        match before with Empty -> h.data.(i) <- next | Cons before -> before.next <- next
      end
      else remove_from h i key here next

let remove h key =
  let i = index h key in
  remove_from h i key Empty (Array.unsafe_get h.data i)

let rec find_in key = function
  | Empty -> raise Not_found
  | Cons { key = k; data; next } -> if same key k then data else find_in key next

let find h key = find_in key (Array.unsafe_get h.data (index h key))

let rec find_opt_in key = function
  | Empty -> None
  | Cons { key = k; data; next } -> if same key k then Some data else find_opt_in key next

let find_opt h key = find_opt_in key (Array.unsafe_get h.data (index h key))

let[@tail_mod_cons] rec find_all_in key = function
  | Empty -> []
  | Cons { key = k; data; next } -> if same k key then data :: find_all_in key next else find_all_in key next

let find_all h key = find_all_in key (Array.unsafe_get h.data (index h key))

(* Whether the key was not there to be replaced. *)
let rec replace_in key data = function
  | Empty -> true
  | Cons cell ->
      if same cell.key key then begin
        cell.key <- key;
        cell.data <- data;
        false
      end
      else replace_in key data cell.next

let replace h key data =
  let i = index h key in
  let bucket = Array.unsafe_get h.data i in
  if replace_in key data bucket then begin
    Array.unsafe_set h.data i (Cons { key; data; next = bucket });
    added index h
  end

let rec mem_in key = function Empty -> false | Cons { key = k; next } -> same k key || mem_in key next
let mem h key = mem_in key (Array.unsafe_get h.data (index h key))
let add_seq h bindings = Seq.iter (fun (key, data) -> add h key data) bindings
let replace_seq h bindings = Seq.iter (fun (key, data) -> replace h key data) bindings

let of_seq bindings =
  let h = create 16 in
  replace_seq h bindings;
  h

(* {1 Tables with given functions} *)

module type HashedType = sig
  type t

  val equal : t -> t -> bool
  val hash : t -> int
end

module type SeededHashedType = sig
  type t

  val equal : t -> t -> bool
  val seeded_hash : int -> t -> int
end

module type S = sig
  type key
  type !'a t

  val create : int -> 'a t
  val clear : 'a t -> unit
  val reset : 'a t -> unit
  val copy : 'a t -> 'a t
  val add : 'a t -> key -> 'a -> unit
  val remove : 'a t -> key -> unit
  val find : 'a t -> key -> 'a
  val find_opt : 'a t -> key -> 'a option
  val find_all : 'a t -> key -> 'a list
  val replace : 'a t -> key -> 'a -> unit
  val mem : 'a t -> key -> bool
  val iter : (key -> 'a -> unit) -> 'a t -> unit
  val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit
  val fold : (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc
  val length : 'a t -> int
  val stats : 'a t -> statistics
  val to_seq : 'a t -> (key * 'a) Seq.t
  val to_seq_keys : _ t -> key Seq.t
  val to_seq_values : 'a t -> 'a Seq.t
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
end

module type SeededS = sig
  type key
  type !'a t

  val create : ?random:bool -> int -> 'a t
  val clear : 'a t -> unit
  val reset : 'a t -> unit
  val copy : 'a t -> 'a t
  val add : 'a t -> key -> 'a -> unit
  val remove : 'a t -> key -> unit
  val find : 'a t -> key -> 'a
  val find_opt : 'a t -> key -> 'a option
  val find_all : 'a t -> key -> 'a list
  val replace : 'a t -> key -> 'a -> unit
  val mem : 'a t -> key -> bool
  val iter : (key -> 'a -> unit) -> 'a t -> unit
  val filter_map_inplace : (key -> 'a -> 'a option) -> 'a t -> unit
  val fold : (key -> 'a -> 'acc -> 'acc) -> 'a t -> 'acc -> 'acc
  val length : 'a t -> int
  val stats : 'a t -> statistics
  val to_seq : 'a t -> (key * 'a) Seq.t
  val to_seq_keys : _ t -> key Seq.t
  val to_seq_values : 'a t -> 'a Seq.t
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
end

module MakeSeeded (H : SeededHashedType) = struct
  type key = H.t
  type nonrec 'a t = (key, 'a) t

  let create = create
  let clear = clear
  let reset = reset
  let copy = copy
  let length = length
  let iter = iter
  let fold = fold
  let filter_map_inplace = filter_map_inplace
  let stats = stats
  let to_seq = to_seq
  let to_seq_keys = to_seq_keys
  let to_seq_values = to_seq_values
  let index h key = H.seeded_hash h.seed key land (Array.length h.data - 1)

  let add h key data =
    let i = index h key in
    Array.unsafe_set h.data i (Cons { key; data; next = Array.unsafe_get h.data i });
    added index h

  let rec remove_from h i key before = function
    | Empty -> ()
    | Cons { key = k; next } as here ->
        if H.equal k key then begin
          h.size <- h.size - 1;
          match before with Empty -> h.data.(i) <- next | Cons before -> before.next <- next
        end
        else remove_from h i key here next

  let remove h key =
    let i = index h key in
    remove_from h i key Empty (Array.unsafe_get h.data i)

  let rec find_in key = function
    | Empty -> raise Not_found
    | Cons { key = k; data; next } -> if H.equal key k then data else find_in key next

  let find h key = find_in key (Array.unsafe_get h.data (index h key))

  let rec find_opt_in key = function
    | Empty -> None
    | Cons { key = k; data; next } -> if H.equal key k then Some data else find_opt_in key next

  let find_opt h key = find_opt_in key (Array.unsafe_get h.data (index h key))

  let[@tail_mod_cons] rec find_all_in key = function
    | Empty -> []
    | Cons { key = k; data; next } ->
        if H.equal k key then data :: find_all_in key next else find_all_in key next

  let find_all h key = find_all_in key (Array.unsafe_get h.data (index h key))

  let rec replace_in key data = function
    | Empty -> true
    | Cons cell ->
        if H.equal cell.key key then begin
          cell.key <- key;
          cell.data <- data;
          false
        end
        else replace_in key data cell.next

  let replace h key data =
    let i = index h key in
    let bucket = Array.unsafe_get h.data i in
    if replace_in key data bucket then begin
      Array.unsafe_set h.data i (Cons { key; data; next = bucket });
      added index h
    end

  let rec mem_in key = function Empty -> false | Cons { key = k; next } -> H.equal k key || mem_in key next
  let mem h key = mem_in key (Array.unsafe_get h.data (index h key))
  let add_seq h bindings = Seq.iter (fun (key, data) -> add h key data) bindings
  let replace_seq h bindings = Seq.iter (fun (key, data) -> replace h key data) bindings

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h
end

module Make (H : HashedType) = struct
  include MakeSeeded (struct
    type t = H.t

    let equal = H.equal
    let seeded_hash _ key = H.hash key
  end)

  let create n = make_with_seed 0 n

  let of_seq bindings =
    let h = create 16 in
    replace_seq h bindings;
    h
end
