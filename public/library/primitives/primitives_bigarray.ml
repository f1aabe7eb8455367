(* Bigarrays: elements of all kinds, parts, comparison, hashing. Compiled code reads and writes elements by itself where it knows
   kind and layout; all other accesses come here. *)

open Primitives_base

type bigarray = Primitives_custom.block

external make : int -> int -> int -> bigarray = "morgana_ba_make"
external view : bigarray -> int -> int -> int -> bigarray = "morgana_ba_view"
external blit_data : bigarray -> bigarray -> int -> unit = "morgana_ba_blit"
external raw_field : bigarray -> int -> nativeint = "%morgana_raw_field"
external set_raw_field : bigarray -> int -> nativeint -> unit = "%morgana_set_raw_field"
external int_of_word : nativeint -> int = "%nativeint_to_int"
external word_of_int : int -> nativeint = "%nativeint_of_int"
external load8 : bigarray -> int -> int = "%morgana_ba_load8"
external load8s : bigarray -> int -> int = "%morgana_ba_load8s"
external load16 : bigarray -> int -> int = "%morgana_ba_load16"
external load16s : bigarray -> int -> int = "%morgana_ba_load16s"
external load32 : bigarray -> int -> int32 = "%morgana_ba_load32"
external load64 : bigarray -> int -> int64 = "%morgana_ba_load64"
external load_float32 : bigarray -> int -> float = "%morgana_ba_loadf32"
external load_float64 : bigarray -> int -> float = "%morgana_ba_loadf64"
external store8 : bigarray -> int -> int -> unit = "%morgana_ba_store8"
external store16 : bigarray -> int -> int -> unit = "%morgana_ba_store16"
external store32 : bigarray -> int -> int32 -> unit = "%morgana_ba_store32"
external store64 : bigarray -> int -> int64 -> unit = "%morgana_ba_store64"
external store_float32 : bigarray -> int -> float -> unit = "%morgana_ba_storef32"
external store_float64 : bigarray -> int -> float -> unit = "%morgana_ba_storef64"
external of_int32 : int32 -> int = "%int32_to_int"
external float_equal : float -> float -> bool = "%equal"
external float_less : float -> float -> bool = "%lessthan"

type complex = { re : float; im : float }

(* {1 Kinds} The numbers of the constructors of [Bigarray.kind]. *)

let float32 = 0
let float64 = 1
let int8_signed = 2
let int8_unsigned = 3
let int16_signed = 4
let int16_unsigned = 5
let int32 = 6
let int64 = 7
let int = 8
let nativeint = 9
let complex32 = 10
let complex64 = 11
let char = 12
let float16 = 13
let sizes = "\004\008\001\001\002\002\004\008\008\008\008\016\001\002"
let element_size kind = byte sizes kind

(* {1 The block} Flags are the kind, plus 256 for Fortran's layout. *)

let fortran_flag = 256
let first_dimension = 5
let flags a = int_of_word (raw_field a 3)
let kind a = flags a land 255
let is_fortran a = flags a land fortran_flag <> 0
let num_dims a = int_of_word (raw_field a 2)
let dim a i = int_of_word (raw_field a (first_dimension + i))
let set_dim a i n = set_raw_field a (first_dimension + i) (word_of_int n)

let rec product a i n = if i >= num_dims a then n else product a (i + 1) (n * dim a i)
let elements a = product a 0 1

(* {1 Half-precision floats} IEEE 754's binary16. *)

let float_of_half h =
  let sign = if h land 0x8000 <> 0 then 0x8000_0000_0000_0000L else 0L in
  let exponent = (h lsr 10) land 31 and fraction = h land 1023 in
  if exponent = 0 && fraction = 0 then float_of_bits sign
  else if exponent = 31 then
    float_of_bits I64.(sign lor 0x7ff0_0000_0000_0000L lor (of_int fraction lsl 42))
  else begin
    (* Subnormal numbers become normal ones. *)
    let exponent = ref exponent and fraction = ref fraction in
    if !exponent = 0 then begin
      exponent := 1;
      while !fraction land 1024 = 0 do
        fraction := !fraction lsl 1;
        exponent := !exponent - 1
      done;
      fraction := !fraction land 1023
    end;
    let upper = ((!exponent + 1008) lsl 10) lor !fraction in
    float_of_bits I64.(sign lor (of_int upper lsl 42))
  end

(* Rounded to nearest, ties to even. *)
let half_of_float x =
  let bits = float_bits x in
  let sign = if I64.(bits < 0L) then 0x8000 else 0 in
  let magnitude = I64.(bits land 0x7fff_ffff_ffff_ffffL) in
  let exponent = I64.(to_int (magnitude lsr 52)) in
  let fraction = I64.(to_int (magnitude land 0xf_ffff_ffff_ffffL)) in
  if exponent = 2047 then sign lor 0x7c00 lor if fraction <> 0 then 0x200 lor (fraction lsr 42) else 0
  else if exponent < 998 then sign
  else begin
    let normal = exponent > 1008 in
    let full = if normal then ((exponent - 1008) lsl 52) lor fraction else (1 lsl 52) lor fraction in
    let shift = if normal then 42 else 42 + 1009 - exponent in
    let kept = full lsr shift and lost = full land ((1 lsl shift) - 1) in
    let tie = 1 lsl (shift - 1) in
    let rounded = if lost > tie || (lost = tie && kept land 1 = 1) then kept + 1 else kept in
    if rounded >= 0x7c00 then sign lor 0x7c00 else sign lor rounded
  end

(* {1 Elements} By number, in the order of memory. *)

let get_element a i : 'a =
  match kind a with
  | 0 -> magic (load_float32 a (4 * i))
  | 1 -> magic (load_float64 a (8 * i))
  | 2 -> magic (load8s a i)
  | 3 | 12 -> magic (load8 a i)
  | 4 -> magic (load16s a (2 * i))
  | 5 -> magic (load16 a (2 * i))
  | 6 -> magic (load32 a (4 * i))
  | 7 -> magic (load64 a (8 * i))
  | 8 -> magic (I64.to_int (load64 a (8 * i)))
  | 9 -> magic (I64.to_nativeint (load64 a (8 * i)))
  | 10 -> magic { re = load_float32 a (8 * i); im = load_float32 a ((8 * i) + 4) }
  | 11 -> magic { re = load_float64 a (16 * i); im = load_float64 a ((16 * i) + 8) }
  | _ -> magic (float_of_half (load16 a (2 * i)))

let set_element a i (v : 'a) =
  match kind a with
  | 0 -> store_float32 a (4 * i) (magic v)
  | 1 -> store_float64 a (8 * i) (magic v)
  | 2 | 3 | 12 -> store8 a i (magic v)
  | 4 | 5 -> store16 a (2 * i) (magic v)
  | 6 -> store32 a (4 * i) (magic v)
  | 7 -> store64 a (8 * i) (magic v)
  | 8 -> store64 a (8 * i) (I64.of_int (magic v))
  | 9 -> store64 a (8 * i) (I64.of_nativeint (magic v))
  | 10 ->
      let v : complex = magic v in
      store_float32 a (8 * i) v.re;
      store_float32 a ((8 * i) + 4) v.im
  | 11 ->
      let v : complex = magic v in
      store_float64 a (16 * i) v.re;
      store_float64 a ((16 * i) + 8) v.im
  | _ -> store16 a (2 * i) (half_of_float (magic v))

let bound_error () = raise (Invalid_argument "index out of bounds")

(* The number of the element with the given indices: all of them, or, for slices, the outer ones. *)
let offset a (indices : int array) =
  let count = array_length indices in
  let result = ref 0 in
  if is_fortran a then
    for i = num_dims a - 1 downto num_dims a - count do
      let index = array_get indices (i - (num_dims a - count)) - 1 in
      if index < 0 || index >= dim a i then bound_error ();
      result := (!result * dim a i) + index
    done
  else
    for i = 0 to count - 1 do
      let index = array_get indices i in
      if index < 0 || index >= dim a i then bound_error ();
      result := (!result * dim a i) + index
    done;
  !result

let caml_ba_get_generic a indices =
  if array_length indices <> num_dims a then raise (Invalid_argument "Bigarray.get: wrong number of indices");
  get_element a (offset a indices)
[@@primitive "caml_ba_get_generic"]

let caml_ba_set_generic a indices v =
  if array_length indices <> num_dims a then raise (Invalid_argument "Bigarray.set: wrong number of indices");
  set_element a (offset a indices) v
[@@primitive "caml_ba_set_generic"]

(* One index, from 0. *)
let checked a i index =
  let index = if is_fortran a then index - 1 else index in
  if index < 0 || index >= dim a i then bound_error ();
  index

let offset2 a i j =
  let j = checked a 1 j in
  let i = checked a 0 i in
  if is_fortran a then (j * dim a 0) + i else (i * dim a 1) + j

let offset3 a i j k =
  let k = checked a 2 k in
  let j = checked a 1 j in
  let i = checked a 0 i in
  if is_fortran a then (((k * dim a 1) + j) * dim a 0) + i else (((i * dim a 1) + j) * dim a 2) + k

let caml_ba_get_1 a i : 'a = get_element a (checked a 0 i) [@@primitive "caml_ba_get_1"]
let caml_ba_get_2 a i j : 'a = get_element a (offset2 a i j) [@@primitive "caml_ba_get_2"]
let caml_ba_get_3 a i j k : 'a = get_element a (offset3 a i j k) [@@primitive "caml_ba_get_3"]
let caml_ba_set_1 a i (v : 'a) = set_element a (checked a 0 i) v [@@primitive "caml_ba_set_1"]
let caml_ba_set_2 a i j (v : 'a) = set_element a (offset2 a i j) v [@@primitive "caml_ba_set_2"]
let caml_ba_set_3 a i j k (v : 'a) = set_element a (offset3 a i j k) v [@@primitive "caml_ba_set_3"]

(* {1 Making} *)

let most_dimensions = 16

(** [kind], [layout] (0 or 1) and dimensions. The data is zero. *)
let caml_ba_create kind layout (dims : int array) =
  let count = array_length dims in
  if count > most_dimensions then raise (Invalid_argument "Bigarray.create: bad number of dimensions");
  let bytes = ref (element_size kind) in
  for i = 0 to count - 1 do
    let n = array_get dims i in
    if n < 0 then raise (Invalid_argument "Bigarray.create: negative dimension");
    if n > 0 && !bytes > (1 lsl 56) / n then raise Out_of_memory;
    bytes := !bytes * n
  done;
  let words = (!bytes + 7) / 8 in
  let a = make (if words = 0 then 1 else words) (kind + (layout * fortran_flag)) count in
  for i = 0 to count - 1 do
    set_dim a i (array_get dims i)
  done;
  a
[@@primitive "caml_ba_create"]

let caml_ba_num_dims a = num_dims a [@@primitive "caml_ba_num_dims"]

let caml_ba_dim a i = if i < 0 || i >= num_dims a then raise (Invalid_argument "Bigarray.dim") else dim a i
[@@primitive "caml_ba_dim"]

let caml_ba_dim_1 a = caml_ba_dim a 0 [@@primitive "caml_ba_dim_1"]
let caml_ba_dim_2 a = caml_ba_dim a 1 [@@primitive "caml_ba_dim_2"]
let caml_ba_dim_3 a = caml_ba_dim a 2 [@@primitive "caml_ba_dim_3"]
let caml_ba_kind a = kind a [@@primitive "caml_ba_kind"]
let caml_ba_layout a = if is_fortran a then 1 else 0 [@@primitive "caml_ba_layout"]

(** The same data in the other layout: the dimensions in reverse order. *)
let caml_ba_change_layout a layout =
  if layout = caml_ba_layout a then a
  else begin
    let count = num_dims a in
    let result = view a 0 (kind a + (layout * fortran_flag)) count in
    for i = 0 to count - 1 do
      set_dim result i (dim a (count - 1 - i))
    done;
    result
  end
[@@primitive "caml_ba_change_layout"]

(** Part of the outermost dimension. *)
let caml_ba_sub a from length =
  let count = num_dims a in
  let outer, from = if is_fortran a then (count - 1, from - 1) else (0, from) in
  let inner = ref 1 in
  for i = 0 to count - 1 do
    if i <> outer then inner := !inner * dim a i
  done;
  if from < 0 || length < 0 || from > dim a outer - length then raise (Invalid_argument "Bigarray.sub: bad sub-array");
  let result = view a (from * !inner * element_size (kind a)) (flags a) count in
  for i = 0 to count - 1 do
    set_dim result i (if i = outer then length else dim a i)
  done;
  result
[@@primitive "caml_ba_sub"]

(** The elements whose outermost indices are given. *)
let caml_ba_slice a (indices : int array) =
  let given = array_length indices and count = num_dims a in
  if given > count then raise (Invalid_argument "Bigarray.slice: too many indices");
  let fortran = is_fortran a in
  let first = if fortran then 0 else given in
  let size = ref (element_size (kind a)) in
  for i = first to first + count - given - 1 do
    size := !size * dim a i
  done;
  let result = view a (offset a indices * !size) (flags a) (count - given) in
  for i = 0 to count - given - 1 do
    set_dim result i (dim a (first + i))
  done;
  result
[@@primitive "caml_ba_slice"]

let caml_ba_reshape a (dims : int array) =
  let count = array_length dims in
  if count > most_dimensions then raise (Invalid_argument "Bigarray.reshape: bad number of dimensions");
  let total = ref 1 in
  for i = 0 to count - 1 do
    let n = array_get dims i in
    if n < 0 then raise (Invalid_argument "Bigarray.reshape: negative dimension");
    total := !total * n
  done;
  if !total <> elements a then raise (Invalid_argument "Bigarray.reshape: size mismatch");
  let result = view a 0 (flags a) count in
  for i = 0 to count - 1 do
    set_dim result i (array_get dims i)
  done;
  result
[@@primitive "caml_ba_reshape"]

let rec same_dims a b i = i >= num_dims a || (dim a i = dim b i && same_dims a b (i + 1))

let caml_ba_blit a b =
  if num_dims a <> num_dims b || not (same_dims a b 0) then raise (Invalid_argument "Bigarray.blit: dimension mismatch");
  blit_data a b (elements a * element_size (kind a))
[@@primitive "caml_ba_blit"]

let caml_ba_fill a (v : 'a) =
  for i = 0 to elements a - 1 do
    set_element a i v
  done
[@@primitive "caml_ba_fill"]

(* {1 Comparison and hashing} *)

let unordered = Primitives_custom.unordered

(* NaN is equal to itself and less than all others in the total order; otherwise without order. *)
let compare_floats x y total =
  if float_less x y then -1
  else if float_less y x then 1
  else if float_equal x y then 0
  else if not total then unordered
  else if float_equal x x then 1
  else if float_equal y y then -1
  else 0

let compare_ints (x : int) y = if x < y then -1 else if x > y then 1 else 0

let compare_elements a b i total =
  match kind a with
  | 0 -> compare_floats (load_float32 a (4 * i)) (load_float32 b (4 * i)) total
  | 1 -> compare_floats (load_float64 a (8 * i)) (load_float64 b (8 * i)) total
  | 2 -> compare_ints (load8s a i) (load8s b i)
  | 3 | 12 -> compare_ints (load8 a i) (load8 b i)
  | 4 -> compare_ints (load16s a (2 * i)) (load16s b (2 * i))
  | 5 -> compare_ints (load16 a (2 * i)) (load16 b (2 * i))
  | 6 -> compare_ints (of_int32 (load32 a (4 * i))) (of_int32 (load32 b (4 * i)))
  | 7 | 8 | 9 -> Primitives_custom.compare_int64 (load64 a (8 * i)) (load64 b (8 * i))
  | 10 | 11 -> 0
  | _ -> compare_floats (float_of_half (load16 a (2 * i))) (float_of_half (load16 b (2 * i))) total

(* Complex numbers are compared as twice as many floats. *)
let compare_parts a b i total =
  match kind a with
  | 10 -> compare_floats (load_float32 a (4 * i)) (load_float32 b (4 * i)) total
  | 11 -> compare_floats (load_float64 a (8 * i)) (load_float64 b (8 * i)) total
  | _ -> compare_elements a b i total

let is_complex a = kind a = complex32 || kind a = complex64

let compare a b total =
  if flags a <> flags b then flags b - flags a
  else if num_dims a <> num_dims b then num_dims b - num_dims a
  else begin
    let rec dims i = if i >= num_dims a then 0 else match compare_ints (dim a i) (dim b i) with 0 -> dims (i + 1) | order -> order in
    let count = if is_complex a then 2 * elements a else elements a in
    let rec data i = if i >= count then 0 else match compare_parts a b i total with 0 -> data (i + 1) | order -> order in
    match dims 0 with 0 -> data 0 | order -> order
  end

let mix = Primitives_hash.mix

(* The first 256 bytes, or 64 integers of a word; bytes and halves are taken together to words. *)
let hash a =
  let limit most = if elements a > most then most else elements a in
  let each most f =
    let h = ref 0 in
    for i = 0 to limit most - 1 do
      h := f !h i
    done;
    !h
  in
  let mask = 0xffff_ffff in
  let mix64 h n = mix (mix h (I64.to_int n land mask)) (I64.(to_int (n lsr 32)) land mask) in
  let parts most f =
    let count = 2 * elements a in
    let h = ref 0 in
    for i = 0 to (if count > most then most else count) - 1 do
      h := f !h i
    done;
    !h
  in
  let single h i =
    let x = load_float32 a (4 * i) in
    let bits = of_int32 (load32 a (4 * i)) land mask in
    mix h (if not (float_equal x x) then 0x7f80_0001 else if bits = 0x8000_0000 then 0 else bits)
  in
  let double h i = Primitives_hash.mix_float h (load_float64 a (8 * i)) in
  match kind a with
  | 2 | 3 | 12 ->
      let n = limit 256 in
      let h = ref 0 in
      for i = 0 to (n / 4) - 1 do
        h := mix !h (of_int32 (load32 a (4 * i)) land mask)
      done;
      let rest = n land -4 in
      let last = ref 0 in
      for i = n - 1 downto rest do
        last := (!last lsl 8) lor load8 a i
      done;
      if n > rest then mix !h !last else !h
  | 4 | 5 ->
      let n = limit 128 in
      let h = ref 0 in
      for i = 0 to (n / 2) - 1 do
        h := mix !h (of_int32 (load32 a (4 * i)) land mask)
      done;
      if n land 1 = 1 then mix !h (load16 a (2 * (n - 1))) else !h
  | 6 -> each 64 (fun h i -> mix h (of_int32 (load32 a (4 * i)) land mask))
  | 7 -> each 32 (fun h i -> mix64 h (load64 a (8 * i)))
  | 8 | 9 ->
      each 64 (fun h i ->
          let n = load64 a (8 * i) in
          mix h (I64.(to_int ((n lsr 32) lxor (n asr 63) lxor n)) land mask))
  | 0 -> each 64 single
  | 1 -> each 32 double
  | 10 -> parts 64 single
  | 11 -> parts 32 double
  | _ ->
      each 128 (fun h i ->
          let half = load16 a (2 * i) in
          mix h (if half land 0x7c00 = 0x7c00 && half land 0x3ff <> 0 then 0x7c01 else if half = 0x8000 then 0 else half))

let () = Primitives_custom.register_bigarrays { Primitives_custom.compare; hash }
