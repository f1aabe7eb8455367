(* Ephemerons: a value that is kept alive by keys only as long as all of these are alive, and tables of them. *)

(* {1 Blocks of keys and data} Those of the collector. *)

type ephemeron

external create_block : int -> ephemeron = "caml_ephe_create"
external block_size : ephemeron -> int = "%obj_size"
external get_key : ephemeron -> int -> 'k option = "caml_ephe_get_key"
external set_key : ephemeron -> int -> 'k -> unit = "caml_ephe_set_key"
external check_key : ephemeron -> int -> bool = "caml_ephe_check_key"
external get_data : ephemeron -> 'd option = "caml_ephe_get_data"
external set_data : ephemeron -> 'd -> unit = "caml_ephe_set_data"
external unset_data : ephemeron -> unit = "caml_ephe_unset_data"

let keys_of_block e = block_size e - 2

let rec all_keys e i = i >= keys_of_block e || (check_key e i && all_keys e (i + 1))
let alive e = all_keys e 0
let has_key e i key = match get_key e i with Some k -> k == key | None -> false

(* {1 Tables} *)

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
  val length : 'a t -> int
  val stats : 'a t -> Hashtbl.statistics
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
  val clean : 'a t -> unit
  val stats_alive : 'a t -> Hashtbl.statistics
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
  val length : 'a t -> int
  val stats : 'a t -> Hashtbl.statistics
  val add_seq : 'a t -> (key * 'a) Seq.t -> unit
  val replace_seq : 'a t -> (key * 'a) Seq.t -> unit
  val of_seq : (key * 'a) Seq.t -> 'a t
  val clean : 'a t -> unit
  val stats_alive : 'a t -> Hashtbl.statistics
end

type comparison = Equal | Different | Dead

(* What a table needs to know of its keys. *)
module type Keys = sig
  type key

  val hash : int -> key -> int
  val make : key -> ephemeron

  (** Whether the keys of a block are equal to the given one. *)
  val compare_keys : ephemeron -> key -> comparison
end

module Table (K : Keys) = struct
  type key = K.key
  type entry = { block : ephemeron; hash : int }

  type 'a t = {
    mutable size : int;  (** number of entries, dead ones too *)
    mutable buckets : entry list array;  (** last added first *)
    seed : int;
    initial : int;  (** number of buckets at the beginning *)
  }

  let rec power_of_two n size = if n >= size || n * 2 > Sys.max_array_length then n else power_of_two (n * 2) size
  let seeds = lazy (Random.State.make_self_init ())

  let create_with random size =
    let initial = power_of_two 16 size in
    let seed = if random then Random.State.bits (Lazy.force seeds) else 0 in
    { size = 0; buckets = Array.make initial []; seed; initial }

  let create ?(random = Hashtbl.is_randomized ()) size = create_with random size

  let clear table =
    if table.size > 0 then begin
      table.size <- 0;
      Array.fill table.buckets 0 (Array.length table.buckets) []
    end

  let reset table =
    table.size <- 0;
    table.buckets <- Array.make table.initial []

  let copy table = { table with buckets = Array.copy table.buckets }
  let index table hash = hash land (Array.length table.buckets - 1)
  let is_alive entry = alive entry.block

  let clean table =
    Array.iteri
      (fun i bucket ->
        let live = List.filter is_alive bucket in
        table.size <- table.size - (List.length bucket - List.length live);
        table.buckets.(i) <- live)
      table.buckets

  (* Before a table grows, dead entries are dropped; perhaps it need not grow then. *)
  let grow table =
    clean table;
    let count = Array.length table.buckets in
    if table.size >= count / 2 && 2 * count <= Sys.max_array_length then begin
      let old = table.buckets in
      table.buckets <- Array.make (2 * count) [];
      Array.iter
        (fun bucket ->
          List.iter
            (fun entry ->
              let i = index table entry.hash in
              table.buckets.(i) <- entry :: table.buckets.(i))
            (List.rev bucket))
        old
    end

  let hash table key = K.hash table.seed key land max_int

  let add_entry table i hash key data =
    let block = K.make key in
    set_data block data;
    table.buckets.(i) <- { block; hash } :: table.buckets.(i);
    table.size <- table.size + 1;
    if table.size > 2 * Array.length table.buckets then grow table

  let add table key data =
    let hash = hash table key in
    add_entry table (index table hash) hash key data

  let matches hash key entry = entry.hash = hash && K.compare_keys entry.block key = Equal
  let is_dead entry = not (is_alive entry)

  (* The bucket without its first entry that [wanted] chooses. *)
  let rec without wanted = function
    | [] -> None
    | entry :: rest -> if wanted entry then Some rest else Option.map (fun rest -> entry :: rest) (without wanted rest)

  let remove table key =
    let hash = hash table key in
    let i = index table hash in
    match without (matches hash key) table.buckets.(i) with
    | None -> ()
    | Some bucket ->
        table.buckets.(i) <- bucket;
        table.size <- table.size - 1

  let find_opt table key =
    let hash = hash table key in
    let rec search = function
      | [] -> None
      | entry :: rest -> (
          if not (matches hash key entry) then search rest
          else match get_data entry.block with Some _ as found -> found | None -> search rest)
    in
    search table.buckets.(index table hash)

  let find table key = match find_opt table key with Some data -> data | None -> raise Not_found

  let find_all table key =
    let hash = hash table key in
    List.filter_map
      (fun entry -> if matches hash key entry then get_data entry.block else None)
      table.buckets.(index table hash)

  let mem table key =
    let hash = hash table key in
    List.exists (matches hash key) table.buckets.(index table hash)

  let replace table key data =
    let hash = hash table key in
    let i = index table hash in
    match List.find_opt (matches hash key) table.buckets.(i) with
    | None -> add_entry table i hash key data
    | Some old ->
        (* The new key takes the old one's place. *)
        let block = K.make key in
        set_data block data;
        table.buckets.(i) <- List.map (fun entry -> if entry == old then { block; hash } else entry) table.buckets.(i)

  let length table = table.size

  let statistics counted table =
    let lengths = Array.map (fun bucket -> List.length (List.filter counted bucket)) table.buckets in
    let longest = Array.fold_left max 0 lengths in
    let histogram = Array.make (longest + 1) 0 in
    Array.iter (fun n -> histogram.(n) <- histogram.(n) + 1) lengths;
    {
      Hashtbl.num_bindings = Array.fold_left ( + ) 0 lengths;
      num_buckets = Array.length table.buckets;
      max_bucket_length = longest;
      bucket_histogram = histogram;
    }

  let stats table = { (statistics (fun _ -> true) table) with Hashtbl.num_bindings = table.size }
  let stats_alive table = statistics is_alive table
  let add_seq table seq = Seq.iter (fun (key, data) -> add table key data) seq
  let replace_seq table seq = Seq.iter (fun (key, data) -> replace table key data) seq

  let of_seq seq =
    let table = create_with false 16 in
    replace_seq table seq;
    table
end

module Unseeded (K : Keys) = struct
  include Table (K)

  let create size = create_with false size
end

(* A hash function without seed, as one with. *)
module Ignore_seed (H : Hashtbl.HashedType) = struct
  type t = H.t

  let equal = H.equal
  let seeded_hash (_ : int) key = H.hash key
end

(* No copy of the key is compared: the equality that is given may be the physical one. *)
let compare_key equal block i key =
  match get_key block i with None -> Dead | Some k -> if equal key k then Equal else Different

(* Combines the hashes of several keys. *)
let combine first second = first + (second * 65599)

(* Lists of ephemerons, with the query of keys given by [query] and whether they are those of a block by [has]. *)
let rec bucket_find query = function
  | [] -> None
  | e :: rest -> ( match query e with Some _ as found -> found | None -> bucket_find query rest)

let rec bucket_remove has = function [] -> [] | e :: rest -> if has e then rest else e :: bucket_remove has rest

module K1 = struct
  type ('k, 'd) t = ephemeron

  let make_block key =
    let e = create_block 1 in
    set_key e 0 key;
    e

  let make key data =
    let e = make_block key in
    set_data e data;
    e

  let has e key = has_key e 0 key
  let query e key = if has e key then get_data e else None

  module Keys (H : Hashtbl.SeededHashedType) = struct
    type key = H.t

    let hash = H.seeded_hash
    let make = make_block
    let compare_keys e key = compare_key H.equal e 0 key
  end

  module MakeSeeded (H : Hashtbl.SeededHashedType) = Table (Keys (H))
  module Make (H : Hashtbl.HashedType) = Unseeded (Keys (Ignore_seed (H)))

  module Bucket = struct
    type ('k, 'd) t = ephemeron list ref

    (* [make] is still the one of the module around. *)
    let add bucket key data = bucket := make key data :: !bucket
    let make () = ref []
    let remove bucket key = bucket := bucket_remove (fun e -> has e key) !bucket
    let find bucket key = bucket_find (fun e -> query e key) !bucket
    let length bucket = List.length !bucket
    let clear bucket = bucket := []
  end
end

module K2 = struct
  type ('k1, 'k2, 'd) t = ephemeron

  let make_block key1 key2 =
    let e = create_block 2 in
    set_key e 0 key1;
    set_key e 1 key2;
    e

  let make key1 key2 data =
    let e = make_block key1 key2 in
    set_data e data;
    e

  let has e key1 key2 = has_key e 0 key1 && has_key e 1 key2
  let query e key1 key2 = if has e key1 key2 then get_data e else None

  module Keys (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) = struct
    type key = H1.t * H2.t

    let hash seed (key1, key2) = combine (H1.seeded_hash seed key1) (H2.seeded_hash seed key2)
    let make (key1, key2) = make_block key1 key2

    let compare_keys e (key1, key2) =
      match (compare_key H1.equal e 0 key1, compare_key H2.equal e 1 key2) with
      | Equal, Equal -> Equal
      | Dead, _ | _, Dead -> Dead
      | _ -> Different
  end

  module MakeSeeded (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) = Table (Keys (H1) (H2))

  module Make (H1 : Hashtbl.HashedType) (H2 : Hashtbl.HashedType) =
    Unseeded (Keys (Ignore_seed (H1)) (Ignore_seed (H2)))

  module Bucket = struct
    type ('k1, 'k2, 'd) t = ephemeron list ref

    (* [make] is still the one of the module around. *)
    let add bucket key1 key2 data = bucket := make key1 key2 data :: !bucket
    let make () = ref []
    let remove bucket key1 key2 = bucket := bucket_remove (fun e -> has e key1 key2) !bucket
    let find bucket key1 key2 = bucket_find (fun e -> query e key1 key2) !bucket
    let length bucket = List.length !bucket
    let clear bucket = bucket := []
  end
end

module Kn = struct
  type ('k, 'd) t = ephemeron

  let make_block keys =
    let e = create_block (Array.length keys) in
    Array.iteri (fun i key -> set_key e i key) keys;
    e

  let make keys data =
    let e = make_block keys in
    set_data e data;
    e

  let has e keys =
    let rec from i = i >= Array.length keys || (has_key e i keys.(i) && from (i + 1)) in
    keys_of_block e = Array.length keys && from 0

  let query e keys = if has e keys then get_data e else None

  module Keys (H : Hashtbl.SeededHashedType) = struct
    type key = H.t array

    let hash seed keys = Array.fold_left (fun hash key -> combine hash (H.seeded_hash seed key)) 0 keys
    let make = make_block

    let compare_keys e keys =
      let rec from i result =
        if i >= Array.length keys then result
        else match compare_key H.equal e i keys.(i) with Equal -> from (i + 1) result | Different -> from (i + 1) Different | Dead -> Dead
      in
      if keys_of_block e <> Array.length keys then Different else from 0 Equal
  end

  module MakeSeeded (H : Hashtbl.SeededHashedType) = Table (Keys (H))
  module Make (H : Hashtbl.HashedType) = Unseeded (Keys (Ignore_seed (H)))

  module Bucket = struct
    type ('k, 'd) t = ephemeron list ref

    (* [make] is still the one of the module around. *)
    let add bucket keys data = bucket := make keys data :: !bucket
    let make () = ref []
    let remove bucket keys = bucket := bucket_remove (fun e -> has e keys) !bucket
    let find bucket keys = bucket_find (fun e -> query e keys) !bucket
    let length bucket = List.length !bucket
    let clear bucket = bucket := []
  end
end
