(* Measurements: sources, data points, and the reporter. *)

type graph = { title : string option; ylabel : string option; yunit : string option }
type key = string

type 'a ty =
  | Bool : bool ty
  | Float : float ty
  | Int : int ty
  | Int32 : int32 ty
  | Int64 : int64 ty
  | Uint : int ty
  | Uint32 : int32 ty
  | Uint64 : int64 ty
  | String : string ty
  | Other : 'a Fmt.t -> 'a ty

type value = V : 'a ty * 'a -> value
type field = { key : key; value : value; doc : string option; unit : string option; graphs : graph list }
type 'a field_f = ?doc:string -> ?unit:string -> ?graph:graph -> ?graphs:graph list -> key -> 'a -> field

let field ?doc ?unit ?graph ?(graphs = []) key ty v = { key; value = V (ty, v); doc; unit; graphs = Option.to_list graph @ graphs }
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

module Key = struct
  let duration = "duration"
  let status = "status"
  let minor_words = "minor words"
  let heap_words = "heap words"
end

let duration ns = int64 Key.duration ns ~unit:"ns"

let status s =
  field Key.status (Other (fun ppf s -> Fmt.string ppf (match s with `Ok -> "ok" | `Error -> "error"))) s

module Graph = struct
  type t = graph

  let v ?title ?ylabel ?yunit () = { title; ylabel; yunit }
  let title (g : t) = g.title
  let ylabel (g : t) = g.ylabel
  let yunit (g : t) = g.yunit
end

type tags = field list

module Tags = struct
  type 'a v = { name : string; ty : 'a ty }
  type 'a t = [] : tags t | ( :: ) : 'a v * 'b t -> ('a -> 'b) t

  let bool name = { name; ty = Bool }
  let float name = { name; ty = Float }
  let int name = { name; ty = Int }
  let int32 name = { name; ty = Int32 }
  let int64 name = { name; ty = Int64 }
  let uint name = { name; ty = Uint }
  let string name = { name; ty = String }
  let v pp name = { name; ty = Other pp }

  let rec names : type a. a t -> string list = function [] -> Stdlib.List.[] | tag :: rest -> Stdlib.List.cons tag.name (names rest)

  (* The function that takes the tags' values. *)
  let rec apply : type a. field list -> a t -> a =
   fun found -> function
    | [] -> List.rev found
    | tag :: rest -> fun value -> apply (List.cons (field tag.name tag.ty value) found) rest
end

module Data = struct
  type t = { timestamp : string option; fields : field list }

  let v ?timestamp fields = { timestamp; fields }
  let timestamp t = t.timestamp
  let fields t = t.fields
  let cons field t = { t with fields = field :: t.fields }
end

type data = Data.t

(* {1 Sources} *)

type ('a, 'b) src = {
  uid : int;
  name : string;
  sdoc : string;
  mutable active : bool;
  stags : 'a Tags.t;
  data : 'b;
  with_duration : bool;
  with_status : bool;
}

let all = ref false
let enabled_tags : string list ref = ref []
let has_enabled_tag names = List.exists (fun tag -> List.mem tag !enabled_tags) names

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
      }
    in
    sources := Src src :: !sources;
    src

  let list () = List.rev !sources
  let name (Src s) = s.name
  let doc (Src s) = s.sdoc
  let tags (Src s) = Tags.names s.stags
  let equal (Src a) (Src b) = a.uid = b.uid
  let compare (Src a) (Src b) = Int.compare a.uid b.uid
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

let report src tags data = !current.report ~tags ~data ~over:ignore (Src.Src src) ignore
let tags_of src f = f (Tags.apply [] src.stags)
let add src tags data = if src.active then report src (tags_of src tags) (data src.data)

(* The duration and status of a function's run, with its data. *)
let measured src tags f ~result ~finish =
  if not src.active then finish (f ())
  else begin
    let start = !current.now () in
    let outcome = f () in
    let elapsed = Int64.sub (!current.now ()) start in
    let data = src.data (result outcome) in
    let data = if src.with_status then Data.cons (status (match result outcome with Ok _ -> `Ok | Error _ -> `Error)) data else data in
    let data = if src.with_duration then Data.cons (duration elapsed) data else data in
    report src (tags_of src tags) data;
    finish outcome
  end

let run src tags f =
  measured src tags
    (fun () -> match f () with v -> Ok v | exception e -> Error e)
    ~result:Fun.id
    ~finish:(function Ok v -> v | Error e -> raise e)

let rrun src tags f = measured src tags f ~result:Fun.id ~finish:Fun.id

module SM = Map.Make (Src)

let cache_reporter ?(cb = fun _ _ _ -> ()) () =
  let last = ref SM.empty in
  let report ~tags ~data ~over src k =
    last := SM.add src (tags, data) !last;
    cb src tags data;
    over ();
    k ()
  in
  ((fun () -> !last), { now = (fun () -> 0L); at_exit = ignore; report })

(* {1 Ready-made sources} *)

let gc_data (stat : Gc.stat) =
  Data.v
    [
      float "allocated bytes" ~unit:"B" ((stat.minor_words +. stat.major_words -. stat.promoted_words) *. 8.);
      float "minor words" stat.minor_words;
      float "promoted words" stat.promoted_words;
      float "major words" stat.major_words;
      uint "minor collections" stat.minor_collections;
      uint "major collections" stat.major_collections;
      uint "heap words" stat.heap_words;
      uint "compactions" stat.compactions;
      uint "top heap words" stat.top_heap_words;
    ]

let gc_source name doc stat ~tags = Src.v ~doc ~tags ~data:(fun () -> gc_data (stat ())) name
let gc_stat ~tags = gc_source "gc" "Garbage collection" Gc.stat ~tags
let gc_quick_stat ~tags = gc_source "gc quick" "Garbage collection, without going through the heap" Gc.quick_stat ~tags
let periodic : (tags, unit -> data) src list ref = ref []
let periodically src = periodic := src :: !periodic
let poll () = List.iter (fun src -> add src Fun.id (fun data -> data ())) (List.rev !periodic)
