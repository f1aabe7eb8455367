(* Parts of strings that are not copied: a base string and two positions in it, from 0 to its length. *)

module S = Stdlib.String

type t = { base : string; start : int; stop : int }

let invalid fmt = Printf.ksprintf invalid_arg fmt
let make base start stop = { base; start; stop }
let empty = make "" 0 0

let v ?(start = 0) ?stop base =
  let n = S.length base in
  let stop = Option.value stop ~default:n in
  if start < 0 || start > n then invalid "%d is no position of a string of length %d" start n;
  if stop < 0 || stop > n then invalid "%d is no position of a string of length %d" stop n;
  if stop < start then invalid "the part stops at %d, before its start at %d" stop start;
  make base start stop

let of_string base = make base 0 (S.length base)
let start_pos s = s.start
let stop_pos s = s.stop
let base_string s = s.base
let length s = s.stop - s.start
let is_empty s = s.start = s.stop
let to_string s = if s.start = 0 && s.stop = S.length s.base then s.base else S.sub s.base s.start (length s)
let rebase s = of_string (to_string s)
let hash s = Hashtbl.hash s
let unsafe_get s i = S.unsafe_get s.base (s.start + i)

let get s i =
  if i < 0 || i >= length s then invalid "%d is no index of a part of length %d" i (length s);
  unsafe_get s i

let unsafe_get_byte s i = Char.code (unsafe_get s i)
let get_byte s i = Char.code (get s i)
let head ?(rev = false) s = if is_empty s then None else Some (unsafe_get s (if rev then length s - 1 else 0))
let get_head ?rev s = match head ?rev s with Some c -> c | None -> invalid_arg "empty string"

(* {1 Stretching} *)

let start s = { s with stop = s.start }
let stop s = { s with start = s.stop }
let base s = of_string s.base
let tail ?(rev = false) s = if is_empty s then s else if rev then { s with stop = s.stop - 1 } else { s with start = s.start + 1 }
let all _ = true
let check_max max = if max < 0 then invalid "negative max: %d" max

(* How many of the next bytes, at most [limit], satisfy [sat]; [at] gives the k-th. *)
let count limit sat at =
  let rec go k = if k < limit && sat (at k) then go (k + 1) else k in
  go 0

let extend ?(rev = false) ?(max = max_int) ?(sat = all) s =
  check_max max;
  if rev then { s with start = s.start - count (min max s.start) sat (fun k -> s.base.[s.start - 1 - k]) }
  else { s with stop = s.stop + count (min max (S.length s.base - s.stop)) sat (fun k -> s.base.[s.stop + k]) }

let reduce ?(rev = false) ?(max = max_int) ?(sat = all) s =
  check_max max;
  let limit = min max (length s) in
  if rev then { s with start = s.start + count limit sat (fun k -> s.base.[s.start + k]) }
  else { s with stop = s.stop - count limit sat (fun k -> s.base.[s.stop - 1 - k]) }

let same_base a b = a.base == b.base
let check_base a b = if not (same_base a b) then invalid "parts of different strings: %S and %S" a.base b.base

let extent a b =
  check_base a b;
  make a.base (min a.start b.start) (max a.stop b.stop)

let overlap a b =
  check_base a b;
  let start = max a.start b.start and stop = min a.stop b.stop in
  if stop < start then None else Some (make a.base start stop)

let append a b = of_string (to_string a ^ to_string b)
let concat ?(sep = empty) list = of_string (S.concat (to_string sep) (List.map to_string list))

(* {1 Comparing} *)

(* Whether the bytes of [sub] are in the base of [s] from a position on. *)
let is_at s at sub =
  let n = length sub in
  let rec go i = i = n || (Char.equal s.base.[at + i] (unsafe_get sub i) && go (i + 1)) in
  go 0

let is_prefix ~affix s = length affix <= length s && is_at s s.start affix
let is_suffix ~affix s = length affix <= length s && is_at s (s.stop - length affix) affix
let equal_bytes a b = length a = length b && is_at a a.start b
let compare_bytes a b = S.compare (to_string a) (to_string b)

let equal a b =
  check_base a b;
  a.start = b.start && a.stop = b.stop

let compare a b =
  check_base a b;
  match Int.compare a.start b.start with 0 -> Int.compare a.stop b.stop | c -> c

(* {1 Searching} *)

let position ?(rev = false) f s =
  let rec up i = if i >= s.stop then None else if f s.base.[i] then Some i else up (i + 1) in
  let rec down i = if i < s.start then None else if f s.base.[i] then Some i else down (i - 1) in
  if rev then down (s.stop - 1) else up s.start

let position_of_sub ?(rev = false) ~sub s =
  let last = s.stop - length sub in
  let rec up i = if i > last then None else if is_at s i sub then Some i else up (i + 1) in
  let rec down i = if i < s.start then None else if is_at s i sub then Some i else down (i - 1) in
  if rev then down last else up s.start

let find ?rev f s = Option.map (fun i -> make s.base i (i + 1)) (position ?rev f s)
let find_sub ?rev ~sub s = Option.map (fun i -> make s.base i (i + length sub)) (position_of_sub ?rev ~sub s)
let is_infix ~affix s = Option.is_some (position_of_sub ~sub:affix s)
let exists f s = Option.is_some (position f s)
let for_all f s = not (exists (fun c -> not (f c)) s)

(* {1 Parts of parts} *)

(* From a zero-based index up to another one, as far as there is something. *)
let part s first stop =
  let n = length s in
  if stop <= first || first >= n || stop <= 0 then if first >= n then { s with start = s.stop } else { s with start = s.start + max 0 first; stop = s.start + max 0 first }
  else make s.base (s.start + max 0 first) (s.start + min n stop)

let with_range ?(first = 0) ?(len = max_int) s =
  if len < 0 then invalid "negative length: %d" len;
  part s first (if len > length s - first then length s else first + len)

let with_index_range ?(first = 0) ?last s =
  let last = Option.value last ~default:(length s - 1) in
  part s first (if last >= length s then length s else last + 1)

let trim ?(drop = fun c -> c = ' ' || ('\t' <= c && c <= '\r')) s =
  let kept c = not (drop c) in
  match (position kept s, position ~rev:true kept s) with
  | Some first, Some last -> make s.base first (last + 1)
  | _ ->
      let middle = (s.start + s.stop) / 2 in
      make s.base middle middle

let span ?(rev = false) ?(min = 0) ?(max = max_int) ?(sat = all) s =
  if min < 0 then invalid "negative min: %d" min;
  check_max max;
  let limit = Int.min max (length s) in
  let k = count limit sat (fun k -> if rev then s.base.[s.stop - 1 - k] else s.base.[s.start + k]) in
  let k = if k < min then 0 else k in
  let at = if rev then s.stop - k else s.start + k in
  (make s.base s.start at, make s.base at s.stop)

let take ?(rev = false) ?min ?max ?sat s = (if rev then snd else fst) (span ~rev ?min ?max ?sat s)
let drop ?(rev = false) ?min ?max ?sat s = (if rev then fst else snd) (span ~rev ?min ?max ?sat s)

let cut ?rev ~sep s =
  if is_empty sep then invalid_arg "the separator is empty";
  Option.map (fun at -> (make s.base s.start at, make s.base (at + length sep) s.stop)) (position_of_sub ?rev ~sub:sep s)

let cuts ?(rev = false) ?(empty = true) ~sep s =
  if is_empty sep then invalid_arg "the separator is empty";
  let add part parts = if empty || not (is_empty part) then part :: parts else parts in
  let rec from_left s parts = match cut ~sep s with None -> List.rev (add s parts) | Some (part, rest) -> from_left rest (add part parts) in
  let rec from_right s parts = match cut ~rev:true ~sep s with None -> add s parts | Some (rest, part) -> from_right rest (add part parts) in
  if rev then from_right s [] else from_left s []

let fields ?(empty = true) ?(is_sep = fun c -> c = ' ' || ('\t' <= c && c <= '\r')) s =
  let add from until parts = if empty || until > from then make s.base from until :: parts else parts in
  let rec go from i parts =
    if i = s.stop then List.rev (add from i parts) else if is_sep s.base.[i] then go (i + 1) (i + 1) (add from i parts) else go from (i + 1) parts
  in
  go s.start s.start []

(* {1 Traversing} *)

let filter_map f s =
  let b = Buffer.create (length s) in
  for i = s.start to s.stop - 1 do
    Option.iter (Buffer.add_char b) (f s.base.[i])
  done;
  of_string (Buffer.contents b)

let filter f s = filter_map (fun c -> if f c then Some c else None) s
let mapi f s = of_string (S.init (length s) (fun i -> f i (unsafe_get s i)))
let map f s = mapi (fun _ c -> f c) s

let iteri f s =
  for i = 0 to length s - 1 do
    f i (unsafe_get s i)
  done

let iter f s = iteri (fun _ c -> f c) s

let fold_left f accumulator s =
  let rec go accumulator i = if i = s.stop then accumulator else go (f accumulator s.base.[i]) (i + 1) in
  go accumulator s.start

let fold_right f s accumulator =
  let rec go i accumulator = if i < s.start then accumulator else go (i - 1) (f s.base.[i] accumulator) in
  go (s.stop - 1) accumulator

(* {1 Printing} *)

let pp ppf s = Format.pp_print_string ppf (to_string s)

let dump_raw ppf s =
  Format.fprintf ppf "@[<1>(@[<1>(base@ %S)@]@ @[<1>(start@ %d)@]@ @[<1>(stop@ %d)@])@]" s.base s.start s.stop

(* {1 Conversions} *)

let of_char c = of_string (S.make 1 c)
let to_char s = if length s = 1 then Some (unsafe_get s 0) else None
let of_bool b = of_string (string_of_bool b)
let to_bool s = bool_of_string_opt (to_string s)
let of_int n = of_string (string_of_int n)
let to_int s = int_of_string_opt (to_string s)
let of_nativeint n = of_string (Nativeint.to_string n)
let to_nativeint s = Nativeint.of_string_opt (to_string s)
let of_int32 n = of_string (Int32.to_string n)
let to_int32 s = Int32.of_string_opt (to_string s)
let of_int64 n = of_string (Int64.to_string n)
let to_int64 s = Int64.of_string_opt (to_string s)
let of_float f = of_string (string_of_float f)
let to_float s = float_of_string_opt (to_string s)
