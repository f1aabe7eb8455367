(* Implementations: devices, functors applied to others, choices that keys decide, and what combinators made of these. *)

(* What a combinator was called with, so that the call can be shown and written again. *)
type parameter = { label : string option; text : string option }

type 'a t = { id : int; shape : 'a shape }

and _ shape =
  | Device : 'a device -> 'a shape
  | Apply : ('a -> 'b) t * 'a t -> 'b shape
  | Choose : 'k Key.value * ('k * 'a t) list * 'a t -> 'a shape
  | Made : made_by * 'a t -> 'a shape

and made_by = { maker : string; parameters : parameter list; inputs : abstract list; place : (string * int) option }
and abstract = Abstract : 'a t -> abstract
and 'a device = ('a, abstract) Device.t

let last = ref 0

let make shape =
  incr last;
  { id = !last; shape }

let abstract t = Abstract t
let of_device device = make (Device device)
let ( $ ) f x = make (Apply (f, x))
let match_ key ~default cases = make (Choose (key, cases, default))
let if_ condition yes no = make (Choose (condition, [ (true, yes) ], no))

let v ?packages ?packages_v ?runtime_args ?keys ?extra_deps ?connect ?dune ?configure ?files name typ =
  of_device (Device.v ?packages ?packages_v ?runtime_args ?keys ?extra_deps ?connect ?dune ?configure ?files name typ)

(* {1 What combinators made} *)

(* The line of the configuration that is being evaluated: the innermost call in it. *)
let place () =
  let is_configuration slot =
    match Printexc.Slot.location slot with
    | Some { filename; line_number; _ } when Filename.basename filename = "config.ml" -> Some (filename, line_number)
    | _ -> None
  in
  match Printexc.backtrace_slots (Printexc.get_callstack 50) with
  | None -> None
  | Some slots -> Array.to_seq slots |> Seq.find_map is_configuration

let made maker ?(parameters = []) ?(inputs = []) t = make (Made ({ maker; parameters; inputs; place = place () }, t))

let rec module_type : type a. a t -> a Type.t =
 fun t ->
  match t.shape with
  | Device device -> Device.module_type device
  | Apply (f, _) -> ( match module_type f with Type.Function (_, result) -> result | Type.Type _ -> assert false)
  | Choose (_, _, default) -> module_type default
  | Made (_, t) -> module_type t

let rec pp : type a. a t Fmt.t =
 fun ppf t ->
  match t.shape with
  | Device device -> Format.pp_print_string ppf (Device.module_name device)
  | Apply (f, x) -> Format.fprintf ppf "%a (%a)" pp f pp x
  | Choose (key, _, default) -> Format.fprintf ppf "if %a … else %a" Key.pp_deps key pp default
  | Made (_, t) -> pp ppf t

let pp_abstract ppf (Abstract t) = pp ppf t

let rec head_device : type a. a t -> abstract option =
 fun t -> match t.shape with Device _ -> Some (Abstract t) | Made (_, t) -> head_device t | Apply _ | Choose _ -> None

(* Whether it is a device by itself, to which nothing is given. *)
let app_has_no_arguments t =
  match head_device t with
  | Some (Abstract { shape = Device device; _ }) ->
      (not (Type.is_functor (Device.module_type device))) && Device.runtime_args device = [] && Device.extra_deps device = []
  | _ -> false

let local_libs t = match head_device t with Some (Abstract { shape = Device device; _ }) -> Device.local_libs device | _ -> []

(* {1 Devices for one choice of keys} *)

type node = Node : { number : int; device : 'a device; arguments : node list; deps : node list; owner : int } -> node

let number (Node n) = n.number

type resolution = {
  context : Context.t;
  known : (int * int list, node) Hashtbl.t;  (** by device and arguments *)
  mutable nodes : node list;  (** the last one first *)
  is_stated : int -> bool;
}

let resolution context ~is_stated = { context; known = Hashtbl.create 17; nodes = []; is_stated }

let rec resolve : type a. resolution -> owner:int -> a t -> node list -> node =
 fun r ~owner t arguments ->
  let owner = if r.is_stated t.id then t.id else owner in
  match t.shape with
  | Made (_, t) -> resolve r ~owner t arguments
  | Apply (f, x) -> resolve r ~owner f (resolve r ~owner x [] :: arguments)
  | Choose (key, cases, default) -> (
      let chosen = Key.eval r.context key in
      match List.find_opt (fun (case, _) -> case = chosen) cases with
      | Some (_, t) -> resolve r ~owner t arguments
      | None -> resolve r ~owner default arguments)
  | Device device -> (
      let identity = (Device.id device, List.map number arguments) in
      match Hashtbl.find_opt r.known identity with
      | Some node -> node
      | None ->
          let deps = List.map (fun (Abstract t) -> resolve r ~owner t []) (Device.extra_deps device) in
          let node = Node { number = List.length r.nodes + 1; device; arguments; deps; owner } in
          Hashtbl.add r.known identity node;
          r.nodes <- node :: r.nodes;
          node)

let resolve r (Abstract t) = resolve r ~owner:t.id t []
let nodes r = List.rev r.nodes

(* {1 For tools} *)

let id (Abstract t) = t.id
let type_text (Abstract t) = Type.to_string (module_type t)

let parameter_types (Abstract t) =
  let rec go : type a. a Type.t -> string list = function Type.Type _ -> [] | Type.Function (p, result) -> Type.to_string p :: go result in
  go (module_type t)

(* A case's key as text: those of the usual types, by their representation. *)
let case_text (type k) (key : k) i =
  let repr = Obj.repr key in
  if Obj.is_int repr then match (Obj.obj repr : int) with 0 -> "false" | 1 -> "true" | _ -> Printf.sprintf "case %d" (i + 1)
  else if Obj.tag repr = Obj.string_tag then (Obj.obj repr : string)
  else Printf.sprintf "case %d" (i + 1)

type view =
  | Device : 'a device -> view
  | Apply : abstract * abstract -> view
  | Choose : { deps : Key.Set.t; cases : (string * abstract) list; default : abstract } -> view
  | Made : made_by * abstract -> view

let view (Abstract t) =
  match t.shape with
  | Device device -> (Device device : view)
  | Apply (f, x) -> Apply (Abstract f, Abstract x)
  | Choose (key, cases, default) ->
      Choose { deps = Key.deps key; cases = List.mapi (fun i (key, t) -> (case_text key i, Abstract t)) cases; default = Abstract default }
  | Made (made, t) -> Made (made, Abstract t)
