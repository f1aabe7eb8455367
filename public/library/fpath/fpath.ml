(* File paths of POSIX, as texts: nothing here looks at files. *)

type t = string

let dir_sep = "/"
let is_seg s = not (String.contains s '/' || String.contains s '\000')
let is_rel_seg = function "." | ".." -> true | _ -> false

(* Runs of slashes become one, but for a run at the beginning, which becomes two: POSIX keeps those apart. *)
let collapse s =
  let n = String.length s in
  let keeps_two = n >= 2 && s.[0] = '/' && s.[1] = '/' in
  let buffer = Buffer.create n in
  if keeps_two then Buffer.add_char buffer '/';
  let add i c = if not (c = '/' && i > 0 && s.[i - 1] = '/') then Buffer.add_char buffer c in
  String.iteri (fun i c -> add i c) s;
  Buffer.contents buffer

let validate s = if s = "" || String.contains s '\000' then None else Some (collapse s)
let of_string s = match validate s with Some p -> Ok p | None -> Error (`Msg (Format.asprintf "%a: invalid path" Astring.String.dump s))
let v s = match validate s with Some p -> p | None -> invalid_arg (Format.asprintf "%a: invalid path" Astring.String.dump s)
let to_string p = p
let ends_in_slash p = p.[String.length p - 1] = '/'

let add_seg p seg =
  if not (is_seg seg) then invalid_arg (Format.asprintf "%a: invalid segment" Astring.String.dump seg);
  if ends_in_slash p then p ^ seg else p ^ "/" ^ seg

let is_abs p = p.[0] = '/'
let is_rel p = not (is_abs p)
let append p q = if is_abs q then q else if ends_in_slash p then p ^ q else p ^ "/" ^ q
let ( / ) = add_seg
let ( // ) = append
let split_volume p = if String.length p > 1 && p.[0] = '/' && p.[1] = '/' then ("/", String.sub p 1 (String.length p - 1)) else ("", p)
let segs p = String.split_on_char '/' (snd (split_volume p))
let of_segs volume segs = volume ^ String.concat "/" segs
let last_seg p = List.nth (segs p) (List.length (segs p) - 1)
let is_dir_path p = match last_seg p with "" | "." | ".." -> true | _ -> false
let is_file_path p = not (is_dir_path p)
let to_dir_path p = add_seg p "" |> fun q -> if ends_in_slash p then p else q
let filename p = match last_seg p with "." | ".." -> "" | name -> name
let is_root p = snd (split_volume p) = "/"

let rem_empty_seg p = if is_root p || not (ends_in_slash p) then p else String.sub p 0 (String.length p - 1)

let split_base p =
  let volume, path = split_volume p in
  if path = "/" then (p, "./")
  else
    let trailing = if ends_in_slash path then "/" else "" in
    match List.rev (segs (rem_empty_seg path)) with
    | [ base ] -> ("./", base ^ trailing)
    | base :: before -> (volume ^ String.concat "/" (List.rev before) ^ "/", base ^ trailing)
    | [] -> assert false

let base p = snd (split_base p)
let basename p = match List.rev (segs (rem_empty_seg p)) with ("." | "..") :: _ | [] -> "" | name :: _ -> name

let normalize p =
  let volume, path = split_volume p in
  let abs = is_abs path in
  let is_dir = is_dir_path path in
  let step kept = function
    | "" | "." -> kept
    | ".." -> ( match kept with [] -> if abs then [] else [ ".." ] | ".." :: _ -> ".." :: kept | _ :: rest -> rest)
    | seg -> seg :: kept
  in
  let kept = List.fold_left step [] (String.split_on_char '/' path) in
  let body = String.concat "/" (List.rev kept) in
  let body = if abs then "/" ^ body else if kept = [] then "." else body in
  volume ^ if is_dir && not (ends_in_slash body) then body ^ "/" else body

let parent p =
  if is_root p then p
  else
    let volume, path = split_volume p in
    let plain = rem_empty_seg path in
    match List.rev (String.split_on_char '/' plain) with
    | ("." | "..") :: _ -> if plain = "." then "./../" else volume ^ plain ^ "/../"
    | [ _ ] -> "./"
    | _ :: before -> of_segs volume (List.rev before) ^ "/"
    | [] -> assert false

let is_prefix prefix p =
  let prefix_volume, _ = split_volume prefix and volume, _ = split_volume p in
  let rec go a b =
    match (a, b) with
    | [], _ | [ "" ], _ :: _ -> true
    | x :: a, y :: b -> String.equal x y && go a b
    | _ :: _, [] -> false
  in
  String.equal prefix_volume volume && go (segs prefix) (segs p)

let rem_prefix prefix p =
  if not (is_prefix prefix p) then None
  else
    let prefix = if ends_in_slash prefix then prefix else prefix ^ "/" in
    let n = String.length prefix in
    if String.length p < n then None else if String.length p = n then (if prefix = p then Some "./" else None) else Some (String.sub p n (String.length p - n))

let find_prefix p q =
  let volume, _ = split_volume p and other, _ = split_volume q in
  if volume <> other then None
  else
    let rec common kept a b = match (a, b) with x :: a, y :: b when String.equal x y -> common (x :: kept) a b | _ -> (kept, a, b) in
    match common [] (segs p) (segs q) with
    | [], _, _ -> None
    | [ "" ], _, _ -> Some (volume ^ "/")
    | kept, [], _ | kept, _, [] -> Some (of_segs volume (List.rev kept))
    | kept, _, _ -> Some (of_segs volume (List.rev kept) ^ "/")

let relativize ~root p =
  let root = normalize (to_dir_path root) and p' = normalize p in
  if is_abs root <> is_abs p' then None
  else
    let is_dir = is_dir_path p' in
    let parts q = List.filter (fun seg -> seg <> "" && seg <> ".") (segs q) in
    let rec go a b = match (a, b) with x :: a, y :: b when String.equal x y -> go a b | rest -> rest in
    match go (parts root) (parts p') with
    | up, _ when List.mem ".." up -> None
    | up, down -> (
        match List.map (fun _ -> "..") up @ down with
        | [] -> Some (if is_dir then "./" else "../" ^ basename p')
        | segs when p' = "./" -> Some (String.concat "/" segs ^ "/./")
        | segs ->
            let text = String.concat "/" segs in
            Some (if is_dir then text ^ "/" else text))

let is_rooted ~root p = match relativize ~root p with None -> false | Some r -> ( match segs r with ".." :: _ -> false | _ -> true)
let is_current_dir ?(prefix = false) p = match segs p with [ "." ] | [ "."; "" ] -> true | "." :: _ -> prefix | _ -> false
let is_parent_dir ?(prefix = false) p = match segs p with [ ".." ] | [ ".."; "" ] -> true | ".." :: _ -> prefix | _ -> false
let is_dotfile p = match basename p with "" -> false | name -> name.[0] = '.'
let equal = String.equal
let compare = String.compare
let pp ppf p = Format.pp_print_string ppf (Filename.quote p)
let dump = Astring.String.dump
let pp ppf p = if String.exists (function ' ' | '\'' | '"' -> true | _ -> false) p then pp ppf p else Format.pp_print_string ppf p

(* {1 Extensions} *)

type ext = string

(* Where the extension of a base name begins: a dot that only dots come before begins none. *)
let ext_start ~multi name =
  let n = String.length name in
  let rec first_other i = if i < n && name.[i] = '.' then first_other (i + 1) else i in
  let from = first_other 0 in
  let dot = if multi then String.index_from_opt name from '.' else match String.rindex_opt name '.' with Some i when i > from -> Some i | _ -> None in
  match if from >= n then None else dot with Some i -> i | None -> n

let parts ~multi p =
  let trailing = if ends_in_slash p then "/" else "" in
  let plain = if trailing = "" then p else String.sub p 0 (String.length p - 1) in
  let start = match String.rindex_opt plain '/' with Some i -> i + 1 | None -> 0 in
  let name = String.sub plain start (String.length plain - start) in
  let cut = if is_rel_seg name then String.length name else ext_start ~multi name in
  (String.sub plain 0 (start + cut), String.sub name cut (String.length name - cut), trailing)

let get_ext ?(multi = false) p = let _, ext, _ = parts ~multi p in ext
let dotted ext = if ext = "" || ext.[0] = '.' then ext else "." ^ ext
let has_ext ext p = let ext = dotted ext in let whole = get_ext ~multi:true p in ext <> "" && String.ends_with ~suffix:ext whole
let mem_ext exts p = List.exists (fun ext -> has_ext ext p) exts
let exists_ext ?(multi = false) p = let ext = get_ext ~multi p in if multi then String.index_from_opt ext (min 1 (String.length ext)) '.' <> None else ext <> ""

let add_ext ext p =
  if not (is_seg ext) then invalid_arg (Format.asprintf "%a: invalid extension" Astring.String.dump ext);
  let stem, old, trailing = parts ~multi:true p in
  match last_seg (rem_empty_seg p) with "" | "." | ".." -> p | _ -> stem ^ old ^ dotted ext ^ trailing

let rem_ext ?(multi = false) p = let stem, _, trailing = parts ~multi p in stem ^ trailing
let set_ext ?multi ext p = add_ext ext (rem_ext ?multi p)
let split_ext ?(multi = false) p = let stem, ext, trailing = parts ~multi p in (stem ^ trailing, ext)
let ( + ) p ext = add_ext ext p
let ( -+ ) p ext = set_ext ext p

type path = t

(* What a set or map may not have comes as an option; [get_...] raises instead. *)
let got name = function Some v -> v | None -> invalid_arg name

type set = Set.Make(String).t

module Set = struct
  include Set.Make (String)

  let get_min_elt s = got "Fpath.Set.get_min_elt" (min_elt_opt s)
  let get_max_elt s = got "Fpath.Set.get_max_elt" (max_elt_opt s)
  let get_any_elt s = got "Fpath.Set.get_any_elt" (choose_opt s)
  let get p s = got "Fpath.Set.get" (find_opt p s)
  let min_elt = min_elt_opt
  let max_elt = max_elt_opt
  let choose = choose_opt
  let find = find_opt
  let pp ?sep pp_path ppf s = Format.pp_print_list ?pp_sep:sep pp_path ppf (elements s)
  let dump ppf s = Format.fprintf ppf "@[<1>{%a}@]" (pp ~sep:Format.pp_print_space dump) s
end

module Map = struct
  include Map.Make (String)

  let get_min_binding m = got "Fpath.Map.get_min_binding" (min_binding_opt m)
  let get_max_binding m = got "Fpath.Map.get_max_binding" (max_binding_opt m)
  let get_any_binding m = got "Fpath.Map.get_any_binding" (choose_opt m)
  let get p m = got "Fpath.Map.get" (find_opt p m)
  let min_binding = min_binding_opt
  let max_binding = max_binding_opt
  let choose = choose_opt
  let find = find_opt
  let dom m = fold (fun p _ paths -> Set.add p paths) m Set.empty
  let pp ?sep pp_binding ppf m = Format.pp_print_list ?pp_sep:sep pp_binding ppf (bindings m)

  let dump pp_value ppf m =
    let binding ppf (p, v) = Format.fprintf ppf "@[<1>(%a,@ %a)@]" dump p pp_value v in
    Format.fprintf ppf "@[<1>{%a}@]" (pp ~sep:Format.pp_print_space binding) m
end

type +'a map = 'a Map.t
