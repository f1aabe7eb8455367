(* Polymorphic comparison and equality. The order is OCaml's: integers before blocks, blocks by tag, then by size, then field by
   field; floats with NaN equal to itself and below all others under [compare] and unordered otherwise; objects by identity.
   What is still to be compared is kept in the heap, so that deep values do not need a deep stack. *)

open Primitives_base

type value

external any : 'a -> value = "%identity"
external is_int : value -> bool = "%obj_is_int"
external to_int : value -> int = "%identity"
external to_float : value -> float = "%identity"
external to_string : value -> string = "%identity"
external to_custom : value -> Primitives_custom.block = "%identity"
external tag : value -> int = "%morgana_tag"
external size : value -> int = "%morgana_size"
external field : value -> int -> value = "%morgana_field"
external float_field : value -> int -> float = "%morgana_float_field"
external less_float : float -> float -> bool = "%ltfloat"
external equal_float : float -> float -> bool = "%eqfloat"

let unordered = Primitives_custom.unordered

(** Pairs of blocks of equal tag and size whose fields from an index on are still to be compared. *)
type rest = Done | Fields of { a : value; b : value; mutable next : int; last : int; rest : rest }

let invalid message = raise (Invalid_argument message)

let compare_floats x y total =
  if less_float x y then -1
  else if less_float y x then 1
  else if equal_float x y then 0
  else if not total then unordered
  else if equal_float x x then 1
  else if equal_float y y then -1
  else 0

let rec compare_float_arrays a b i n total =
  if i = n then 0
  else begin
    let order = compare_floats (float_field a i) (float_field b i) total in
    if order = 0 then compare_float_arrays a b (i + 1) n total else order
  end

let custom = 255

let compare_customs a b total =
  let a = to_custom a and b = to_custom b in
  let kind = Primitives_custom.number a and other = Primitives_custom.number b in
  (* The identifiers' order is the numbers' order, except that of bigarrays, which comes first. *)
  if kind <> other then if kind = 3 then -1 else if other = 3 then 1 else kind - other
  else
    match Primitives_custom.operations a with
    | Some operations -> operations.compare a b total
    | None -> invalid "compare: abstract value"

(* An immediate integer and a block: only integers of any size have their own order with the others. They are never equal. *)
let compare_immediate a b block otherwise total =
  if tag block = custom && Primitives_custom.number (to_custom block) = Primitives_custom.large_integer_number then
    match Primitives_custom.operations (to_custom block) with Some operations -> operations.compare (to_custom a) (to_custom b) total | None -> otherwise
  else otherwise

let lazy_forward = 250
let object_tag = 248
let closure = 247
let infix = 249
let continuation = 245

(* Infix pointers are closures. *)
let kind_of tag = if tag = infix then closure else tag

(** Negative, zero, positive or, when not [total], {!unordered}. [total] also lets a value be equal to itself without looking into it. *)
let rec compare_values a b rest total =
  if a == b && total then continue rest total
  else if is_int a then
    if is_int b then begin
      let x = to_int a and y = to_int b in
      if x = y then continue rest total else if x < y then -1 else 1
    end
    else if tag b = lazy_forward then compare_values a (field b 0) rest total
    else compare_immediate a b b (-1) total
  else if is_int b then if tag a = lazy_forward then compare_values (field a 0) b rest total else compare_immediate a b a 1 total
  else begin
    let ta = tag a and tb = tag b in
    if ta <> tb then
      if ta = lazy_forward then compare_values (field a 0) b rest total
      else if tb = lazy_forward then compare_values a (field b 0) rest total
      else if kind_of ta = kind_of tb then invalid "compare: functional value"
      else kind_of ta - kind_of tb
    else if ta < continuation then compare_blocks a b rest total
    else
      match ta with
      | 252 ->
          let order = Primitives_string.caml_string_compare (to_string a) (to_string b) in
          if order = 0 then continue rest total else order
      | 253 ->
          let order = compare_floats (to_float a) (to_float b) total in
          if order = 0 then continue rest total else order
      | 254 ->
          let n = size a in
          let order = if n <> size b then n - size b else compare_float_arrays a b 0 n total in
          if order = 0 then continue rest total else order
      | 255 ->
          let order = compare_customs a b total in
          if order = 0 then continue rest total else order
      | 250 -> compare_values (field a 0) (field b 0) rest total
      | 248 ->
          let x = to_int (field a 1) and y = to_int (field b 1) in
          if x = y then continue rest total else if x < y then -1 else 1
      | 247 | 249 -> invalid "compare: functional value"
      | 245 -> invalid "compare: continuation value"
      | 251 -> invalid "compare: abstract value"
      | _ -> compare_blocks a b rest total
  end

and compare_blocks a b rest total =
  let n = size a in
  if n <> size b then n - size b
  else if n = 0 then continue rest total
  else compare_fields a b 0 (n - 1) rest total

(* Integers among the fields are compared on the spot; other fields but the last leave a note of where to go on. *)
and compare_fields a b i last rest total =
  let x = field a i and y = field b i in
  if i = last then compare_values x y rest total
  else if is_int x && is_int y then
    if x == y then compare_fields a b (i + 1) last rest total else if to_int x < to_int y then -1 else 1
  else compare_values x y (Fields { a; b; next = i + 1; last; rest }) total

and continue rest total =
  match rest with
  | Done -> 0
  | Fields note ->
      let i = note.next in
      if i = note.last then compare_values (field note.a i) (field note.b i) note.rest total
      else begin
        note.next <- i + 1;
        compare_values (field note.a i) (field note.b i) rest total
      end

let partial a b = compare_values (any a) (any b) Done false

let caml_compare a b =
  let order = compare_values (any a) (any b) Done true in
  if order < 0 then -1 else if order > 0 then 1 else 0
[@@primitive "caml_compare"]

let caml_equal a b = partial a b = 0 [@@primitive "caml_equal"]
let caml_notequal a b = partial a b <> 0 [@@primitive "caml_notequal"]

let caml_lessthan a b =
  let order = partial a b in
  order < 0 && order <> unordered
[@@primitive "caml_lessthan"]

let caml_lessequal a b =
  let order = partial a b in
  order <= 0 && order <> unordered
[@@primitive "caml_lessequal"]

let caml_greaterthan a b = partial a b > 0 [@@primitive "caml_greaterthan"]
let caml_greaterequal a b = partial a b >= 0 [@@primitive "caml_greaterequal"]
