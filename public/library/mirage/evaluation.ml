(* What a configuration comes to, as data for the compiler: the nodes that it states, and the devices for one target and one choice of
   keys. *)

module Mirage_key = Key
open Functoria
module View = Functoria.Impl

(* {1 Names that the configuration gives} *)

let names : (int * string) list ref = ref []

(* Called by the compiler for each variable of the configuration that is an implementation or a type. *)
let name_impl name impl = let id = View.id (dep impl) in if not (List.mem_assoc id !names) then names := (id, name) :: !names
let name_type name t = Functoria.Type.set_name t name

(* {1 Stated nodes} *)

type stated = {
  key : string;  (** equal for equal applications *)
  impl : abstract_impl;
  head : abstract_impl;  (** what is applied, if anything is *)
  maker : string;
  parameters : View.parameter list;
  inputs : (string * string) list;  (** type and key *)
  extra : string list;
  keys : Functoria.Key.Set.t;
  place : (string * int) option;
  mutable id : string;
}

let by_key : (string, stated) Hashtbl.t = Hashtbl.create 17
let order : stated list ref = ref []

(* By identity of implementations, for the devices that belong to them. *)
let by_id : (int, string) Hashtbl.t = Hashtbl.create 17

(* The head of applications and what it is applied to. *)
let rec unwind impl arguments = match View.view impl with View.Apply (f, x) -> unwind f (x :: arguments) | _ -> (impl, arguments)

let rec state impl =
  match Hashtbl.find_opt by_id (View.id impl) with
  | Some key -> key
  | None ->
      let head, arguments = unwind impl [] in
      let arguments = List.map (fun x -> (View.type_text x, state x)) arguments in
      let key = String.concat " " (Printf.sprintf "%d" (View.id head) :: List.map (fun (_, key) -> "(" ^ key ^ ")") arguments) in
      Hashtbl.replace by_id (View.id impl) key;
      if not (Hashtbl.mem by_key key) then begin
        let maker, parameters, inputs, place, body =
          match View.view head with
          | View.Made (made, body) -> (made.maker, made.parameters, List.map (fun x -> (View.type_text x, state x)) made.inputs, made.place, body)
          | View.Device device -> (Functoria.Device.module_name device, [], [], None, head)
          | View.Choose _ -> ("if_impl", [], [], None, head)
          | View.Apply _ -> assert false
        in
        let branches, keys, extra = look_into body (inputs = [] && is_switch maker) in
        let inputs = inputs @ branches @ arguments in
        let node = { key; impl; head; maker; parameters; inputs; extra; keys; place; id = "" } in
        Hashtbl.add by_key key node;
        order := node :: !order
      end;
      key

and is_switch maker = maker = "if_impl" || maker = "match_impl"

(* The branches of a switch of the configuration's own, the keys inside, the devices that come before. What is inside of a combinator
   but belongs to other nodes is not looked at. *)
and look_into body is_own_switch =
  let keys = ref Functoria.Key.Set.empty and extra = ref [] and branches = ref [] in
  let rec go impl =
    match View.view impl with
    | View.Made _ -> ()
    | View.Apply (f, x) -> go f; go x
    | View.Choose { deps; cases; default } ->
        keys := Functoria.Key.Set.union deps !keys;
        if is_own_switch then
          branches := List.map (fun (case, impl) -> ("case " ^ case, state impl)) cases @ [ ("otherwise", state default) ]
        else begin
          List.iter (fun (_, impl) -> go impl) cases;
          go default
        end
    | View.Device device ->
        keys := Functoria.Key.Set.union (Functoria.Key.Set.of_list (Functoria.Device.keys device)) !keys;
        keys := Functoria.Key.Set.union (Functoria.Key.deps (Functoria.Device.packages device)) !keys;
        List.iter (fun d -> match View.view d with View.Made ({ maker = "noop"; _ }, _) -> () | View.Device _ | View.Choose _ -> go d | _ -> extra := state d :: !extra) (Functoria.Device.extra_deps device)
  in
  go body;
  (!branches, !keys, List.rev !extra)

(* Nodes are called as the configuration calls them; applications without a name after the functor; the others after what made them,
   numbered. *)
let name_nodes nodes =
  let taken = Hashtbl.create 17 in
  let given node = List.assoc_opt (View.id node.impl) !names in
  List.iter (fun node -> match given node with Some name when not (Hashtbl.mem taken name) -> Hashtbl.add taken name (); node.id <- name | _ -> ()) nodes;
  let rec free base i =
    let name = if i = 1 then base else Printf.sprintf "%s_%d" base i in
    if Hashtbl.mem taken name then free base (i + 1) else name
  in
  List.iter
    (fun node ->
      if node.id = "" then begin
        node.id <- free (Option.value (List.assoc_opt (View.id node.head) !names) ~default:node.maker) 1;
        Hashtbl.add taken node.id ()
      end)
    nodes

(* Ports are called by their types, numbered where there are several of one. *)
let ports inputs =
  let seen = Hashtbl.create 7 in
  List.map
    (fun (t, key) ->
      let n = 1 + Option.value (Hashtbl.find_opt seen t) ~default:0 in
      Hashtbl.replace seen t n;
      ((if n = 1 then t else Printf.sprintf "%s%d" t n), t, key))
    inputs

(* {1 As JSON} *)

open Json

let place_json = option (fun (file, line) -> Object [ ("file", String file); ("line", Int line) ])
let pos_json = option (fun (file, line, _, _) -> Object [ ("file", String file); ("line", Int line) ])
let key_names keys = strings (List.map Functoria.Key.name (Functoria.Key.Set.elements keys))

(* The module that [main] and [impl] are given: the name of the device at the head. *)
let rec module_of impl = match View.view impl with View.Device device -> Some (Functoria.Device.module_name device) | View.Made (_, impl) -> module_of impl | View.Apply (f, _) -> module_of f | View.Choose _ -> None

let key_json context key =
  let module K = Functoria.Key in
  Object
    [
      ("name", String (K.name key));
      ("options", strings (K.Described.options key));
      ("valueName", option (fun s -> String s) (K.Described.docv key));
      ("choices", strings (K.Described.choices key));
      ("default", option (fun s -> String s) (K.Described.default key));
      ("value", option (fun s -> String s) (K.Described.value context key));
      ("doc", String (K.Described.doc key));
    ]

let argument_json argument =
  let module R = Functoria.Runtime_arg.Described in
  let about = R.about argument in
  let told f = option (fun s -> String s) (Option.bind about f) in
  Object
    [
      ("name", told (fun a -> Some a.R.option));
      ("term", String (R.term argument));
      ("variable", String (Functoria.Runtime_arg.var_name argument));
      ("valueName", told (fun a -> a.R.docv));
      ("default", told (fun a -> a.R.default));
      ("doc", told (fun a -> Some a.R.doc));
      ("place", pos_json (Some (R.pos argument)));
    ]

let package_json package =
  let module P = Functoria.Package in
  Object
    [
      ("name", String (P.name package));
      ("libraries", strings (if P.build_dependency package || P.scope package = `Switch then [] else P.libraries package));
      ("min", strings (P.min_versions package));
      ("max", strings (P.max_versions package));
      ("pin", option (fun (_, url) -> String url) (P.pin package));
    ]

(* {1 Devices} *)

let value_name (View.Node { number; device; _ }) = Printf.sprintf "%s__%d" (Functoria.Device.nice_name device) number

let module_name (View.Node { device; arguments; _ } as node) =
  if arguments = [] then Functoria.Device.module_name device else String.capitalize_ascii (value_name node)

exception Failed of { message : string; place : (string * int) option }

(* What the configuration's own functions raise is about their device. *)
let about node_place f = try f () with Failure message | Invalid_argument message -> raise (Failed { message; place = node_place })
let unique compare list = List.sort_uniq compare list

let evaluate ~target ~argv =
  let open Registration in
  let { name; initialisation; jobs; place = _ } =
    match !registered with
    | [ registration ] -> registration
    | [] -> raise (Failed { message = "The configuration registers nothing: `register \"name\" [ jobs ]' is missing."; place = None })
    | last :: _ -> raise (Failed { message = "The configuration calls `register' more than once."; place = last.place })
  in
  let job_keys = List.map state jobs in
  let nodes = List.rev !order in
  name_nodes nodes;
  let node_id key = (Hashtbl.find by_key key).id in
  let owner_place id = Option.bind (Hashtbl.find_opt by_id id) (fun key -> (Hashtbl.find by_key key).place) in
  (* Keys and their values. *)
  let keys = List.fold_left (fun keys node -> Functoria.Key.Set.union node.keys keys) Functoria.Key.Set.empty nodes in
  let keys = Functoria.Key.Set.remove (Functoria.Key.v Mirage_key.target) keys in
  let errors = Buffer.create 100 in
  let err = Format.formatter_of_buffer errors in
  let help = Buffer.create 100 in
  let context =
    let info = Cmdliner.Cmd.info "morgana build" in
    let outcome =
      Cmdliner.Cmd.eval_value ~help:(Format.formatter_of_buffer help) ~err ~env:(fun _ -> None)
        ~argv:(Array.of_list ("morgana build" :: argv))
        (Cmdliner.Cmd.v info (Functoria.Key.context keys))
    in
    Format.pp_print_flush err ();
    match outcome with
    | Ok (`Ok context) -> Ok (Functoria.Key.add_to_context Mirage_key.target (List.assoc target Mirage_key.Modes.all) context)
    | Ok (`Help | `Version) -> Error (Buffer.contents help)
    | Error _ -> Error (Buffer.contents errors)
  in
  match context with
  | Error message ->
      Object [ ("usage", String message); ("keys", List (List.map (key_json Functoria.Context.empty) (Functoria.Key.Set.elements keys))) ]
  | Ok context ->
      let resolution = View.resolution context ~is_stated:(Hashtbl.mem by_id) in
      let resolve impl = about (owner_place (View.id impl)) (fun () -> View.resolve resolution impl) in
      let initialisation = List.map resolve initialisation in
      let job_devices = List.map resolve jobs in
      let devices = View.nodes resolution in
      let arguments = List.concat_map (fun (View.Node { device; _ }) -> Functoria.Device.runtime_args device) devices in
      let arguments =
        List.fold_left (fun seen a -> if List.exists (fun b -> Functoria.Runtime_arg.Described.(term a = term b)) seen then seen else a :: seen) [] arguments |> List.rev
      in
      let packages_of (View.Node { device; owner; _ }) =
        about (owner_place owner) (fun () -> Functoria.Key.eval context (Functoria.Device.packages device))
        @ List.concat_map Functoria.Runtime_arg.packages (Functoria.Device.runtime_args device)
      in
      let packages = Functoria.Package.Set.(to_list (of_list (List.concat_map packages_of devices))) in
      let local_libs = unique String.compare (List.concat_map (fun (View.Node { device; _ }) -> Functoria.Device.local_libs device) devices) in
      let info =
        Functoria.Info.v ~packages ~local_libs
          ~keys:(Functoria.Key.v Mirage_key.target :: Functoria.Key.Set.elements keys)
          ~runtime_args:arguments ~context name
      in
      let stanzas = ref [] in
      let device_json (View.Node { number; device; arguments; deps; owner } as node) =
        let values = List.map (fun node -> "_" ^ value_name node) (arguments @ deps) in
        let boot = Functoria.Device.runtime_args device in
        let calls = List.map (fun a -> Format.asprintf "%a" Functoria.Runtime_arg.call a) boot in
        let place = owner_place owner in
        let code = about place (fun () -> Functoria.Device.connect device info (module_name node) (values @ calls)) in
        about place (fun () -> match Functoria.Action.run (Functoria.Device.configure device info) with Ok () -> () | Error (`Msg message) -> failwith message);
        List.iter (fun stanza -> stanzas := (Functoria.Dune.to_string (Functoria.Dune.v [ stanza ]), place) :: !stanzas) (about place (fun () -> Functoria.Device.dune device info));
        Object
          [
            ("index", Int (number - 1));
            ("node", option (fun key -> String (node_id key)) (Hashtbl.find_opt by_id owner));
            ("module", String (Functoria.Device.module_name device));
            ("type", String (Functoria.Type.to_string (Functoria.Device.module_type device)));
            ("moduleName", String (module_name node));
            ("valueName", String (value_name node));
            ("arguments", List (List.map (fun a -> Int (View.number a - 1)) arguments));
            ("dependencies", List (List.map (fun a -> Int (View.number a - 1)) deps));
            ("bootArguments", strings (List.map Functoria.Runtime_arg.var_name boot));
            ("connect", String code.code);
            ("connectPlace", pos_json code.pos);
            ("place", place_json place);
            ("packages", strings (unique String.compare (List.map Functoria.Package.name (packages_of node))));
          ]
      in
      let devices_json = List.map device_json devices in
      let boot_of key =
        let owned (View.Node { owner; _ }) = Hashtbl.find_opt by_id owner = Some key in
        let options (View.Node { device; _ }) = List.filter_map (fun a -> Option.map (fun (a : Functoria.Runtime_arg.Described.about) -> a.option) (Functoria.Runtime_arg.Described.about a)) (Functoria.Device.runtime_args device) in
        unique String.compare (List.concat_map options (List.filter owned devices))
      in
      let node_json node =
        Object
          [
            ("id", String node.id);
            ("maker", String node.maker);
            ("module", if node.maker = "main" || node.maker = "impl" then option (fun s -> String s) (module_of node.impl) else Null);
            ("type", String (View.type_text node.impl));
            ( "parameters",
              List
                (List.map
                   (fun (p : View.parameter) -> Object [ ("label", option (fun s -> String s) p.label); ("value", option (fun s -> String s) p.text) ])
                   node.parameters) );
            ( "inputs",
              List (List.map (fun (port, t, key) -> Object [ ("port", String port); ("type", String t); ("from", String (node_id key)) ]) (ports node.inputs)) );
            ("dependencies", strings (List.map node_id node.extra));
            ("keys", key_names node.keys);
            ("bootArguments", strings (boot_of node.key));
            ("place", place_json node.place);
          ]
      in
      let index node = Int (View.number node - 1) in
      Object
        [
          ("name", String name);
          ("target", String target);
          ("nodes", List (List.map node_json nodes));
          ("jobs", strings (List.map node_id job_keys));
          ("devices", List devices_json);
          ("initialisation", List (List.map index initialisation));
          ("jobDevices", List (List.map index job_devices));
          ("keys", List (List.map (key_json context) (Functoria.Key.Set.elements keys)));
          ("bootArguments", List (List.map argument_json arguments));
          ("packages", List (List.map package_json packages));
          ("localLibraries", strings local_libs);
          ("crunched", List (List.rev_map (fun (unit, folder) -> Object [ ("unit", String unit); ("folder", String folder) ]) !Storage.crunched));
          ("written", List (List.map (fun (name, text) -> Object [ ("name", String name); ("text", String text) ]) (Functoria.Action.written ())));
          ("stanzas", List (List.rev_map (fun (text, place) -> Object [ ("text", String text); ("place", place_json place) ]) !stanzas));
        ]

(* The answer as text, whatever the configuration's functions raise. *)
let run ~target ~argv =
  let failed message place = Object [ ("failure", String message); ("place", place_json place) ] in
  let answer =
    try evaluate ~target ~argv with
    | Failed { message; place } -> failed message place
    | Functoria.Key.Described.Missing name -> failed (Printf.sprintf "The configure-time key --%s must be given." name) None
  in
  Json.to_string answer
