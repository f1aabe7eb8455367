(* Weak arrays, and sets that hold their elements weakly. *)

type !'a t

external create : int -> 'a t = "caml_weak_create"
external block_size : 'a t -> int = "%obj_size"

(* The collector's link and the data of an ephemeron come before the elements. *)
let length a = block_size a - 2

external unsafe_set : 'a t -> int -> 'a option -> unit = "caml_weak_set"
external unsafe_get : 'a t -> int -> 'a option = "caml_weak_get"
external unsafe_get_copy : 'a t -> int -> 'a option = "caml_weak_get_copy"
external unsafe_check : 'a t -> int -> bool = "caml_weak_check"
external unsafe_blit : 'a t -> int -> 'a t -> int -> int -> unit = "caml_weak_blit"

let check_index name a i = if i < 0 || i >= length a then invalid_arg name
let check_range name a offset count = if offset < 0 || count < 0 || offset > length a - count then invalid_arg name

let set a i v =
  check_index "Weak.set" a i;
  unsafe_set a i v

let get a i =
  check_index "Weak.get" a i;
  unsafe_get a i

let get_copy a i =
  check_index "Weak.get_copy" a i;
  unsafe_get_copy a i

let check a i =
  check_index "Weak.check" a i;
  unsafe_check a i

let fill a offset count v =
  check_range "Weak.fill" a offset count;
  for i = offset to offset + count - 1 do
    unsafe_set a i v
  done

let blit a from b to_ count =
  check_range "Weak.blit" a from count;
  check_range "Weak.blit" b to_ count;
  if count > 0 then unsafe_blit a from b to_ count

(* {1 Sets} *)

module type S = sig
  type data
  type t

  val create : int -> t
  val clear : t -> unit
  val merge : t -> data -> data
  val add : t -> data -> unit
  val remove : t -> data -> unit
  val find : t -> data -> data
  val find_opt : t -> data -> data option
  val find_all : t -> data -> data list
  val mem : t -> data -> bool
  val iter : (data -> unit) -> t -> unit
  val fold : (data -> 'acc -> 'acc) -> t -> 'acc -> 'acc
  val count : t -> int
  val stats : t -> int * int * int * int * int * int
end

module Make (H : Hashtbl.HashedType) = struct
  type data = H.t
  type bucket = data t

  type t = {
    mutable buckets : bucket array;
    mutable hashes : int array array;  (** of the elements, whether they are alive or not *)
    mutable limit : int;  (** a bucket beyond this length is long *)
    mutable long : int;  (** number of long buckets *)
    mutable next_swept : int;  (** the bucket from which dead elements are removed next *)
  }

  let first_limit = 7
  let create_bucket : int -> bucket = create
  let empty_bucket = create_bucket 0
  let index set hash = (hash land max_int) mod Array.length set.buckets

  let create size =
    let size = max 7 (min size Sys.max_array_length) in
    { buckets = Array.make size empty_bucket; hashes = Array.make size [||]; limit = first_limit; long = 0; next_swept = 0 }

  let clear set =
    Array.fill set.buckets 0 (Array.length set.buckets) empty_bucket;
    Array.fill set.hashes 0 (Array.length set.hashes) [||];
    set.limit <- first_limit;
    set.long <- 0

  let fold_bucket f bucket acc =
    let rec from i acc =
      if i >= length bucket then acc else from (i + 1) (match unsafe_get bucket i with Some v -> f v acc | None -> acc)
    in
    from 0 acc

  let fold f set acc = Array.fold_right (fold_bucket f) set.buckets acc
  let iter f set = Array.iter (fun bucket -> fold_bucket (fun v () -> f v) bucket ()) set.buckets

  let live_in bucket =
    let count = ref 0 in
    for i = 0 to length bucket - 1 do
      if unsafe_check bucket i then incr count
    done;
    !count

  let count set = Array.fold_left (fun total bucket -> total + live_in bucket) 0 set.buckets
  let larger n = min ((3 * n / 2) + 3) Sys.max_array_length
  let smaller n = max 0 ((((n - 3) * 2) + 2) / 3)

  (* Number of buckets over the number of long ones at which there are too many of these. *)
  let long_ratio = 2

  (* Moves elements from the end of a bucket to empty places before [size]. *)
  let compact bucket hashes size =
    let rec move i j =
      if j >= size then
        if unsafe_check bucket i then move (i + 1) j
        else if unsafe_check bucket j then begin
          unsafe_blit bucket j bucket i 1;
          hashes.(i) <- hashes.(j);
          move (i + 1) (j - 1)
        end
        else move i (j - 1)
    in
    move 0 (length bucket - 1)

  (* Takes a bucket in turn: if its elements fit the size before the present one, it gets that. *)
  let sweep set =
    let i = set.next_swept in
    let bucket = set.buckets.(i) and hashes = set.hashes.(i) in
    let size = length bucket in
    let wanted = smaller size in
    if live_in bucket <= wanted then begin
      compact bucket hashes wanted;
      if wanted = 0 then begin
        set.buckets.(i) <- empty_bucket;
        set.hashes.(i) <- [||]
      end
      else begin
        let shrunk = create_bucket wanted in
        unsafe_blit bucket 0 shrunk 0 wanted;
        set.buckets.(i) <- shrunk;
        set.hashes.(i) <- Array.sub hashes 0 wanted
      end;
      if size > set.limit && wanted <= set.limit then set.long <- set.long - 1
    end;
    set.next_swept <- (i + 1) mod Array.length set.buckets

  (* [store bucket i] stores the element. *)
  let rec add_with set store hash =
    let i = index set hash in
    let bucket = set.buckets.(i) and hashes = set.hashes.(i) in
    let size = length bucket in
    let rec free j = if j < size && unsafe_check bucket j then free (j + 1) else j in
    let j = free 0 in
    if j < size then begin
      store bucket j;
      hashes.(j) <- hash
    end
    else begin
      let new_size = min (larger size) (Sys.max_array_length - 2) in
      if new_size <= size then failwith "Weak.Make: hash bucket cannot grow more";
      let grown = create_bucket new_size in
      if size > 0 then unsafe_blit bucket 0 grown 0 size;
      store grown size;
      let grown_hashes = Array.make new_size 0 in
      Array.blit hashes 0 grown_hashes 0 size;
      grown_hashes.(size) <- hash;
      set.buckets.(i) <- grown;
      set.hashes.(i) <- grown_hashes;
      if size <= set.limit && new_size > set.limit then begin
        set.long <- set.long + 1;
        for _ = 0 to long_ratio do
          sweep set
        done
      end;
      if set.long > Array.length set.buckets / long_ratio then resize set
    end

  and resize set =
    let size = Array.length set.buckets in
    let new_size = larger size in
    if new_size > size then begin
      let resized = create new_size in
      Array.iteri
        (fun i bucket ->
          for j = 0 to length bucket - 1 do
            if unsafe_check bucket j then
              add_with resized (fun target k -> unsafe_blit bucket j target k 1) set.hashes.(i).(j)
          done)
        set.buckets;
      set.buckets <- resized.buckets;
      set.hashes <- resized.hashes;
      set.limit <- resized.limit;
      set.long <- resized.long;
      set.next_swept <- set.next_swept mod new_size
    end
    else begin
      set.limit <- max_int;
      set.long <- 0
    end

  let add_hashed set v hash = add_with set (fun bucket i -> unsafe_set bucket i (Some v)) hash
  let add set v = add_hashed set v (H.hash v)

  (* Applies [found bucket i element] to the first element equal to [v]. A copy is compared first, so that looking at others does
     not keep them alive. *)
  let search set v hash found missing =
    let b = index set hash in
    let bucket = set.buckets.(b) and hashes = set.hashes.(b) in
    let size = length bucket in
    let rec from i =
      if i >= size then missing ()
      else if hashes.(i) <> hash then from (i + 1)
      else
        match unsafe_get_copy bucket i with
        | Some copy when H.equal v copy -> (
            match unsafe_get bucket i with Some element -> found bucket i element | None -> from (i + 1))
        | Some _ | None -> from (i + 1)
    in
    from 0

  let find_opt set v = search set v (H.hash v) (fun _ _ element -> Some element) (fun () -> None)
  let find set v = search set v (H.hash v) (fun _ _ element -> element) (fun () -> raise Not_found)
  let mem set v = search set v (H.hash v) (fun _ _ _ -> true) (fun () -> false)
  let remove set v = search set v (H.hash v) (fun bucket i _ -> unsafe_set bucket i None) (fun () -> ())

  let merge set v =
    let hash = H.hash v in
    search set v hash
      (fun _ _ element -> element)
      (fun () ->
        add_hashed set v hash;
        v)

  let find_all set v =
    let hash = H.hash v in
    let b = index set hash in
    let bucket = set.buckets.(b) and hashes = set.hashes.(b) in
    let rec from i found =
      if i >= length bucket then found
      else if hashes.(i) <> hash then from (i + 1) found
      else
        match unsafe_get_copy bucket i with
        | Some copy when H.equal v copy ->
            from (i + 1) (match unsafe_get bucket i with Some element -> element :: found | None -> found)
        | Some _ | None -> from (i + 1) found
    in
    from 0 []

  let stats set =
    let lengths = Array.map length set.buckets in
    Array.sort compare lengths;
    let n = Array.length lengths in
    (n, count set, Array.fold_left ( + ) 0 lengths, lengths.(0), lengths.(n / 2), lengths.(n - 1))
end
