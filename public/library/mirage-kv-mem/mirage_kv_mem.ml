(* A key-value store in memory: a tree of persistent maps, and one reference to it. *)

module Key = Mirage_kv.Key

module Pure = struct
  module Names = Map.Make (String)

  type node = Value of { data : string; modified : Ptime.t } | Dictionary of { entries : node Names.t; modified : Ptime.t }
  type t = node
  type key = Key.t

  let empty now () = Dictionary { entries = Names.empty; modified = now }

  (* {1 Reading} *)

  (* The node at a path; whether a value stands in the way is told apart from there being nothing. *)
  let find t key =
    let rec go node walked = function
      | [] -> Ok node
      | name :: rest -> (
          match node with
          | Value _ -> Error (`Dictionary_expected (List.fold_left Key.add Key.empty (List.rev walked)))
          | Dictionary { entries; _ } -> (
              match Names.find_opt name entries with
              | None -> Error (`Not_found key)
              | Some node -> go node (name :: walked) rest))
    in
    go t [] (Key.segments key)

  let get t key =
    match find t key with
    | Ok (Value { data; _ }) -> Ok data
    | Ok (Dictionary _) -> Error (`Value_expected key)
    | Error _ as e -> e

  let get_partial t key ~offset ~length =
    Result.map
      (fun data ->
        let size = String.length data in
        let offset = Optint.Int63.to_int offset in
        if offset < 0 || length < 0 || offset >= size then "" else String.sub data offset (min length (size - offset)))
      (get t key)

  let kind = function Value _ -> `Value | Dictionary _ -> `Dictionary

  let exists t key =
    match find t key with Ok node -> Some (kind node) | Error (`Not_found _ | `Dictionary_expected _) -> None

  let list t key =
    match find t key with
    | Ok (Dictionary { entries; _ }) -> Ok (List.map (fun (name, node) -> (Key.add key name, kind node)) (Names.bindings entries))
    | Ok (Value _) -> Error (`Dictionary_expected key)
    | Error _ as e -> e

  let rec modified = function
    | Value { modified; _ } -> modified
    | Dictionary { entries; modified = own } ->
        Names.fold (fun _ node latest -> let m = modified node in if Ptime.is_later m ~than:latest then m else latest) entries own

  let last_modified t key = Result.map modified (find t key)

  (* A dictionary's digest covers the names and digests of what is in it. *)
  let rec digest_of node =
    let module H = Digestif.SHA256 in
    match node with
    | Value { data; _ } -> H.to_raw_string (H.digest_string data)
    | Dictionary { entries; _ } ->
        let add name node ctx =
          H.feed_string (H.feed_string ctx (Printf.sprintf "%d:%s%c" (String.length name) name (match node with Value _ -> 'v' | Dictionary _ -> 'd'))) (digest_of node)
        in
        H.to_raw_string (H.get (Names.fold add entries H.empty))

  let digest t key = Result.map digest_of (find t key)

  let rec size_of = function
    | Value { data; _ } -> String.length data
    | Dictionary { entries; _ } -> Names.fold (fun _ node sum -> sum + size_of node) entries 0

  let size t key = Result.map (fun node -> Optint.Int63.of_int (size_of node)) (find t key)

  (* {1 Writing} *)

  (* Replaces what is at a path by what [f] makes of it; dictionaries on the way are made. *)
  let update t key now f =
    let rec go node walked = function
      | [] -> f node
      | name :: rest -> (
          match node with
          | Some (Value _) -> Error (`Dictionary_expected (List.fold_left Key.add Key.empty (List.rev walked)))
          | (None | Some (Dictionary _)) as dictionary -> (
              let entries = match dictionary with Some (Dictionary { entries; _ }) -> entries | _ -> Names.empty in
              match go (Names.find_opt name entries) (name :: walked) rest with
              | Error _ as e -> e
              | Ok None -> Ok (Some (Dictionary { entries = Names.remove name entries; modified = now }))
              | Ok (Some node) -> Ok (Some (Dictionary { entries = Names.add name node entries; modified = now }))))
    in
    match go (Some t) [] (Key.segments key) with
    | Error _ as e -> e
    | Ok (Some node) -> Ok node
    | Ok None -> Ok (empty now ())

  let set t key now data =
    update t key now (function
      | Some (Dictionary _) -> Error (`Value_expected key)
      | Some (Value _) | None -> Ok (Some (Value { data; modified = now })))

  let set_partial t key now ~offset data =
    let offset = Optint.Int63.to_int offset in
    update t key now (function
      | Some (Dictionary _) -> Error (`Value_expected key)
      | None -> Error (`Not_found key)
      | Some (Value { data = old; _ }) ->
          let size = max (String.length old) (offset + String.length data) in
          let b = Bytes.make size '\000' in
          Bytes.blit_string old 0 b 0 (String.length old);
          Bytes.blit_string data 0 b offset (String.length data);
          Ok (Some (Value { data = Bytes.to_string b; modified = now })))

  let allocate t key ?last_modified now size =
    match exists t key with
    | Some _ -> Error (`Already_present key)
    | None -> set t key (Option.value last_modified ~default:now) (String.make (Optint.Int63.to_int size) '\000')

  let remove t key now = match find t key with Error _ as e -> e | Ok _ -> update t key now (fun _ -> Ok None)

  let rec is_prefix a b =
    match (a, b) with [], _ -> true | x :: a, y :: b when String.equal x y -> is_prefix a b | _ -> false

  (* A value at [dest] is replaced; into a dictionary there the source is moved under its own name. *)
  let rename t ~source ~dest now =
    match find t source with
    | Error _ as e -> e
    | Ok node -> (
        let dest =
          match exists t dest with
          | Some `Dictionary -> Key.add dest (Key.basename source)
          | Some `Value | None -> dest
        in
        if Key.equal source dest then Ok t
        else if is_prefix (Key.segments source) (Key.segments dest) then Error (`Rename_source_prefix (source, dest))
        else
          match update t source now (fun _ -> Ok None) with
          | Error _ as e -> e
          | Ok t -> update t dest now (fun _ -> Ok (Some node)))

  (* {1 Comparing, printing} *)

  let rec equal a b =
    match (a, b) with
    | Value a, Value b -> String.equal a.data b.data && Ptime.equal a.modified b.modified
    | Dictionary a, Dictionary b -> Names.equal equal a.entries b.entries
    | Value _, Dictionary _ | Dictionary _, Value _ -> false

  let rec pp ppf = function
    | Value { data; modified } -> Fmt.pf ppf "%S (%a)" data (Ptime.pp_rfc3339 ()) modified
    | Dictionary { entries; _ } ->
        Fmt.pf ppf "@[<v 2>dictionary%a@]"
          (fun ppf -> Names.iter (fun name node -> Fmt.pf ppf "@,%s: %a" name pp node))
          entries
end

type key = Key.t
type error = Mirage_kv.error
type write_error = Mirage_kv.write_error

let pp_error = Mirage_kv.pp_error
let pp_write_error = Mirage_kv.pp_write_error

type t = { mutable tree : Pure.t; now : unit -> Ptime.t }

let connect ?(now = Mirage_ptime.now) () = Lwt.return { tree = Pure.empty (now ()) (); now }
let of_tree tree = { tree; now = (fun () -> Ptime.epoch) }
let disconnect _ = Lwt.return_unit
let equal a b = Pure.equal a.tree b.tree
let pp ppf t = Pure.pp ppf t.tree

(* The pure functions' errors are among the store's. *)
let answer (r : ('a, Mirage_kv.error) result) = Lwt.return r
let exists t key = Lwt.return (Ok (Pure.exists t.tree key))
let get t key = answer (Pure.get t.tree key)
let get_partial t key ~offset ~length = answer (Pure.get_partial t.tree key ~offset ~length)
let list t key = answer (Pure.list t.tree key)
let last_modified t key = answer (Pure.last_modified t.tree key)
let digest t key = answer (Pure.digest t.tree key)
let size t key = answer (Pure.size t.tree key)

let change t (r : (Pure.t, write_error) result) =
  Lwt.return
    (Result.map (fun tree -> t.tree <- tree) r)

let allocate t key ?last_modified size = change t (Pure.allocate t.tree key ?last_modified (t.now ()) size)
let set t key data = change t (Pure.set t.tree key (t.now ()) data)
let set_partial t key ~offset data = change t (Pure.set_partial t.tree key (t.now ()) ~offset data)
let remove t key = change t (Pure.remove t.tree key (t.now ()))
let rename t ~source ~dest = change t (Pure.rename t.tree ~source ~dest (t.now ()))
