(* Uniform resource identifiers (RFC 3986). *)

type component =
  [ `Scheme
  | `Authority
  | `Userinfo
  | `Host
  | `Path
  | `Query
  | `Query_key
  | `Query_value
  | `Fragment
  | `Generic
  | `Custom of (component * string * string) ]

(* Everything decoded, but a path keeps the encoding of slashes and the like, without which its segments could not be told. *)
(* A query, and how it was written if it was read. *)
type query = { parameters : (string * string list) list; written : string option }

type t = {
  scheme : string option;
  userinfo : string option;
  host : string option;
  port : int option;
  path : string;
  query : query option;
  fragment : string option;
}

let empty = { scheme = None; userinfo = None; host = None; port = None; path = ""; query = None; fragment = None }

(* {1 Percent coding} *)

let is_unreserved = function 'A' .. 'Z' | 'a' .. 'z' | '0' .. '9' | '-' | '.' | '_' | '~' -> true | _ -> false
let is_sub_delimiter = function '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=' -> true | _ -> false
let is_pchar c = is_unreserved c || is_sub_delimiter c || c = ':' || c = '@'

(* Which characters stand for themselves (RFC 3986, appendix A): in a component with parts (the authority, the path, the query) not those
   that separate them. A plus sign in a query is often read as a space, so it is encoded. *)
let rec is_safe (component : component) c =
  match component with
  | `Scheme -> is_unreserved c || c = '+'
  | `Userinfo | `Host | `Authority | `Generic -> is_unreserved c
  | `Path -> is_pchar c
  | `Query | `Fragment -> (is_pchar c || c = '/' || c = '?') && not (c = '&' || c = ';' || c = '+')
  | `Query_key -> is_safe `Query c && c <> '='
  | `Query_value -> is_safe `Query c && c <> ','
  | `Custom (component, safe, unsafe) -> (is_safe component c || String.contains safe c) && not (String.contains unsafe c)

let pct_encode ?scheme:_ ?(component = `Path) s =
  if String.for_all (is_safe component) s then s
  else begin
    let b = Buffer.create (String.length s + 16) in
    String.iter (fun c -> if is_safe component c then Buffer.add_char b c else Printf.bprintf b "%%%02X" (Char.code c)) s;
    Buffer.contents b
  end

let digit = function
  | '0' .. '9' as c -> Some (Char.code c - Char.code '0')
  | 'a' .. 'f' as c -> Some (Char.code c - Char.code 'a' + 10)
  | 'A' .. 'F' as c -> Some (Char.code c - Char.code 'A' + 10)
  | _ -> None

(* Decodes what [keep] does not say to leave; a percent sign that begins no code stands for itself. *)
let decode ?(keep = fun _ -> false) s =
  if not (String.contains s '%') then s
  else begin
    let n = String.length s in
    let b = Buffer.create n in
    let rec go i =
      if i < n then
        match s.[i] with
        | '%' when i + 2 < n -> (
            match (digit s.[i + 1], digit s.[i + 2]) with
            | Some high, Some low ->
                let c = Char.chr ((high lsl 4) lor low) in
                if keep c then Buffer.add_string b (String.uppercase_ascii (String.sub s i 3)) else Buffer.add_char b c;
                go (i + 3)
            | _ ->
                Buffer.add_char b '%';
                go (i + 1))
        | c ->
            Buffer.add_char b c;
            go (i + 1)
    in
    go 0;
    Buffer.contents b
  end

let pct_decode s = decode s

(* {1 Queries} *)

let query_of_encoded text =
  let plus_to_space s = String.map (function '+' -> ' ' | c -> c) s in
  let pair part =
    match String.index_opt part '=' with
    | None -> (decode (plus_to_space part), [])
    | Some i ->
        let values = String.sub part (i + 1) (String.length part - i - 1) in
        ( decode (plus_to_space (String.sub part 0 i)),
          if values = "" then [ "" ] else List.map (fun v -> decode (plus_to_space v)) (String.split_on_char ',' values) )
  in
  List.map pair (String.split_on_char '&' text)

(* {1 Choice of encoding} *)

module Encoder = struct
  type t = {
    scheme : component;
    userinfo : component;
    host : component;
    path : component;
    query_key : component;
    query_value : component;
    fragment : component;
  }

  (* The encoding of a component is that of the one that stands for it. *)
  let encode e ?scheme ?(component = `Path) s =
    let component =
      match component with
      | `Scheme -> e.scheme
      | `Userinfo -> e.userinfo
      | `Host -> e.host
      | `Path -> e.path
      | `Query_key -> e.query_key
      | `Query_value -> e.query_value
      | `Fragment -> e.fragment
      | (`Authority | `Query | `Generic | `Custom _) as other -> other
    in
    pct_encode ?scheme ~component s
end

type pct_encoder = Encoder.t

let pct_encoder ?(scheme = `Scheme) ?(userinfo = `Userinfo) ?(host = `Host) ?(path = `Path) ?(query_key = `Query_key)
    ?(query_value = `Query_value) ?(fragment = `Fragment) () =
  { Encoder.scheme; userinfo; host; path; query_key; query_value; fragment }

let usual = pct_encoder ()

let encode_query (encode : ?scheme:string -> ?component:component -> string -> string) ?scheme query =
  String.concat "&"
    (List.map
       (fun (key, values) ->
         let key = encode ?scheme ~component:`Query_key key in
         match values with
         | [] -> key
         | values -> key ^ "=" ^ String.concat "," (List.map (encode ?scheme ~component:`Query_value) values))
       query)

let encoded_of_query ?scheme ?(pct_encoder = usual) query = encode_query (Encoder.encode pct_encoder) ?scheme query

(* {1 Reading} *)

(* The part before the first of the characters, and that part's end. *)
let until characters s from =
  let n = String.length s in
  let rec go i = if i < n && not (String.contains characters s.[i]) then go (i + 1) else i in
  let stop = go from in
  (String.sub s from (stop - from), stop)

(* What of a path has a code that must stay: slashes, and the percent sign itself. *)
let decode_path s = decode ~keep:(fun c -> c = '/' || c = '%') s

let parse_authority text =
  let userinfo, rest =
    match String.rindex_opt text '@' with
    | Some i -> (Some (decode (String.sub text 0 i)), String.sub text (i + 1) (String.length text - i - 1))
    | None -> (None, text)
  in
  let host_end = if rest <> "" && rest.[0] = '[' then match String.index_opt rest ']' with Some i -> i + 1 | None -> String.length rest else snd (until ":" rest 0) in
  let host = String.sub rest 0 host_end in
  (* An address of version 6 is kept without its brackets. *)
  let host =
    let n = String.length host in
    if n >= 2 && host.[0] = '[' && host.[n - 1] = ']' then String.sub host 1 (n - 2) else decode host
  in
  let port =
    if host_end < String.length rest && rest.[host_end] = ':' then int_of_string_opt (String.sub rest (host_end + 1) (String.length rest - host_end - 1)) else None
  in
  (userinfo, host, port)

(* Of these schemes it is known that no path is the root. *)
let is_web = function Some ("http" | "https") -> true | Some _ | None -> false

(* Of these, that the host is a name of the DNS: it is kept in lower case. *)
let has_dns_host = function Some ("http" | "https" | "file") -> true | Some _ | None -> false

let of_string text =
  let n = String.length text in
  let scheme, at =
    let candidate, stop = until ":/?#" text 0 in
    if stop < n && text.[stop] = ':' && candidate <> "" then (Some (String.lowercase_ascii candidate), stop + 1) else (None, 0)
  in
  let authority, at =
    if at + 1 < n && text.[at] = '/' && text.[at + 1] = '/' then
      let authority, stop = until "/?#" text (at + 2) in
      (Some (parse_authority authority), stop)
    else (None, at)
  in
  let path, at = until "?#" text at in
  let query, at =
    if at < n && text.[at] = '?' then
      let query, stop = until "#" text (at + 1) in
      (Some { parameters = query_of_encoded query; written = Some query }, stop)
    else (None, at)
  in
  let fragment = if at < n then Some (decode (String.sub text (at + 1) (n - at - 1))) else None in
  let userinfo, host, port = match authority with None -> (None, None, None) | Some (userinfo, host, port) -> (userinfo, Some (if has_dns_host scheme then String.lowercase_ascii host else host), port) in
  { scheme; userinfo; host; port; path = decode_path path; query; fragment }

(* {1 Writing} *)

(* The path encoded segment by segment, but not twice: what was left encoded in it stays. *)
let encode_path (encode : ?scheme:string -> ?component:component -> string -> string) ?scheme path =
  let n = String.length path in
  let is_code i = path.[i] = '%' && i + 2 < n && digit path.[i + 1] <> None && digit path.[i + 2] <> None in
  let b = Buffer.create (n + 16) in
  let flush from until = if until > from then Buffer.add_string b (encode ?scheme ~component:`Path (String.sub path from (until - from))) in
  let rec go from i =
    if i >= n then flush from n
    else if path.[i] = '/' then begin
      flush from i;
      Buffer.add_char b '/';
      go (i + 1) (i + 1)
    end
    else if is_code i then begin
      flush from i;
      Buffer.add_string b (String.sub path i 3);
      go (i + 3) (i + 3)
    end
    else go from (i + 1)
  in
  go 0 0;
  Buffer.contents b

let is_v6 host = String.contains host ':'

(* The first colon separates the password. *)
let encode_userinfo encode info =
  match String.index_opt info ':' with
  | Some i -> encode (String.sub info 0 i) ^ ":" ^ encode (String.sub info (i + 1) (String.length info - i - 1))
  | None -> encode info

let to_string ?(pct_encoder = usual) t =
  let encode_component = Encoder.encode pct_encoder in
  let b = Buffer.create 128 in
  let scheme = t.scheme in
  let encode component s = encode_component ?scheme ~component s in
  Option.iter (fun scheme -> Buffer.add_string b (encode `Scheme scheme); Buffer.add_char b ':') scheme;
  let has_authority = t.host <> None || t.userinfo <> None || t.port <> None in
  if has_authority then begin
    Buffer.add_string b "//";
    Option.iter
      (fun info ->
        Buffer.add_string b (encode_userinfo (encode `Userinfo) info);
        Buffer.add_char b '@')
      t.userinfo;
    Option.iter (fun host -> Buffer.add_string b (if is_v6 host then "[" ^ host ^ "]" else encode `Host host)) t.host;
    Option.iter (Printf.bprintf b ":%d") t.port
  end;
  let path = encode_path encode_component ?scheme t.path in
  (* Without an authority a path must not look like one, nor its first segment like a scheme. *)
  if has_authority && path <> "" && path.[0] <> '/' then Buffer.add_char b '/';
  if (not has_authority) && String.length path >= 2 && path.[0] = '/' && path.[1] = '/' then Buffer.add_string b "/.";
  (if (not has_authority) && scheme = None then
     let first, _ = until "/" path 0 in
     if String.contains first ':' then Buffer.add_string b "./");
  Buffer.add_string b path;
  Option.iter
    (fun query ->
      Buffer.add_char b '?';
      Buffer.add_string b (encode_query encode_component ?scheme query.parameters))
    t.query;
  Option.iter
    (fun fragment ->
      Buffer.add_char b '#';
      Buffer.add_string b (encode `Fragment fragment))
    t.fragment;
  Buffer.contents b

let pp_hum ppf t = Format.pp_print_string ppf (to_string t)
let pp = pp_hum
let compare a b = Stdlib.compare (to_string a) (to_string b)
let equal a b = String.equal (to_string a) (to_string b)

(* {1 Components} *)

let scheme t = t.scheme
let with_scheme t scheme = { t with scheme }
let userinfo ?(pct_encoder = usual) t =
  Option.map (encode_userinfo (Encoder.encode pct_encoder ?scheme:t.scheme ~component:`Userinfo)) t.userinfo
let with_userinfo t userinfo = { t with userinfo; host = Some (Option.value t.host ~default:"") }

let split_userinfo info =
  match String.index_opt info ':' with
  | Some i -> (String.sub info 0 i, Some (String.sub info (i + 1) (String.length info - i - 1)))
  | None -> (info, None)

let user t = Option.map (fun info -> fst (split_userinfo info)) t.userinfo
let password t = Option.bind t.userinfo (fun info -> snd (split_userinfo info))

let with_password t password =
  let user = Option.value (user t) ~default:"" in
  match (password, t.userinfo) with
  | None, None -> t
  | None, Some _ -> { t with userinfo = Some user }
  | Some password, _ -> { t with userinfo = Some (user ^ ":" ^ password); host = Some (Option.value t.host ~default:"") }

let host t = t.host
let with_host t host = { t with host }
let host_with_default ?(default = "localhost") t = Option.value t.host ~default
let port t = t.port
let with_port t port = { t with port; host = (match port with Some _ -> Some (Option.value t.host ~default:"") | None -> t.host) }
let path ?(pct_encoder = usual) t = encode_path (Encoder.encode pct_encoder) ?scheme:t.scheme t.path

let path_unencoded t = decode t.path

let with_path t path =
  let path = decode_path path in
  { t with path = (if t.host <> None && path <> "" && path.[0] <> '/' then "/" ^ path else path) }

let fragment t = t.fragment
let with_fragment t fragment = { t with fragment }
let query t = match t.query with None -> [] | Some { parameters; _ } -> parameters

let encode_own ?(pct_encoder = usual) t { parameters; _ } = encode_query (Encoder.encode pct_encoder) ?scheme:t.scheme parameters

let verbatim_query ?pct_encoder t =
  Option.map (fun query -> match query.written with Some text -> text | None -> encode_own ?pct_encoder t query) t.query

let of_parameters parameters = if parameters = [] then None else Some { parameters; written = None }
let with_query t parameters = { t with query = of_parameters parameters }
let with_query' t query = with_query t (List.map (fun (key, value) -> (key, [ value ])) query)

let path_and_query t =
  match (path t, t.query) with
  | "", None -> "/"
  | "", Some query -> "/?" ^ encode_own t query
  | path, None -> path
  | path, Some query -> path ^ "?" ^ encode_own t query

let get_query_param' t key = List.assoc_opt key (query t)
let get_query_param t key = Option.map (String.concat ",") (get_query_param' t key)
(* In front. *)
let add_query_params t params = with_query t (params @ query t)
let add_query_param t param = add_query_params t [ param ]
let add_query_params' t params = add_query_params t (List.map (fun (key, value) -> (key, [ value ])) params)
let add_query_param' t param = add_query_params' t [ param ]
let remove_query_param t key = with_query t (List.filter (fun (key', _) -> not (String.equal key key')) (query t))

let make ?scheme ?userinfo ?host ?port ?(path = "") ?(query = []) ?fragment () =
  let t = { scheme; userinfo; host; port; path = ""; query = of_parameters query; fragment } in
  let t = if host = None && (userinfo <> None || port <> None) then { t with host = Some "" } else t in
  with_path t path

let with_uri ?scheme ?userinfo ?host ?port ?path ?query ?fragment t =
  let given change value t = match value with None -> t | Some value -> change t value in
  t |> given with_scheme scheme |> given with_userinfo userinfo |> given with_host host |> given with_port port
  |> given (fun t path -> with_path t (Option.value path ~default:"")) path
  |> given (fun t query -> with_query t (Option.value query ~default:[])) query
  |> given with_fragment fragment

(* {1 Resolution} (RFC 3986, 5.2) *)

(* Takes the segments [.] and [..] away, with what [..] leads out of. *)
let remove_dots path =
  let absolute = path <> "" && path.[0] = '/' in
  let segments = String.split_on_char '/' path in
  let rec go kept = function
    | [] -> List.rev kept
    | [ "." ] -> List.rev ("" :: kept)
    | [ ".." ] -> List.rev ("" :: up kept)
    | "." :: rest -> go kept rest
    | ".." :: rest -> go (up kept) rest
    | segment :: rest -> go (segment :: kept) rest
  and up = function [ "" ] when absolute -> [ "" ] | [] -> [] | _ :: kept -> kept in
  let result = String.concat "/" (go [] segments) in
  if absolute && (result = "" || result.[0] <> '/') then "/" ^ result else result

let merge base path =
  if base.host <> None && base.path = "" then "/" ^ path
  else match String.rindex_opt base.path '/' with Some i -> String.sub base.path 0 (i + 1) ^ path | None -> path

let in_normal_case scheme t = if has_dns_host scheme then { t with host = Option.map String.lowercase_ascii t.host } else t

let resolve default_scheme base reference =
  let base = if base.scheme = None && default_scheme <> "" then { base with scheme = Some default_scheme } else base in
  in_normal_case base.scheme
  @@
  if reference.scheme <> None then { reference with path = remove_dots reference.path }
  else if reference.host <> None then { reference with scheme = base.scheme; path = remove_dots reference.path }
  else
    let of_base = { base with fragment = reference.fragment } in
    if reference.path = "" then { of_base with query = (match reference.query with None -> base.query | some -> some) }
    else
      let path = if reference.path.[0] = '/' then reference.path else merge base reference.path in
      { of_base with path = remove_dots path; query = reference.query }

let default_port = function "http" | "ws" -> Some 80 | "https" | "wss" -> Some 443 | "ftp" -> Some 21 | _ -> None

let canonicalize t =
  let scheme = Option.map String.lowercase_ascii t.scheme in
  let port = if t.port <> None && t.port = Option.bind scheme default_port then None else t.port in
  let path = remove_dots t.path in
  in_normal_case scheme { t with scheme; port; path = (if is_web scheme && t.host <> None && path = "" then "/" else path) }

(* {1 HTTP} (RFC 9110, 4.2) *)

module Absolute_http = struct
  type nonrec t = { uri : t; host : string; scheme : [ `Http | `Https ] }

  let of_uri uri =
    let error message = Error (`Msg (Printf.sprintf "%s: %s" (to_string uri) message)) in
    match (Option.map String.lowercase_ascii uri.scheme, uri.host) with
    | Some "http", Some host when host <> "" -> Ok { uri; host; scheme = `Http }
    | Some "https", Some host when host <> "" -> Ok { uri; host; scheme = `Https }
    | Some ("http" | "https"), _ -> error "a host is missing"
    | Some _, _ -> error "the scheme is neither http nor https"
    | None, _ -> error "a scheme is missing"

  let to_uri t = t.uri
  let checked uri = match of_uri uri with Ok t -> t | Error (`Msg message) -> failwith message
  let of_string text = checked (of_string text)
  let to_string ?pct_encoder t = to_string ?pct_encoder t.uri

  let make ~scheme ~host ?userinfo ?port ?path ?query ?fragment () =
    checked (make ~scheme:(match scheme with `Http -> "http" | `Https -> "https") ~host ?userinfo ?port ?path ?query ?fragment ())

  let host t = t.host
  let scheme t = t.scheme
end
