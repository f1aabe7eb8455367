(* Windows into memory outside the heap: what drivers and protocols read and write. Every access is checked against the window. *)

type buffer = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type t = { buffer : buffer; off : int; len : int }
type byte = char
type uint8 = int
type uint16 = int
type uint32 = int32
type uint64 = int64

module Array1 = Bigarray.Array1

(* Unchecked and in the machine's byte order; the checks are made here, against the window. *)
external load8 : buffer -> int -> char = "%caml_ba_unsafe_ref_1"
external store8 : buffer -> int -> char -> unit = "%caml_ba_unsafe_set_1"
external load16 : buffer -> int -> int = "%caml_bigstring_get16u"
external store16 : buffer -> int -> int -> unit = "%caml_bigstring_set16u"
external load32 : buffer -> int -> int32 = "%caml_bigstring_get32u"
external store32 : buffer -> int -> int32 -> unit = "%caml_bigstring_set32u"
external load64 : buffer -> int -> int64 = "%caml_bigstring_get64u"
external store64 : buffer -> int -> int64 -> unit = "%caml_bigstring_set64u"
external bytes_load64 : bytes -> int -> int64 = "%caml_bytes_get64u"
external bytes_store64 : bytes -> int -> int64 -> unit = "%caml_bytes_set64u"
external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"

(* {1 Errors} *)

let window t = Printf.sprintf "[%d,%d](%d)" t.off t.len (Array1.dim t.buffer)
let debug = window
let invalid fmt = Printf.ksprintf invalid_arg fmt
let out_of_bounds name t off len = invalid "invalid bounds in Cstruct.%s %s off=%d len=%d" name (window t) off len
let[@inline] check name t off len = if off < 0 || off > t.len - len then out_of_bounds name t off len

(* {1 Making} *)

let create_unsafe len = { buffer = Array1.create Bigarray.char Bigarray.c_layout len; off = 0; len }

let create len =
  let t = create_unsafe len in
  Array1.fill t.buffer '\000';
  t

let empty = create_unsafe 0

let of_bigarray ?(off = 0) ?len buffer =
  let dim = Array1.dim buffer in
  let len = match len with None -> dim - off | Some len -> len in
  if off < 0 || len < 0 || off > dim - len then invalid "Cstruct.of_bigarray off=%d len=%d" off len;
  { buffer; off; len }

let buffer = of_bigarray
let to_bigarray t = Array1.sub t.buffer t.off t.len

(* {1 Windows} *)

let length t = t.len
let is_empty t = t.len = 0
let start_pos t = t.off
let stop_pos t = t.off + t.len

let sub t off len =
  if off < 0 || len < 0 || off > t.len - len then invalid "Cstruct.sub: %s off=%d len=%d" (window t) off len;
  { t with off = t.off + off; len }

let shift t n =
  if n < 0 || n > t.len then invalid "Cstruct.shift %s %d" (window t) n;
  { t with off = t.off + n; len = t.len - n }

let split ?(start = 0) t off =
  if start < 0 || off < 0 || start > t.len - off then invalid "Cstruct.split %s start=%d off=%d" (window t) start off;
  (sub t start off, shift t (start + off))

let check_bounds t len = len >= 0 && t.len >= len

(* The address of a buffer is unknown to the program; all begin on a boundary of 8 bytes. *)
let check_alignment t alignment =
  if alignment <= 0 then invalid_arg "check_alignment must be positive integer";
  alignment land (alignment - 1) = 0 && alignment <= 8 && t.off land (alignment - 1) = 0

(* {1 Single values} *)

let byte = Char.chr
let byte_to_int = Char.code

let get_char t i =
  check "get_char" t i 1;
  load8 t.buffer (t.off + i)

let set_char t i c =
  check "set_char" t i 1;
  store8 t.buffer (t.off + i) c

let get_uint8 t i =
  check "get_uint8" t i 1;
  Char.code (load8 t.buffer (t.off + i))

let set_uint8 t i v =
  check "set_uint8" t i 1;
  store8 t.buffer (t.off + i) (Char.unsafe_chr (v land 0xff))

let get t i = if i < 0 || i >= t.len then invalid_arg "index out of bounds" else load8 t.buffer (t.off + i)
let get_byte t i = Char.code (get t i)

module LE = struct
  let get_uint16 t i =
    check "LE.get_uint16" t i 2;
    let v = load16 t.buffer (t.off + i) in
    if Sys.big_endian then swap16 v else v

  let set_uint16 t i v =
    check "LE.set_uint16" t i 2;
    store16 t.buffer (t.off + i) (if Sys.big_endian then swap16 v else v)

  let get_uint32 t i =
    check "LE.get_uint32" t i 4;
    let v = load32 t.buffer (t.off + i) in
    if Sys.big_endian then swap32 v else v

  let set_uint32 t i v =
    check "LE.set_uint32" t i 4;
    store32 t.buffer (t.off + i) (if Sys.big_endian then swap32 v else v)

  let get_uint64 t i =
    check "LE.get_uint64" t i 8;
    let v = load64 t.buffer (t.off + i) in
    if Sys.big_endian then swap64 v else v

  let set_uint64 t i v =
    check "LE.set_uint64" t i 8;
    store64 t.buffer (t.off + i) (if Sys.big_endian then swap64 v else v)
end

module BE = struct
  let get_uint16 t i =
    check "BE.get_uint16" t i 2;
    let v = load16 t.buffer (t.off + i) in
    if Sys.big_endian then v else swap16 v

  let set_uint16 t i v =
    check "BE.set_uint16" t i 2;
    store16 t.buffer (t.off + i) (if Sys.big_endian then v else swap16 v)

  let get_uint32 t i =
    check "BE.get_uint32" t i 4;
    let v = load32 t.buffer (t.off + i) in
    if Sys.big_endian then v else swap32 v

  let set_uint32 t i v =
    check "BE.set_uint32" t i 4;
    store32 t.buffer (t.off + i) (if Sys.big_endian then v else swap32 v)

  let get_uint64 t i =
    check "BE.get_uint64" t i 8;
    let v = load64 t.buffer (t.off + i) in
    if Sys.big_endian then v else swap64 v

  let set_uint64 t i v =
    check "BE.set_uint64" t i 8;
    store64 t.buffer (t.off + i) (if Sys.big_endian then v else swap64 v)
end

module HE = struct
  let get_uint16 t i =
    check "HE.get_uint16" t i 2;
    load16 t.buffer (t.off + i)

  let set_uint16 t i v =
    check "HE.set_uint16" t i 2;
    store16 t.buffer (t.off + i) v

  let get_uint32 t i =
    check "HE.get_uint32" t i 4;
    load32 t.buffer (t.off + i)

  let set_uint32 t i v =
    check "HE.set_uint32" t i 4;
    store32 t.buffer (t.off + i) v

  let get_uint64 t i =
    check "HE.get_uint64" t i 8;
    load64 t.buffer (t.off + i)

  let set_uint64 t i v =
    check "HE.set_uint64" t i 8;
    store64 t.buffer (t.off + i) v
end

(* {1 Copying} Eight bytes at a time; forwards, or backwards where that would overwrite what is still to be read. *)

let move src src_off dst dst_off len =
  if src == dst && src_off < dst_off && dst_off < src_off + len then begin
    let left = ref len in
    while !left >= 8 do
      left := !left - 8;
      store64 dst (dst_off + !left) (load64 src (src_off + !left))
    done;
    while !left > 0 do
      decr left;
      store8 dst (dst_off + !left) (load8 src (src_off + !left))
    done
  end
  else begin
    let whole = len land lnot 7 in
    let i = ref 0 in
    while !i < whole do
      store64 dst (dst_off + !i) (load64 src (src_off + !i));
      i := !i + 8
    done;
    for i = whole to len - 1 do
      store8 dst (dst_off + i) (load8 src (src_off + i))
    done
  end

let bytes_in src src_off dst dst_off len =
  let whole = len land lnot 7 in
  let i = ref 0 in
  while !i < whole do
    store64 dst (dst_off + !i) (bytes_load64 src (src_off + !i));
    i := !i + 8
  done;
  for i = whole to len - 1 do
    store8 dst (dst_off + i) (Bytes.unsafe_get src (src_off + i))
  done

let bytes_out src src_off dst dst_off len =
  let whole = len land lnot 7 in
  let i = ref 0 in
  while !i < whole do
    bytes_store64 dst (dst_off + !i) (load64 src (src_off + !i));
    i := !i + 8
  done;
  for i = whole to len - 1 do
    Bytes.unsafe_set dst (dst_off + i) (load8 src (src_off + i))
  done

let blit src src_off dst dst_off len =
  if len < 0 || src_off < 0 || src_off > src.len - len then
    invalid "Cstruct.blit src=%s dst=%s src-off=%d len=%d" (window src) (window dst) src_off len
  else if dst_off < 0 || dst_off > dst.len - len then
    invalid "Cstruct.blit src=%s dst=%s dst-off=%d len=%d" (window src) (window dst) dst_off len
  else move src.buffer (src.off + src_off) dst.buffer (dst.off + dst_off) len

let sub_copy t off len =
  let source = sub t off len in
  let copy = create_unsafe len in
  blit source 0 copy 0 len;
  copy

let blit_from name src src_off dst dst_off len =
  if len < 0 || src_off < 0 || src_off > Bytes.length src - len then
    invalid "Cstruct.%s src=[%d] dst=%s src-off=%d len=%d" name (Bytes.length src) (window dst) src_off len
  else if dst_off < 0 || dst_off > dst.len - len then
    invalid "Cstruct.%s src=[%d] dst=%s dst-off=%d len=%d" name (Bytes.length src) (window dst) dst_off len
  else bytes_in src src_off dst.buffer (dst.off + dst_off) len

(* The string is only read. *)
let blit_from_string src = blit_from "blit_from_string" (Bytes.unsafe_of_string src)
let blit_from_bytes src = blit_from "blit_from_bytes" src

let blit_to_bytes src src_off dst dst_off len =
  if len < 0 || src_off < 0 || src_off > src.len - len then
    invalid "Cstruct.blit_to_bytes src=%s dst=[%d] src-off=%d len=%d" (window src) (Bytes.length dst) src_off len
  else if dst_off < 0 || dst_off > Bytes.length dst - len then
    invalid "Cstruct.blit_to_bytes src=%s dst=[%d] dst-off=%d len=%d" (window src) (Bytes.length dst) dst_off len
  else bytes_out src.buffer (src.off + src_off) dst dst_off len

let memset t v =
  let v = v land 0xff in
  let word = Int64.mul (Int64.of_int v) 0x0101010101010101L in
  let whole = t.len land lnot 7 in
  let i = ref 0 in
  while !i < whole do
    store64 t.buffer (t.off + !i) word;
    i := !i + 8
  done;
  for i = whole to t.len - 1 do
    store8 t.buffer (t.off + i) (Char.unsafe_chr v)
  done

let copy t off len =
  if off < 0 || len < 0 || off > t.len - len then invalid "Cstruct.copy %s off=%d len=%d" (window t) off len;
  let b = Bytes.create len in
  bytes_out t.buffer (t.off + off) b 0 len;
  Bytes.unsafe_to_string b

let to_string ?(off = 0) ?len t = copy t off (match len with None -> t.len - off | Some len -> len)
let to_bytes ?off ?len t = Bytes.unsafe_of_string (to_string ?off ?len t)

let of_data blit length ?(allocator = create) ?(off = 0) ?len data =
  let len = match len with None -> length data - off | Some len -> len in
  let t = allocator len in
  blit data off t 0 len;
  sub t 0 len

let of_string ?allocator ?off ?len s = of_data blit_from_string String.length ?allocator ?off ?len s
let of_bytes ?allocator ?off ?len b = of_data blit_from_bytes Bytes.length ?allocator ?off ?len b

let string ?(off = 0) ?len s =
  let n = String.length s in
  let len = match len with None -> n - off | Some len -> len in
  if off < 0 || len < 0 || off > n - len then invalid_arg "index out of bounds";
  of_string ~off ~len s

(* {1 Hexadecimal} *)

let is_white = function ' ' | '\t' | '\r' | '\n' -> true | _ -> false

let of_hex ?(off = 0) ?len s =
  let len = match len with None -> String.length s - off | Some len -> len in
  let s = if off = 0 && len = String.length s then s else String.sub s off len in
  let digit i =
    match s.[i] with
    | '0' .. '9' as c -> Char.code c - Char.code '0'
    | 'a' .. 'f' as c -> Char.code c - Char.code 'a' + 10
    | 'A' .. 'F' as c -> Char.code c - Char.code 'A' + 10
    | c -> invalid "of_hex: invalid character at pos %d: %C" i c
  in
  let digits = ref 0 in
  String.iter (fun c -> if not (is_white c) then incr digits) s;
  let t = create ((!digits + 1) / 2) in
  let count = ref 0 in
  String.iteri
    (fun i c ->
      if not (is_white c) then begin
        let d = digit i in
        let at = !count / 2 in
        if !count land 1 = 0 then set_uint8 t at (d lsl 4) else set_uint8 t at (get_uint8 t at lor d);
        incr count
      end)
    s;
  if !count land 1 = 1 then invalid_arg "of_hex: odd numbers of characters";
  t

let to_hex_string ?(off = 0) ?len t =
  let len = match len with None -> t.len - off | Some len -> len in
  if off < 0 || len < 0 || off > t.len - len then invalid "Cstruct.to_hex_string %s off=%d len=%d" (window t) off len;
  let digit v = if v < 10 then Char.unsafe_chr (Char.code '0' + v) else Char.unsafe_chr (Char.code 'a' + v - 10) in
  String.init (2 * len) (fun i ->
      let v = get_uint8 t (off + (i / 2)) in
      digit (if i land 1 = 0 then v lsr 4 else v land 15))

(* Sixteen bytes a line in two groups; [line] ends a line. *)
let dump ~print ~line t =
  for i = 0 to t.len - 1 do
    print (Printf.sprintf "%02x" (get_uint8 t i));
    if i mod 16 = 15 then line ()
    else if i < t.len - 1 then print (if i mod 16 = 7 then "  " else " ")
  done

let hexdump_pp ppf t =
  Format.pp_open_vbox ppf 0;
  dump ~print:(Format.pp_print_string ppf) ~line:(Format.pp_print_cut ppf) t;
  Format.pp_close_box ppf ()

let hexdump_to_buffer b t =
  Buffer.add_char b '\n';
  dump ~print:(Buffer.add_string b) ~line:(fun () -> Buffer.add_char b '\n') t;
  Buffer.add_char b '\n'

let hexdump t =
  let b = Buffer.create 256 in
  hexdump_to_buffer b t;
  print_string (Buffer.contents b)

(* {1 Comparing} *)

let equal a b =
  a.len = b.len
  &&
  let whole = a.len land lnot 7 in
  let rec words i = i >= whole || (Int64.equal (load64 a.buffer (a.off + i)) (load64 b.buffer (b.off + i)) && words (i + 8)) in
  let rec bytes i = i >= a.len || (load8 a.buffer (a.off + i) = load8 b.buffer (b.off + i) && bytes (i + 1)) in
  words 0 && bytes whole

(* Shorter windows come first; those of one length are in lexicographic order. *)
let compare a b =
  let rec go i =
    if i = a.len then 0
    else
      let c = Char.compare (load8 a.buffer (a.off + i)) (load8 b.buffer (b.off + i)) in
      if c = 0 then go (i + 1) else if c < 0 then -1 else 1
  in
  match Int.compare a.len b.len with 0 -> go 0 | c -> c

(* {1 Lists} *)

let sum_lengths ~caller ts =
  List.fold_left
    (fun sum t ->
      let sum = sum + t.len in
      if sum < 0 then invalid "%s: the sum of the lengths does not fit" caller;
      sum)
    0 ts

let lenv ts = sum_lengths ~caller:"Cstruct.lenv" ts

let copyv ts =
  let b = Bytes.create (sum_lengths ~caller:"Cstruct.copyv" ts) in
  ignore
    (List.fold_left
       (fun off t ->
         bytes_out t.buffer t.off b off t.len;
         off + t.len)
       0 ts);
  Bytes.unsafe_to_string b

let rec fill_from src dst filled =
  match src with
  | [] -> (filled, [])
  | t :: rest ->
      let room = dst.len - filled in
      if t.len <= room then begin
        blit t 0 dst filled t.len;
        fill_from rest dst (filled + t.len)
      end
      else begin
        blit t 0 dst filled room;
        (dst.len, shift t room :: rest)
      end

let fillv ~src ~dst = fill_from src dst 0

let rec shiftv ts n =
  match ts with
  | [] when n > 0 -> invalid "Cstruct.shiftv short by %d" n
  | [] -> []
  | t :: rest when n >= t.len -> shiftv rest (n - t.len)
  | t :: rest -> shift t n :: rest

let append a b =
  let t = create_unsafe (sum_lengths ~caller:"Cstruct.append" [ a; b ]) in
  blit a 0 t 0 a.len;
  blit b 0 t a.len b.len;
  t

let concat = function
  | [] -> create_unsafe 0
  | [ t ] -> t
  | ts ->
      let whole = create_unsafe (sum_lengths ~caller:"Cstruct.concat" ts) in
      ignore
        (List.fold_left
           (fun off t ->
             blit t 0 whole off t.len;
             off + t.len)
           0 ts);
      whole

let init len f =
  let t = create_unsafe len in
  for i = 0 to len - 1 do
    store8 t.buffer i (f i)
  done;
  t

let rev t = init t.len (fun i -> get_char t (t.len - 1 - i))

(* {1 Iterating over messages} *)

type 'a iter = unit -> 'a option

(* [length t] is how long the message at the beginning of [t] is, [None] to stop. *)
let iter length parse t =
  let rest = ref t in
  fun () ->
    if !rest.len = 0 then None
    else
      match length !rest with
      | None -> None
      | Some n when n < 0 || n > !rest.len -> invalid "Cstruct.iter %s i=%d len=%d" (window !rest) n n
      | Some n ->
          let message = sub !rest 0 n in
          rest := shift !rest n;
          Some (parse message)

let rec fold f next accumulator = match next () with None -> accumulator | Some v -> fold f next (f accumulator v)

(* {1 As text} *)

let head ?(rev = false) t = if t.len = 0 then None else Some (get_char t (if rev then t.len - 1 else 0))
let tail ?(rev = false) t = if t.len = 0 then t else if rev then sub t 0 (t.len - 1) else shift t 1

let is_at t at affix =
  let rec go i = i = affix.len || (get_char t (at + i) = get_char affix i && go (i + 1)) in
  go 0

let is_prefix ~affix t = affix.len <= t.len && is_at t 0 affix
let is_suffix ~affix t = affix.len <= t.len && is_at t (t.len - affix.len) affix

(* The first place (the last with [rev]) where [sub] is. *)
let find_position ?(rev = false) ~sub t =
  let last = t.len - sub.len in
  let rec up i = if i > last then None else if is_at t i sub then Some i else up (i + 1) in
  let rec down i = if i < 0 then None else if is_at t i sub then Some i else down (i - 1) in
  if rev then down last else up 0

let is_infix ~affix t = find_position ~sub:affix t <> None

let for_all f t =
  let rec go i = i = t.len || (f (get_char t i) && go (i + 1)) in
  go 0

let exists f t = not (for_all (fun c -> not (f c)) t)
let start t = sub t 0 0
let stop t = sub t t.len 0
let is_blank = function ' ' | '\t' .. '\r' -> true | _ -> false

let trim ?(drop = is_blank) t =
  let rec first i = if i < t.len && drop (get_char t i) then first (i + 1) else i in
  let rec last i = if i > 0 && drop (get_char t (i - 1)) then last (i - 1) else i in
  let from = first 0 in
  if from = t.len then sub t 0 0
  else
    let until = last t.len in
    sub t from (until - from)

(* How many characters from the beginning (from the end with [rev]) satisfy [sat], at most [max]; none when fewer than [min]. *)
let span_length ~rev ~min ~max ~sat t =
  if min < 0 then invalid_arg "span: negative min";
  if max < 0 then invalid_arg "span: negative max";
  let limit = Stdlib.min max t.len in
  let rec count n = if n < limit && sat (get_char t (if rev then t.len - 1 - n else n)) then count (n + 1) else n in
  let n = count 0 in
  if n < min then 0 else n

let span ?(rev = false) ?(min = 0) ?(max = max_int) ?(sat = fun _ -> true) t =
  let n = span_length ~rev ~min ~max ~sat t in
  if rev then (sub t 0 (t.len - n), shift t (t.len - n)) else (sub t 0 n, shift t n)

let take ?(rev = false) ?min ?max ?sat t = (if rev then snd else fst) (span ~rev ?min ?max ?sat t)
let drop ?(rev = false) ?min ?max ?sat t = (if rev then fst else snd) (span ~rev ?min ?max ?sat t)

let cut ?rev ~sep t =
  if sep.len = 0 then invalid_arg "cut: empty separator";
  Option.map (fun at -> (sub t 0 at, shift t (at + sep.len))) (find_position ?rev ~sub:sep t)

let cuts ?(rev = false) ?(empty = true) ~sep t =
  if sep.len = 0 then invalid_arg "cuts: empty separator";
  let add part parts = if empty || part.len > 0 then part :: parts else parts in
  let rec from_left t parts =
    match cut ~sep t with None -> List.rev (add t parts) | Some (part, rest) -> from_left rest (add part parts)
  in
  let rec from_right t parts =
    match cut ~rev:true ~sep t with None -> add t parts | Some (rest, part) -> from_right rest (add part parts)
  in
  if rev then from_right t [] else from_left t []

let fields ?(empty = false) ?(is_sep = is_blank) t =
  let add from until parts = if empty || until > from then sub t from (until - from) :: parts else parts in
  let rec go from i parts =
    if i = t.len then List.rev (add from i parts) else if is_sep (get_char t i) then go (i + 1) (i + 1) (add from i parts) else go from (i + 1) parts
  in
  go 0 0 []

let find ?(rev = false) f t =
  let rec up i = if i >= t.len then None else if f (get_char t i) then Some (sub t i 1) else up (i + 1) in
  let rec down i = if i < 0 then None else if f (get_char t i) then Some (sub t i 1) else down (i - 1) in
  if rev then down (t.len - 1) else up 0

let find_sub ?rev ~sub:wanted t = Option.map (fun at -> sub t at wanted.len) (find_position ?rev ~sub:wanted t)

let filter_map f t =
  let result = create_unsafe t.len in
  let n = ref 0 in
  for i = 0 to t.len - 1 do
    match f (get_char t i) with
    | Some c ->
        set_char result !n c;
        incr n
    | None -> ()
  done;
  sub result 0 !n

let filter f t = filter_map (fun c -> if f c then Some c else None) t
let map f t = init t.len (fun i -> f (get_char t i))
let mapi f t = init t.len (fun i -> f i (get_char t i))
