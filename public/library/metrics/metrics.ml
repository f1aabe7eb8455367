(* Measurements: sources, data points, and the reporter. *)

type key = string

type 'a ty =
  | String : string ty
  | Bool : bool ty
  | Float : float ty
  | Int : int ty
  | Int32 : int32 ty
  | Int64 : int64 ty
  | Uint : int ty
  | Uint32 : int32 ty
  | Uint64 : int64 ty
  | Other : 'a Fmt.t -> 'a ty

type value = V : 'a ty * 'a -> value
type field = { key : key; value : value; doc : string option; unit : string option; graphs : graph list option }

and graph = { id : int; title : string option; ylabel : string option; yunit : string option; mutable shown : bool }

type 'a field_f = ?doc:string -> ?unit:string -> ?graph:graph -> ?graphs:graph list -> key -> 'a -> field

let field ?doc ?unit ?graph ?graphs key ty v =
  let graphs = match (graph, graphs) with None, graphs -> graphs | Some graph, graphs -> Some (graph :: Option.value graphs ~default:[]) in
  { key; value = V (ty, v); doc; unit; graphs }

let of_type ty ?doc ?unit ?graph ?graphs key v = field ?doc ?unit ?graph ?graphs key ty v
let bool ?doc ?unit = of_type Bool ?doc ?unit
let float ?doc ?unit = of_type Float ?doc ?unit
let int ?doc ?unit = of_type Int ?doc ?unit
let int32 ?doc ?unit = of_type Int32 ?doc ?unit
let int64 ?doc ?unit = of_type Int64 ?doc ?unit
let uint ?doc ?unit = of_type Uint ?doc ?unit
let uint32 ?doc ?unit = of_type Uint32 ?doc ?unit
let uint64 ?doc ?unit = of_type Uint64 ?doc ?unit
let string ?doc ?unit = of_type String ?doc ?unit
let key f = f.key
let doc f = f.doc
let unit f = f.unit
let value f = f.value
let graphs f = f.graphs
let pp_key ppf f = Fmt.string ppf f.key

let pp_typed : type a. a ty -> a Fmt.t = function
  | Bool -> Fmt.bool
  | Float -> Fmt.float
  | Int -> Fmt.int
  | Int32 -> Fmt.int32
  | Int64 -> Fmt.int64
  | Uint -> fun ppf n -> Format.fprintf ppf "%u" n
  | Uint32 -> Fmt.uint32
  | Uint64 -> Fmt.uint64
  | String -> Fmt.string
  | Other pp -> pp

let pp_value ppf f = match f.value with V (ty, v) -> pp_typed ty ppf v

let index_key ~fields key =
  let rec go n = function
    | [] -> raise Not_found
    | first :: rest -> if String.equal first key then n else go (n + 1) rest
  in
  go 0 fields

let index ~fields f = index_key ~fields f.key

module Key = struct
  let duration = "duration"
  let status = "status"
  let minor_words = "minor words"
  let promoted_words = "promoted words"
  let major_words = "major words"
  let minor_collections = "minor collections"
  let major_collections = "major collections"
  let heap_words = "heap words"
  let heap_chunks = "heap chunks"
  let compactions = "compactions"
  let live_words = "live words"
  let live_blocks = "live blocks"
  let free_words = "free words"
  let free_blocks = "free blocks"
  let largest_free = "largest free"
  let fragments = "fragments"
  let top_heap_words = "top heap words"
  let stack_size = "stack size"
end

let duration ns = int64 Key.duration ns ~unit:"ns"

type status = [ `Ok | `Error ]

let status s =
  field Key.status (Other (fun ppf (s : status) -> Fmt.string ppf (match s with `Ok -> "ok" | `Error -> "error"))) s

type tags = field list

module Tags = struct
  type 'a v = { name : string; ty : 'a ty }
  type 'a t = [] : tags t | ( :: ) : 'a v * 'b t -> ('a -> 'b) t

  let of_type ty name = { name; ty }
  let v pp name = of_type (Other pp) name
  let bool name = of_type Bool name
  let float name = of_type Float name
  let int name = of_type Int name
  let int32 name = of_type Int32 name
  let int64 name = of_type Int64 name
  let uint name = of_type Uint name
  let uint32 name = of_type Uint32 name
  let uint64 name = of_type Uint64 name
  let string name = of_type String name

  let rec names : type a. a t -> string list = function [] -> Stdlib.List.[] | tag :: rest -> Stdlib.List.cons tag.name (names rest)

  (* The function that takes the tags' values. *)
  let rec apply : type a. field list -> a t -> a =
   fun found -> function
    | [] -> List.rev found
    | tag :: rest -> fun value -> apply (List.cons (field tag.name tag.ty value) found) rest
end

module Data = struct
  type timestamp = string
  type t = { timestamp : timestamp option; fields : field list }

  let v ?timestamp fields = { timestamp; fields }
  let timestamp t = t.timestamp
  let fields t = t.fields
  let keys t = List.map (fun f -> f.key) t.fields
  let cons field t = { t with fields = field :: t.fields }
end

type data = Data.t

(* {1 Sources} *)

let all = ref false
let enabled_tags : string list ref = ref []
let has_enabled_tag names = List.exists (fun tag -> List.mem tag !enabled_tags) names

type ('a, 'b) src = {
  uid : int;
  name : string;
  sdoc : string;
  mutable active : bool;
  stags : 'a Tags.t;
  data : 'b;
  with_duration : bool;
  with_status : bool;
  mutable keys : key list;  (** of the data points so far *)
}

module Src = struct
  type t = Src : ('a, 'b) src -> t

  let sources : t list ref = ref []

  let v ?(doc = "undocumented") ?(duration = false) ?(status = false) ~tags ~data name =
    let src =
      {
        uid = List.length !sources;
        name;
        sdoc = doc;
        active = !all || has_enabled_tag (Tags.names tags);
        stags = tags;
        data;
        with_duration = duration;
        with_status = status;
        keys = [];
      }
    in
    sources := Src src :: !sources;
    src

  let list () = List.rev !sources
  let name (Src s) = s.name
  let doc (Src s) = s.sdoc
  let tags (Src s) = Tags.names s.stags
  let data (Src s) = s.keys
  let uid (Src s) = s.uid
  let equal a b = uid a = uid b
  let compare a b = Int.compare (uid a) (uid b)
  let duration (Src s) = s.with_duration
  let status (Src s) = s.with_status
  let is_active (Src s) = s.active
  let enable (Src s) = s.active <- true
  let disable (Src s) = s.active <- false
  let pp ppf (Src s) = Fmt.pf ppf "@[<1>(src@ @[<1>(name %S)@]@ @[<1>(uid %d)@] @[<1>(doc %S)@])@]" s.name s.uid s.sdoc
end

let is_active src = src.active

let refresh () =
  List.iter (fun src -> if !all || has_enabled_tag (Src.tags src) then Src.enable src else Src.disable src) (Src.list ())

let enable_tag tag =
  if not (List.mem tag !enabled_tags) then enabled_tags := tag :: !enabled_tags;
  refresh ()

let disable_tag tag =
  enabled_tags := List.filter (fun tag' -> not (String.equal tag tag')) !enabled_tags;
  refresh ()

let enable_all () =
  all := true;
  refresh ()

let disable_all () =
  all := false;
  enabled_tags := [];
  refresh ()

let all_enabled () = !all
let tags_enabled () = !enabled_tags

(* {1 Graphs} *)

module Graph = struct
  type t = graph

  module Ids = Map.Make (Int)

  let graphs : t list ref = ref []

  let v ?title ?ylabel ?yunit () =
    let graph = { id = List.length !graphs; title; ylabel; yunit; shown = true } in
    graphs := graph :: !graphs;
    graph

  let title (g : t) = g.title
  let ylabel (g : t) = g.ylabel
  let yunit (g : t) = g.yunit
  let id (g : t) = g.id
  let list () = List.rev !graphs

  (* What is drawn, by the graph; of a source only one field has a name. *)
  let drawn : (Src.t * field) list Ids.t ref = ref Ids.empty
  let newest_first (g : t) = Option.value (Ids.find_opt g.id !drawn) ~default:[]
  let fields g = List.rev (newest_first g)
  let others g src key = List.filter (fun (src', field) -> not (Src.equal src src' && String.equal field.key key)) (newest_first g)
  let remove_field (g : t) src key = drawn := Ids.add g.id (others g src key) !drawn
  let add_field (g : t) src field = drawn := Ids.add g.id ((src, field) :: others g src field.key) !drawn

  let enable (g : t) = g.shown <- true
  let disable (g : t) = g.shown <- false
  let is_active (g : t) = g.shown

  (* Fields that name no graph are drawn with those of the same name and unit. *)
  let shared : ((key * string option) * t) list ref = ref []

  let of_field field =
    match List.assoc_opt (field.key, field.unit) !shared with
    | Some graph -> graph
    | None ->
        let graph = v ~title:field.key ?yunit:field.unit () in
        shared := ((field.key, field.unit), graph) :: !shared;
        graph
end

(* What a source gives is known when it has given it once. *)
let init src (data : data) =
  src.keys <- Data.keys data;
  let add field =
    let graphs = match field.graphs with Some graphs -> graphs | None -> [ Graph.of_field field ] in
    List.iter (fun graph -> Graph.add_field graph (Src.Src src) field) graphs
  in
  List.iter add (Data.fields data)

(* {1 Reporters} *)

type reporter = {
  now : unit -> int64;
  at_exit : unit -> unit;
  report : 'a. tags:tags -> data:data -> over:(unit -> unit) -> Src.t -> (unit -> 'a) -> 'a;
}

let nop_reporter =
  {
    now = (fun () -> 0L);
    at_exit = ignore;
    report =
      (fun ~tags:_ ~data:_ ~over _ k ->
        over ();
        k ());
  }

let current = ref nop_reporter
let reporter () = !current
let set_reporter r = current := r
let () = at_exit (fun () -> !current.at_exit ())

let now () = !current.now ()
let tags_of src f = f (Tags.apply [] src.stags)

let send src ~over ~k tags (data : data) =
  if src.keys = [] then init src data;
  !current.report ~tags ~data ~over (Src.Src src) k

let report src ~over ~k tags f =
  let tags = tags_of src tags in
  f src.data (send src ~over ~k tags)

let add src tags data = if src.active then send src ~over:ignore ~k:ignore (tags_of src tags) (data src.data)

(* Adds a data point for a function's outcome with its duration and status. *)
let measured src tags f ~status_of =
  if not src.active then f ()
  else begin
    let start = now () in
    let outcome = f () in
    let elapsed = Int64.sub (now ()) start in
    let data = src.data outcome in
    let data = if src.with_status then Data.cons (status (status_of outcome)) data else data in
    let data = if src.with_duration then Data.cons (duration elapsed) data else data in
    send src ~over:ignore ~k:ignore (tags_of src tags) data;
    outcome
  end

let status_of = function Ok _ -> `Ok | Error _ -> `Error

let run src tags f =
  match measured src tags ~status_of (fun () -> match f () with v -> Ok v | exception e -> Error e) with Ok v -> v | Error e -> raise e

type ('a, 'b) rresult = ('a, [ `Exn of exn | `Error of 'b ]) result

let rrun src tags f =
  let outcome () : _ rresult = match f () with Ok v -> Ok v | Error e -> Error (`Error e) | exception e -> Error (`Exn e) in
  match measured src tags ~status_of outcome with Ok v -> Ok v | Error (`Error e) -> Error e | Error (`Exn e) -> raise e

module SM = Map.Make (Src)

(* {1 The cache} The last data point of each source for each value of its tags. *)

let cache : (tags * data) list SM.t ref = ref SM.empty
let get_cache () = !cache
let text_of field = (field.key, Fmt.to_to_string pp_value field)
let same_tags a b = List.equal (fun a b -> text_of a = text_of b) a b

let cache_reporter ?(cb = fun _ _ _ -> ()) () =
  let report ~tags ~data ~over src k =
    let others = List.filter (fun (tags', _) -> not (same_tags tags tags')) (Option.value (SM.find_opt src !cache) ~default:[]) in
    cache := SM.add src ((tags, data) :: others) !cache;
    cb src tags data;
    over ();
    k ()
  in
  { now = (fun () -> 0L); at_exit = ignore; report }

(* {1 Ready-made sources} *)

let words_unit = "words"

let counters (stat : Gc.stat) : field list =
  [
    float "allocated bytes" ~unit:"B" ((stat.minor_words +. stat.major_words -. stat.promoted_words) *. 8.);
    float Key.minor_words ~unit:words_unit stat.minor_words;
    float Key.promoted_words ~unit:words_unit stat.promoted_words;
    float Key.major_words ~unit:words_unit stat.major_words;
    uint Key.minor_collections stat.minor_collections;
    uint Key.major_collections stat.major_collections;
    uint Key.heap_words ~unit:words_unit stat.heap_words;
    uint Key.heap_chunks stat.heap_chunks;
    uint Key.compactions stat.compactions;
    uint Key.top_heap_words ~unit:words_unit stat.top_heap_words;
    uint Key.stack_size ~unit:words_unit stat.stack_size;
  ]

(* What is known only when the heap has been gone through. *)
let census (stat : Gc.stat) : field list =
  [
    uint Key.live_words ~unit:words_unit stat.live_words;
    uint Key.live_blocks stat.live_blocks;
    uint Key.free_words ~unit:words_unit stat.free_words;
    uint Key.free_blocks stat.free_blocks;
    uint Key.largest_free ~unit:words_unit stat.largest_free;
    uint Key.fragments stat.fragments;
  ]

let gc_source name doc fields ~tags = Src.v ~doc ~tags ~data:(fun () -> Data.v (fields ())) name

let gc_stat ~tags =
  gc_source "gc" "Garbage collection" ~tags (fun () ->
      let stat = Gc.stat () in
      counters stat @ census stat)

let gc_quick_stat ~tags = gc_source "gc quick" "Garbage collection, without going through the heap" ~tags (fun () -> counters (Gc.quick_stat ()))
