(* Classes and objects. The names of a class's methods and variables are kept in persistent trees, so that what a
   class type hides can be put aside and brought back. *)

type tag = int
type label = int
type meth = Obj.t
type t = Obj.t
type obj = Obj.t

external fresh_id : unit -> int = "caml_fresh_oo_id"

(* ---------------------------------------------------------------- names *)

(* 31 bits, signed, as everywhere in OCaml. *)
let public_method_label name : tag =
  let hash = ref 0 in
  for i = 0 to String.length name - 1 do
    hash := (223 * !hash) + Char.code name.[i]
  done;
  let hash = !hash land 0x7fffffff in
  if hash > 0x3fffffff then hash - 0x80000000 else hash

(* Search trees whose nodes are heaps by a hash of their key: balanced on average without rotations to remember. *)
module Names = struct
  type 'a t = Empty | Node of { left : 'a t; name : string; priority : int; value : 'a; right : 'a t }

  let empty = Empty

  let rec find_opt name = function
    | Empty -> None
    | Node n ->
        let c = String.compare name n.name in
        if c = 0 then Some n.value else find_opt name (if c < 0 then n.left else n.right)

  let rec split name = function
    | Empty -> (Empty, Empty)
    | Node n ->
        let c = String.compare name n.name in
        if c = 0 then (n.left, n.right)
        else if c < 0 then
          let before, after = split name n.left in
          (before, Node { n with left = after })
        else
          let before, after = split name n.right in
          (Node { n with right = before }, after)

  let add name value tree =
    let priority = public_method_label name * 0x2545f491 land max_int in
    let rec insert = function
      | Node n when n.priority >= priority ->
          let c = String.compare name n.name in
          if c = 0 then Node { n with value } else if c < 0 then Node { n with left = insert n.left } else Node { n with right = insert n.right }
      | tree ->
          let left, right = split name tree in
          Node { left; name; priority; value; right }
    in
    insert tree
end

(* ---------------------------------------------------------------- tables *)

(* What names mean. *)
type view = {
  methods : label Names.t;
  variables : int Names.t;
  (* Places of methods that are virtual as far as can be seen, so that definitions are kept aside. *)
  virtual_places : label list;
  (* Definitions that are kept aside, the last one first. *)
  aside : (label * meth) list;
}

type saved = { outer : view; shown : string array; virtual_labels : label list }

type table = {
  mutable slots : Obj.t array;  (** the method table, longer than needed while the class is made *)
  mutable used : int;
  mutable size : int;  (** of objects *)
  mutable view : view;
  mutable saved : saved list;
  mutable initializers : (obj -> unit) list;  (** the last one first until [init_class] *)
}

type stats = { classes : int; methods : int; inst_vars : int }

let class_count = ref 0
let method_count = ref 0
let variable_count = ref 0
let stats () = { classes = !class_count; methods = !method_count; inst_vars = !variable_count }

let undefined : meth = Obj.repr (fun (_ : obj) -> failwith "a virtual method is called")
let first_variable = 2
let empty_view = { methods = Names.empty; variables = Names.empty; virtual_places = []; aside = [] }

let create_table public_methods =
  let n = Array.length public_methods in
  let used = (2 * n) + 2 in
  let slots = Array.make (used + 8) undefined in
  slots.(0) <- Obj.repr n;
  slots.(1) <- Obj.repr 0;
  let methods = ref Names.empty in
  Array.iteri
    (fun i name ->
      let label = (2 * i) + 2 in
      slots.(label + 1) <- Obj.repr (public_method_label name);
      methods := Names.add name label !methods)
    public_methods;
  { slots; used; size = first_variable; view = { empty_view with methods = !methods }; saved = []; initializers = [] }

let dummy_table = create_table [||]

let new_method table =
  let label = table.used in
  if label >= Array.length table.slots then table.slots <- Array.append table.slots (Array.make label undefined);
  table.used <- label + 1;
  label

let get_method_label table name =
  match Names.find_opt name table.view.methods with
  | Some label -> label
  | None ->
      let label = new_method table in
      table.view <- { table.view with methods = Names.add name label table.view.methods };
      label

let get_method_labels table names = Array.map (get_method_label table) names

let new_variable table name =
  match if name = "" then None else Names.find_opt name table.view.variables with
  | Some place -> place
  | None ->
      let place = table.size in
      table.size <- place + 1;
      if name <> "" then table.view <- { table.view with variables = Names.add name place table.view.variables };
      place

let get_variable table name =
  match Names.find_opt name table.view.variables with Some place -> place | None -> failwith ("the instance variable " ^ name ^ " is missing")

let get_variables table names = Array.map (get_variable table) names

let new_methods_variables table methods variables =
  let n = Array.length methods in
  let places = Array.make (n + Array.length variables) 0 in
  Array.iteri (fun i name -> places.(i) <- get_method_label table name) methods;
  Array.iteri (fun i name -> places.(n + i) <- new_variable table name) variables;
  places

let get_method table label = match List.assoc_opt label table.view.aside with Some m -> m | None -> table.slots.(label)

let set_method table label m =
  incr method_count;
  if List.mem label table.view.virtual_places then table.view <- { table.view with aside = (label, m) :: table.view.aside }
  else table.slots.(label) <- m

let set_methods table pairs =
  for i = 0 to (Array.length pairs / 2) - 1 do
    set_method table (Obj.obj pairs.(2 * i)) pairs.((2 * i) + 1)
  done

let add_initializer table f = table.initializers <- f :: table.initializers

let narrow table shown virtual_methods concrete_methods =
  let virtual_labels = Array.to_list (get_method_labels table virtual_methods) in
  let concrete_labels = get_method_labels table concrete_methods in
  let outer = table.view in
  let variables = ref Names.empty in
  Array.iter (fun name -> match Names.find_opt name outer.variables with Some place -> variables := Names.add name place !variables | None -> ()) shown;
  let methods = ref Names.empty in
  Array.iteri (fun i name -> methods := Names.add name concrete_labels.(i) !methods) concrete_methods;
  List.iteri (fun i label -> methods := Names.add virtual_methods.(i) label !methods) virtual_labels;
  (* What is concrete here may be virtual further out. *)
  let virtual_places = virtual_labels @ List.filter (fun label -> Array.mem label concrete_labels) outer.virtual_places in
  table.saved <- { outer; shown; virtual_labels } :: table.saved;
  table.view <- { methods = !methods; variables = !variables; virtual_places; aside = List.filter (fun (label, _) -> not (List.mem label virtual_labels)) outer.aside }

let widen table =
  match table.saved with
  | [] -> invalid_arg "CamlinternalOO.widen"
  | { outer; shown; virtual_labels } :: rest ->
      let inner = table.view in
      let variables = Array.fold_left (fun variables name -> Names.add name (get_variable table name) variables) outer.variables shown in
      (* Definitions of what is virtual to the outside were for the parent's own use. *)
      let aside = List.filter (fun (label, _) -> not (List.mem label virtual_labels)) inner.aside in
      let known = List.filter (fun (label, _) -> not (List.mem_assoc label aside)) outer.aside in
      table.saved <- rest;
      table.view <- { outer with variables; aside = aside @ known }

let init_class table =
  incr class_count;
  variable_count := !variable_count + table.size - first_variable;
  table.initializers <- List.rev table.initializers;
  table.slots <- Array.sub table.slots 0 table.used

let inherits table variables virtual_methods concrete_methods (_, class_init, _, environment) top =
  narrow table variables virtual_methods concrete_methods;
  let init = if top then class_init table environment else Obj.repr (class_init table) in
  widen table;
  let n = Array.length variables in
  let result = Array.make (1 + n + Array.length concrete_methods) init in
  Array.iteri (fun i name -> result.(1 + i) <- Obj.repr (get_variable table name)) variables;
  Array.iteri (fun i name -> result.(1 + n + i) <- get_method table (get_method_label table name)) concrete_methods;
  result

let make_class public_methods class_init =
  let table = create_table public_methods in
  let env_init = class_init table in
  init_class table;
  let none = Obj.repr 0 in
  (env_init none, class_init, env_init, none)

(* ---------------------------------------------------------------- objects *)

let create_object table =
  let o = Obj.new_block Obj.object_tag table.size in
  Obj.set_field o 0 (Obj.repr table.slots);
  Obj.set_field o 1 (Obj.repr (fresh_id ()));
  o

let create_object_opt no_object table = if Obj.is_int no_object then create_object table else no_object

let run_initializers o table = List.iter (fun f -> f o) table.initializers

let run_initializers_opt no_object o table =
  if Obj.is_int no_object then run_initializers o table;
  o

let create_object_and_run_initializers no_object table =
  if Obj.is_int no_object then (
    let o = create_object table in
    run_initializers o table;
    o)
  else no_object

let copy (o : (< .. > as 'a)) : 'a =
  let o = Obj.dup (Obj.repr o) in
  Obj.set_field o 1 (Obj.repr (fresh_id ()));
  Obj.obj o

(* By halving, as compiled code does it. *)
let get_public_method (o : obj) (tag : tag) : meth =
  let methods : Obj.t array = Obj.obj (Obj.field o 0) in
  let tag_at i : tag = Obj.obj methods.((2 * i) + 3) in
  let rec search low high =
    (* The tag is at an index in [low, high]. *)
    if low < high then
      let middle = (low + high + 1) / 2 in
      if tag < tag_at middle then search low (middle - 1) else search middle high
    else if high >= 0 && tag_at low = tag then methods.((2 * low) + 2)
    else Obj.repr 0
  in
  search 0 (Obj.obj methods.(0) - 1)

external send : obj -> tag -> t = "%send"
external sendcache : obj -> tag -> t -> int -> t = "%sendcache"
external sendself : obj -> label -> t = "%sendself"
