(* Regular expressions by backtracking: the first alternative and the longest repetition that let the rest match. *)

(* Sets of characters: 32 bytes, a bit each. *)
module Charset = struct
  let create () = Bytes.make 32 '\000'

  let add set c =
    let n = Char.code c in
    Bytes.set set (n lsr 3) (Char.chr (Char.code (Bytes.get set (n lsr 3)) lor (1 lsl (n land 7))))

  let mem set c =
    let n = Char.code c in
    Char.code (Bytes.unsafe_get set (n lsr 3)) land (1 lsl (n land 7)) <> 0

  let of_pred f =
    let set = create () in
    for n = 0 to 255 do
      if f (Char.chr n) then add set (Char.chr n)
    done;
    set
end

type node =
  | Empty
  | Char of char
  | Set of bytes
  | Sequence of node list
  | Choice of node * node
  | Star of node
  | Plus of node
  | Option of node
  | Group of int * node
  | Reference of int
  | Line_start
  | Line_end
  | Word_boundary

type regexp = {
  node : node;
  groups : int;  (** with the whole match as number 0 *)
  fold : bool;
  first : bytes option;  (** what a match must begin with; [None]: it may be empty *)
}

(* {1 Reading} *)

type source = { text : string; fold_case : bool; mutable group_count : int; mutable most_referred : int }

let is_end s i = i >= String.length s.text
let starts_with s i c = i + 1 < String.length s.text && s.text.[i] = '\\' && s.text.[i + 1] = c
let lower c = Char.lowercase_ascii c

(* After [\[]. *)
let read_set s i =
  let set = Charset.create () in
  let length = String.length s.text in
  let fail () = failwith "[ class not closed by ]" in
  let complement = i < length && s.text.[i] = '^' in
  let start = if complement then i + 1 else i in
  let rec read i =
    if i >= length then fail ();
    let c = s.text.[i] in
    if c = ']' && i > start then i + 1
    else if i + 2 < length && s.text.[i + 1] = '-' && s.text.[i + 2] <> ']' then begin
      for n = Char.code c to Char.code s.text.[i + 2] do
        Charset.add set (Char.chr n)
      done;
      read (i + 3)
    end
    else begin
      Charset.add set c;
      read (i + 1)
    end
  in
  let next = read start in
  let mem c =
    if s.fold_case then Charset.mem set (lower c) || Charset.mem set (Char.uppercase_ascii c) else Charset.mem set c
  in
  (Set (Charset.of_pred (fun c -> mem c <> complement)), next)

let rec read_choice s i =
  let first, i = read_sequence s i in
  read_alternatives s first i

and read_alternatives s first i =
  if starts_with s i '|' then begin
    let second, i = read_sequence s (i + 2) in
    read_alternatives s (Choice (first, second)) i
  end
  else (first, i)

and read_sequence s i =
  let rec items found i =
    if is_end s i || starts_with s i '|' || starts_with s i ')' then (found, i)
    else begin
      let item, i = read_repeated s i in
      items (item :: found) i
    end
  in
  let found, i = items [] i in
  ((match found with [] -> Empty | [ item ] -> item | _ -> Sequence (List.rev found)), i)

and read_repeated s i =
  let rec suffixes node i =
    if is_end s i then (node, i)
    else
      match s.text.[i] with
      | '*' -> suffixes (Star node) (i + 1)
      | '+' -> suffixes (Plus node) (i + 1)
      | '?' -> suffixes (Option node) (i + 1)
      | _ -> (node, i)
  in
  let node, i = read_simple s i in
  suffixes node i

and read_simple s i =
  match s.text.[i] with
  | '\\' -> read_escape s (i + 1)
  | '[' -> read_set s (i + 1)
  | '^' -> (Line_start, i + 1)
  | '$' -> (Line_end, i + 1)
  | '.' -> (Set (Charset.of_pred (fun c -> c <> '\n')), i + 1)
  | c -> (Char c, i + 1)

and read_escape s i =
  if is_end s i then (Char '\\', i)
  else
    match s.text.[i] with
    | '(' ->
        let number = s.group_count in
        s.group_count <- number + 1;
        let node, i = read_choice s (i + 1) in
        if starts_with s i ')' then (Group (number, node), i + 2) else failwith "\\( group not closed by \\)"
    | '1' .. '9' as c ->
        let number = Char.code c - Char.code '0' in
        s.most_referred <- max s.most_referred number;
        (Reference number, i + 1)
    | 'b' -> (Word_boundary, i + 1)
    | c -> (Char c, i + 1)

(* {1 What a match begins with} The set, and whether the node may match nothing. *)

let union a b = Charset.of_pred (fun c -> Charset.mem a c || Charset.mem b c)
let none = Charset.create ()
let all = Charset.of_pred (fun _ -> true)

let rec first_of fold = function
  | Empty | Line_start | Line_end | Word_boundary -> (none, true)
  | Char c -> (Charset.of_pred (fun d -> if fold then lower c = lower d else c = d), false)
  | Set set -> (set, false)
  | Sequence nodes ->
      List.fold_left
        (fun (set, empty) node ->
          if not empty then (set, empty)
          else begin
            let next, empty = first_of fold node in
            (union set next, empty)
          end)
        (none, true) nodes
  | Choice (a, b) ->
      let first, empty = first_of fold a and second, empty' = first_of fold b in
      (union first second, empty || empty')
  | Star node | Option node -> (fst (first_of fold node), true)
  | Plus node | Group (_, node) -> first_of fold node
  | Reference _ -> (all, true)

let make fold text =
  let s = { text; fold_case = fold; group_count = 1; most_referred = 0 } in
  let node, i = read_choice s 0 in
  if not (is_end s i) then failwith "spurious \\) in regular expression";
  let set, empty = first_of fold node in
  (* A group that is only referred to counts as one that never matches. *)
  { node; groups = max s.group_count (s.most_referred + 1); fold; first = (if empty then None else Some set) }

let regexp text = make false text
let regexp_case_fold text = make true text

let quote s =
  let b = Buffer.create (2 * String.length s) in
  String.iter
    (fun c ->
      (match c with '[' | ']' | '*' | '.' | '\\' | '?' | '+' | '^' | '$' -> Buffer.add_char b '\\' | _ -> ());
      Buffer.add_char b c)
    s;
  Buffer.contents b

let literal fold s =
  let node = match String.length s with 0 -> Empty | 1 -> Char s.[0] | _ -> Sequence (List.map (fun c -> Char c) (List.of_seq (String.to_seq s))) in
  let set, empty = first_of fold node in
  { node; groups = 1; fold; first = (if empty then None else Some set) }

let regexp_string s = literal false s
let regexp_string_case_fold s = literal true s

(* {1 Matching} *)

exception Reached_end

type state = {
  subject : string;
  ignore_case : bool;
  starts : int array;
  ends : int array;
  partial : bool;  (** reaching the end of the string is success *)
}

(* What the string's end says where one more character is needed. *)
let at_end st = if st.partial then raise Reached_end else false
let same st a b = if st.ignore_case then lower a = lower b else a = b
let is_word c = match c with 'A' .. 'Z' | 'a' .. 'z' | '0' .. '9' | '_' | '\xc0' .. '\xd6' | '\xd8' .. '\xf6' | '\xf8' .. '\xff' -> true | _ -> false

(* A node that matches exactly one character. *)
let single st node c = match node with Char d -> same st c d | Set set -> Charset.mem set c | _ -> false
let is_single = function Char _ | Set _ -> true | _ -> false

(* [continue i] tries to match what follows from position [i]; a group that does not lead to a match is put back. *)
let rec matches st node i continue =
  let length = String.length st.subject in
  match node with
  | Empty -> continue i
  | Char _ | Set _ -> if i >= length then at_end st else single st node (String.unsafe_get st.subject i) && continue (i + 1)
  | Sequence nodes -> matches_all st nodes i continue
  | Choice (a, b) -> matches st a i continue || matches st b i continue
  | Option node -> matches st node i continue || continue i
  | Star node when is_single node -> repeat_single st node i i continue
  | Star node -> repeat st node i continue
  | Plus node when is_single node ->
      if i >= length then at_end st
      else single st node (String.unsafe_get st.subject i) && repeat_single st node (i + 1) (i + 1) continue
  | Plus node -> matches st node i (fun j -> repeat st node j continue)
  | Group (n, node) ->
      let old_start = st.starts.(n) and old_end = st.ends.(n) in
      st.starts.(n) <- i;
      matches st node i (fun j ->
          let inner_end = st.ends.(n) in
          st.ends.(n) <- j;
          continue j
          ||
          (st.ends.(n) <- inner_end;
           false))
      ||
      (st.starts.(n) <- old_start;
       st.ends.(n) <- old_end;
       false)
  | Reference n ->
      if st.starts.(n) < 0 || st.ends.(n) < 0 then false
      else same_text st st.starts.(n) st.ends.(n) i continue
  | Line_start -> (i = 0 || st.subject.[i - 1] = '\n') && continue i
  | Line_end -> (i = length || st.subject.[i] = '\n') && continue i
  | Word_boundary ->
      let before = i > 0 && is_word st.subject.[i - 1] in
      if length = 0 then at_end st else if i = length then before && continue i else before <> is_word st.subject.[i] && continue i

and matches_all st nodes i continue =
  match nodes with
  | [] -> continue i
  | [ node ] -> matches st node i continue
  | node :: rest -> matches st node i (fun j -> matches_all st rest j continue)

(* Letters of both cases are different here, whatever they are in the expression. *)
and same_text st from stop i continue =
  if from >= stop then continue i
  else if i >= String.length st.subject then at_end st
  else st.subject.[from] = st.subject.[i] && same_text st (from + 1) stop (i + 1) continue

(* As many single characters as there are, then fewer. *)
and repeat_single st node least i continue =
  if i < String.length st.subject && single st node (String.unsafe_get st.subject i) then repeat_single st node least (i + 1) continue
  else begin
    if i >= String.length st.subject && st.partial then raise Reached_end;
    fewer st least i continue
  end

and fewer st least i continue = continue i || (i > least && fewer st least (i - 1) continue)

(* A round that matches nothing is not made. *)
and repeat st node i continue = matches st node i (fun j -> j > i && repeat st node j continue) || continue i

(* The positions of the last match, all of its groups; empty after a search without success. *)
let last_starts = ref [||]

let last_ends = ref [||]

let try_at ?(partial = false) r s i =
  let st = { subject = s; ignore_case = r.fold; starts = Array.make r.groups (-1); ends = Array.make r.groups (-1); partial } in
  let finish j =
    st.starts.(0) <- i;
    st.ends.(0) <- j;
    true
  in
  let found =
    match matches st r.node i finish with
    | found -> found
    | exception Reached_end ->
        st.starts.(0) <- i;
        st.ends.(0) <- String.length s;
        true
  in
  if found then begin
    last_starts := st.starts;
    last_ends := st.ends
  end;
  found

let forget () =
  last_starts := [||];
  last_ends := [||]

let check name s i = if i < 0 || i > String.length s then invalid_arg name

let string_match r s i =
  check "Str.string_match" s i;
  try_at r s i
  ||
  (forget ();
   false)

let string_partial_match r s i =
  check "Str.string_partial_match" s i;
  try_at ~partial:true r s i
  ||
  (forget ();
   false)

let may_begin r s i =
  match r.first with None -> true | Some set -> i < String.length s && Charset.mem set (String.unsafe_get s i)

let search_from r s i step =
  let rec search i =
    if i < 0 || i > String.length s then begin
      forget ();
      raise Not_found
    end
    else if may_begin r s i && try_at r s i then i
    else search (i + step)
  in
  search i

let search_forward r s i =
  check "Str.search_forward" s i;
  search_from r s i 1

let search_backward r s i =
  check "Str.search_backward" s i;
  search_from r s i (-1)

(* {1 The last match} *)

let group_position name positions n =
  if n < 0 || n >= Array.length positions then invalid_arg name;
  if positions.(n) < 0 then raise Not_found;
  positions.(n)

let group_beginning n = group_position "Str.group_beginning" !last_starts n
let group_end n = group_position "Str.group_end" !last_ends n
let match_beginning () = group_beginning 0
let match_end () = group_end 0

let matched_group n s =
  if n < 0 || n >= Array.length !last_starts then invalid_arg "Str.matched_group";
  let start = !last_starts.(n) and stop = !last_ends.(n) in
  if start < 0 || stop < 0 then raise Not_found;
  String.sub s start (stop - start)

let matched_string s = matched_group 0 s

(* {1 Parts of strings} *)

let string_before s n = String.sub s 0 n
let string_after s n = String.sub s n (String.length s - n)
let first_chars = string_before
let last_chars s n = String.sub s (String.length s - n) n

(* {1 Replacing} *)

let replace_matched template s =
  let b = Buffer.create (String.length template) in
  let length = String.length template in
  let rec copy i =
    if i < length then
      match template.[i] with
      | '\\' ->
          if i + 1 >= length then failwith "Str.replace: illegal backslash sequence";
          (match template.[i + 1] with
          | '\\' -> Buffer.add_char b '\\'
          | '0' .. '9' as c -> (
              match matched_group (Char.code c - Char.code '0') s with
              | text -> Buffer.add_string b text
              | exception (Not_found | Invalid_argument _) -> failwith "Str.replace: reference to unmatched group")
          | c ->
              Buffer.add_char b '\\';
              Buffer.add_char b c);
          copy (i + 2)
      | c ->
          Buffer.add_char b c;
          copy (i + 1)
  in
  copy 0;
  Buffer.contents b

let search_opt r s i = match search_forward r s i with i -> Some i | exception Not_found -> None

(* After an empty match, the next one begins at least one character later. *)
let global_substitute r f s =
  let rec replace pieces start after_empty =
    let from = if after_empty then start + 1 else start in
    let last () = string_after s start :: pieces in
    if from > String.length s then last ()
    else
      match search_opt r s from with
      | None -> last ()
      | Some i ->
          let stop = match_end () in
          let text = f s in
          replace (text :: String.sub s start (i - start) :: pieces) stop (stop = i)
  in
  String.concat "" (List.rev (replace [] 0 false))

let substitute_first r f s =
  match search_opt r s 0 with
  | None -> s
  | Some i ->
      let stop = match_end () in
      let text = f s in
      String.concat "" [ string_before s i; text; string_after s stop ]

let global_replace r template s = global_substitute r (replace_matched template) s
let replace_first r template s = substitute_first r (replace_matched template) s

(* {1 Splitting} *)

(* The next match that ends after [start]. *)
let search_progress r s start =
  match search_opt r s start with
  | None -> None
  | Some _ as found -> if match_end () > start then found else if start < String.length s then search_opt r s (start + 1) else None

(* [limit]: positions from there on give no more parts. *)
let rec split_from r s limit parts start bound =
  if start >= limit then parts
  else if bound = 1 then string_after s start :: parts
  else
    match search_progress r s start with
    | None -> string_after s start :: parts
    | Some i -> split_from r s limit (String.sub s start (i - start) :: parts) (match_end ()) (bound - 1)

let bounded_split r s bound =
  let start = if string_match r s 0 then match_end () else 0 in
  List.rev (split_from r s (String.length s) [] start bound)

let split r s = bounded_split r s 0
let bounded_split_delim r s bound = if s = "" then [] else List.rev (split_from r s (String.length s + 1) [] 0 bound)
let split_delim r s = bounded_split_delim r s 0

type split_result = Text of string | Delim of string

let bounded_full_split r s bound =
  let rec split parts start bound =
    if start >= String.length s then parts
    else if bound = 1 then Text (string_after s start) :: parts
    else
      match search_progress r s start with
      | None -> Text (string_after s start) :: parts
      | Some i ->
          let parts = if i > start then Text (String.sub s start (i - start)) :: parts else parts in
          split (Delim (matched_string s) :: parts) (match_end ()) (bound - 1)
  in
  List.rev (split [] 0 bound)

let full_split r s = bounded_full_split r s 0
