(* Characters and strings, with results instead of exceptions. *)

let strf = Format.asprintf

(* Nothing is copied where nothing is added. *)
let ( ^ ) a b = if a = "" then b else if b = "" then a else Stdlib.( ^ ) a b

module Char = struct
  type t = char

  let of_int n = if n >= 0 && n <= 255 then Some (Stdlib.Char.unsafe_chr n) else None
  let of_byte n = match of_int n with Some c -> c | None -> invalid_arg (Printf.sprintf "%d is not a byte" n)
  let unsafe_of_byte = Stdlib.Char.unsafe_chr
  let to_int = Stdlib.Char.code
  let hash c = Hashtbl.hash c
  let equal = Stdlib.Char.equal
  let compare = Stdlib.Char.compare

  module Ascii = struct
    let max_ascii = '\x7f'
    let is_valid c = c <= max_ascii
    let is_digit = function '0' .. '9' -> true | _ -> false
    let is_hex_digit = function '0' .. '9' | 'A' .. 'F' | 'a' .. 'f' -> true | _ -> false
    let is_upper = function 'A' .. 'Z' -> true | _ -> false
    let is_lower = function 'a' .. 'z' -> true | _ -> false
    let is_letter c = is_upper c || is_lower c
    let is_alphanum c = is_letter c || is_digit c
    let is_white = function ' ' | '\t' .. '\r' -> true | _ -> false
    let is_blank = function ' ' | '\t' -> true | _ -> false
    let is_graphic c = c > ' ' && c < max_ascii
    let is_print c = c >= ' ' && c < max_ascii
    let is_control c = c < ' ' || c = max_ascii
    let uppercase = Stdlib.Char.uppercase_ascii
    let lowercase = Stdlib.Char.lowercase_ascii
    let hex c = Printf.sprintf "\\x%02X" (to_int c)
    let escape c = if c = '\\' then "\\\\" else if is_print c then String.make 1 c else hex c

    let escape_char = function
      | '\'' -> "\\'"
      | '\b' -> "\\b"
      | '\t' -> "\\t"
      | '\n' -> "\\n"
      | '\r' -> "\\r"
      | c -> escape c
  end

  let pp = Format.pp_print_char
  let dump ppf c = Format.fprintf ppf "'%s'" (Ascii.escape_char c)
end

module String = struct
  module S = Stdlib.String

  type t = string

  let empty = ""
  let v ~len f = S.init len f
  let length = S.length
  let get = S.get
  let get_byte s i = Char.to_int (S.get s i)
  let unsafe_get = S.unsafe_get
  let unsafe_get_byte s i = Char.to_int (S.unsafe_get s i)
  let head ?(rev = false) s = if s = "" then None else Some s.[if rev then length s - 1 else 0]
  let get_head ?rev s = match head ?rev s with Some c -> c | None -> invalid_arg "empty string"
  let hash s = Hashtbl.hash s
  let append = ( ^ )
  let concat ?(sep = "") list = S.concat sep list
  let is_empty s = s = ""
  let is_prefix ~affix s = S.starts_with ~prefix:affix s
  let is_suffix ~affix s = S.ends_with ~suffix:affix s
  let for_all = S.for_all
  let exists = S.exists
  let equal = S.equal
  let compare = S.compare

  (* {1 Searching} *)

  let is_at s at sub =
    let n = length sub in
    at + n <= length s
    &&
    let rec go i = i = n || (s.[at + i] = sub.[i] && go (i + 1)) in
    go 0

  let find ?(rev = false) ?start f s =
    let n = length s in
    let rec up i = if i >= n then None else if f s.[i] then Some i else up (i + 1) in
    let rec down i = if i < 0 then None else if f s.[i] then Some i else down (i - 1) in
    if rev then down (min (n - 1) (Option.value start ~default:(n - 1))) else up (max 0 (Option.value start ~default:0))

  let find_sub ?(rev = false) ?start ~sub s =
    let last = length s - length sub in
    let rec up i = if i > last then None else if is_at s i sub then Some i else up (i + 1) in
    let rec down i = if i < 0 then None else if is_at s i sub then Some i else down (i - 1) in
    if rev then down (min last (Option.value start ~default:last)) else up (max 0 (Option.value start ~default:0))

  let is_infix ~affix s = find_sub ~sub:affix s <> None

  (* {1 Parts} *)

  let part s first stop =
    let first = max 0 first and stop = min (length s) stop in
    if first >= stop then "" else S.sub s first (stop - first)

  let with_range ?(first = 0) ?len s =
    match len with
    | None -> part s first (length s)
    | Some len when len < 0 -> invalid_arg (Printf.sprintf "negative length: %d" len)
    | Some len -> part s first (if len > length s - first then length s else first + len)

  let with_index_range ?(first = 0) ?last s = part s first (match last with None -> length s | Some last -> if last >= length s then length s else last + 1)

  let trim ?(drop = Char.Ascii.is_white) s =
    match find (fun c -> not (drop c)) s with
    | None -> ""
    | Some first -> ( match find ~rev:true (fun c -> not (drop c)) s with Some last -> part s first (last + 1) | None -> "")

  let span ?(rev = false) ?(min = 0) ?(max = max_int) ?(sat = fun _ -> true) s =
    if min < 0 then invalid_arg (Printf.sprintf "negative min: %d" min);
    if max < 0 then invalid_arg (Printf.sprintf "negative max: %d" max);
    let n = length s in
    let limit = Stdlib.min max n in
    let rec count k = if k < limit && sat s.[if rev then n - 1 - k else k] then count (k + 1) else k in
    let k = count 0 in
    let k = if k < min then 0 else k in
    if rev then (part s 0 (n - k), part s (n - k) n) else (part s 0 k, part s k n)

  let take ?(rev = false) ?min ?max ?sat s = (if rev then snd else fst) (span ~rev ?min ?max ?sat s)
  let drop ?(rev = false) ?min ?max ?sat s = (if rev then fst else snd) (span ~rev ?min ?max ?sat s)

  let cut ?rev ~sep s =
    if sep = "" then invalid_arg "the separator is empty";
    Option.map (fun at -> (part s 0 at, part s (at + length sep) (length s))) (find_sub ?rev ~sub:sep s)

  let cuts ?(rev = false) ?(empty = true) ~sep s =
    if sep = "" then invalid_arg "the separator is empty";
    let add part parts = if empty || part <> "" then part :: parts else parts in
    let rec from_left s parts = match cut ~sep s with None -> List.rev (add s parts) | Some (part, rest) -> from_left rest (add part parts) in
    let rec from_right s parts = match cut ~rev:true ~sep s with None -> add s parts | Some (rest, part) -> from_right rest (add part parts) in
    if rev then from_right s [] else from_left s []

  let fields ?(empty = true) ?(is_sep = Char.Ascii.is_white) s =
    let n = length s in
    let add from until parts = if empty || until > from then part s from until :: parts else parts in
    let rec go from i parts =
      if i = n then List.rev (add from n parts) else if is_sep s.[i] then go (i + 1) (i + 1) (add from i parts) else go from (i + 1) parts
    in
    go 0 0 []

  (* {1 Traversing} *)

  let filter_map f s =
    let b = Buffer.create (length s) in
    S.iter (fun c -> Option.iter (Buffer.add_char b) (f c)) s;
    Buffer.contents b

  let filter f s = filter_map (fun c -> if f c then Some c else None) s
  let map = S.map
  let mapi = S.mapi
  let fold_left = S.fold_left
  let fold_right = S.fold_right
  let iter = S.iter
  let iteri = S.iteri

  let or_invalid message = function Some v -> v | None -> invalid_arg message

  module Set = struct
    include Stdlib.Set.Make (S)

    let min_elt = min_elt_opt
    let get_min_elt set = or_invalid "empty set" (min_elt set)
    let max_elt = max_elt_opt
    let get_max_elt set = or_invalid "empty set" (max_elt set)
    let choose = choose_opt
    let get_any_elt set = or_invalid "empty set" (choose set)
    let find = find_opt
    let get s set = match find s set with Some s -> s | None -> invalid_arg (Printf.sprintf "element %S is not in the set" s)
    let of_stdlib_set set = set
    let to_stdlib_set set = set
    let pp ?(sep = Format.pp_print_cut) pp_element ppf set = Format.pp_print_list ~pp_sep:sep pp_element ppf (elements set)
    let dump ppf set = Format.fprintf ppf "@[<1>{%a}@]" (pp ~sep:Format.pp_print_space (fun ppf s -> Format.fprintf ppf "%S" s)) set
  end

  module Map = struct
    include Stdlib.Map.Make (S)

    let min_binding = min_binding_opt
    let get_min_binding map = or_invalid "empty map" (min_binding map)
    let max_binding = max_binding_opt
    let get_max_binding map = or_invalid "empty map" (max_binding map)
    let choose = choose_opt
    let get_any_binding map = or_invalid "empty map" (choose map)
    let find = find_opt
    let get key map = match find key map with Some v -> v | None -> invalid_arg (Printf.sprintf "key %S is not bound in the map" key)
    let of_list list = List.fold_left (fun map (key, v) -> add key v map) empty list
    let dom map = fold (fun key _ set -> Set.add key set) map Set.empty
    let of_stdlib_map map = map
    let to_stdlib_map map = map
    let pp ?(sep = Format.pp_print_cut) pp_binding ppf map = Format.pp_print_list ~pp_sep:sep pp_binding ppf (bindings map)

    let dump pp_value ppf map =
      Format.fprintf ppf "@[<1>{%a}@]" (pp ~sep:Format.pp_print_space (fun ppf (key, v) -> Format.fprintf ppf "@[<1>(%S,@ %a)@]" key pp_value v)) map

    let dump_string_map ppf map = dump (fun ppf s -> Format.fprintf ppf "%S" s) ppf map
  end

  type set = Set.t
  type +'a map = 'a Map.t

  let uniquify list =
    let _, kept = List.fold_left (fun (seen, kept) s -> if Set.mem s seen then (seen, kept) else (Set.add s seen, s :: kept)) (Set.empty, []) list in
    List.rev kept

  (* {1 US-ASCII} *)

  module Ascii = struct
    let is_valid s = for_all Char.Ascii.is_valid s
    let uppercase = S.uppercase_ascii
    let lowercase = S.lowercase_ascii
    let capitalize = S.capitalize_ascii
    let uncapitalize = S.uncapitalize_ascii
    let escape_with f s = S.concat "" (List.map f (List.of_seq (S.to_seq s)))
    let escape s = escape_with Char.Ascii.escape s
    let escape_string s = escape_with (function '"' -> "\\\"" | '\'' -> "'" | c -> Char.Ascii.escape_char c) s

    (* The character that a letter after a backslash stands for, if any. *)
    let unescape_with letter s =
      let n = length s in
      let b = Buffer.create n in
      let rec go i =
        if i >= n then Some (Buffer.contents b)
        else if s.[i] <> '\\' then begin
          Buffer.add_char b s.[i];
          go (i + 1)
        end
        else if i + 1 >= n then None
        else if s.[i + 1] = 'x' then
          if i + 3 < n && Char.Ascii.is_hex_digit s.[i + 2] && Char.Ascii.is_hex_digit s.[i + 3] then begin
            Buffer.add_char b (Char.of_byte (int_of_string ("0x" ^ S.sub s (i + 2) 2)));
            go (i + 4)
          end
          else None
        else
          match letter s.[i + 1] with
          | Some c ->
              Buffer.add_char b c;
              go (i + 2)
          | None -> None
      in
      go 0

    let unescape s = unescape_with (function '\\' -> Some '\\' | _ -> None) s

    let unescape_string s =
      unescape_with
        (function
          | 'b' -> Some '\b' | 't' -> Some '\t' | 'n' -> Some '\n' | 'r' -> Some '\r' | '\\' -> Some '\\' | '"' -> Some '"' | '\'' -> Some '\''
          | _ -> None)
        s
  end

  let pp = Format.pp_print_string
  let dump ppf s = Format.fprintf ppf "\"%s\"" (Ascii.escape_string s)

  module Sub = struct
    include Astring_sub

    let dump ppf s = dump ppf (to_string s)
  end

  type sub = Sub.t

  let sub = Sub.v
  let sub_with_range ?first ?len s = Sub.with_range ?first ?len (Sub.of_string s)
  let sub_with_index_range ?first ?last s = Sub.with_index_range ?first ?last (Sub.of_string s)

  (* {1 Conversions} *)

  let of_char c = S.make 1 c
  let to_char s = if length s = 1 then Some s.[0] else None
  let of_bool = string_of_bool
  let to_bool = bool_of_string_opt
  let of_int = string_of_int
  let to_int = int_of_string_opt
  let of_nativeint = Nativeint.to_string
  let to_nativeint = Nativeint.of_string_opt
  let of_int32 = Int32.to_string
  let to_int32 = Int32.of_string_opt
  let of_int64 = Int64.to_string
  let to_int64 = Int64.of_string_opt
  let of_float = string_of_float
  let to_float = float_of_string_opt
end
