(* Arrays, of values and of floats: making, copying, joining, filling. An array of floats is a block of tag 254 whenever it is
   not empty; the empty array has tag 0. Positions are checked by the standard library. *)

open Primitives_base

external alloc : int -> int -> 'a = "%morgana_alloc"
external alloc_raw : int -> int -> 'a = "%morgana_alloc_raw"
external blit_words : 'a -> int -> 'b -> int -> int -> unit = "%morgana_blit_words"
external words : 'a -> int = "%morgana_size"
external tag : 'a -> int = "%morgana_tag"
external is_int : 'a -> bool = "%obj_is_int"
external set_float : 'a -> int -> float -> unit = "%morgana_set_float_field"
external field : 'a -> int -> 'b = "%morgana_field"

(** Stores a value in so many fields of a block that is not of floats. *)
external fill_values : 'a array -> int -> int -> 'a -> unit = "morgana_fill_values"

external set_immediate : int array -> int -> int -> unit = "%array_unsafe_set"

let float_tag = 253
let float_array_tag = 254

(** The largest size of a block (OCaml's [Sys.max_array_length] on 64-bit machines). *)
let max_words = (1 lsl 54) - 1

let rec fill_floats a i stop x =
  if i < stop then begin
    set_float a i x;
    fill_floats a (i + 1) stop x
  end

let rec fill_immediates a i stop (x : int) =
  if i < stop then begin
    set_immediate a i x;
    fill_immediates a (i + 1) stop x
  end

let make n (x : 'a) : 'a array =
  if n = 0 then [||]
  else if n < 0 || n > max_words then raise (Invalid_argument "Array.make")
  else if is_int x then begin
    let a = alloc 0 n in
    fill_immediates a 0 n (magic x);
    magic a
  end
  else if tag x = float_tag then begin
    let a = alloc_raw float_array_tag n in
    fill_floats a 0 n (magic x);
    magic a
  end
  else begin
    let a = alloc 0 n in
    fill_values a 0 n x;
    a
  end

let caml_make_vect n x = make n x [@@primitive "caml_make_vect"]
let caml_array_make n x = make n x [@@primitive "caml_array_make"]

let make_floats n : 'a =
  if n = 0 then magic [||]
  else if n < 0 || n > max_words then raise (Invalid_argument "Float.Array.create")
  else alloc_raw float_array_tag n

let caml_make_float_vect n : 'a = make_floats n [@@primitive "caml_make_float_vect"]
let caml_array_create_float n : 'a = make_floats n [@@primitive "caml_array_create_float"]
let caml_floatarray_create n : 'a = make_floats n [@@primitive "caml_floatarray_create"]

let caml_floatarray_make n (x : float) : 'a =
  let a = make_floats n in
  fill_floats a 0 n x;
  a
[@@primitive "caml_floatarray_make"]

(** [[| … |]] whose elements' type is not known at compile time: a block of values becomes an array of floats when they are. *)
let caml_make_array (block : 'a array) : 'a array =
  let n = words block in
  if n = 0 then block
  else begin
    let first : 'a = field block 0 in
    if is_int first || tag first <> float_tag then block
    else begin
      let a = alloc_raw float_array_tag n in
      for i = 0 to n - 1 do
        set_float a i (field block i)
      done;
      a
    end
  end
[@@primitive "caml_make_array"]

(* {1 Parts and joins} *)

(* A new block for [n] elements like those of [a], which is not empty. *)
let like a n : 'a array = if tag a = float_array_tag then alloc_raw float_array_tag n else alloc 0 n

let caml_array_sub (a : 'a array) from n : 'a array =
  if n = 0 then [||]
  else begin
    let result = like a n in
    blit_words a from result 0 n;
    result
  end
[@@primitive "caml_array_sub"]

let caml_array_append (a : 'a array) (b : 'a array) : 'a array =
  let na = words a and nb = words b in
  if na = 0 then caml_array_sub b 0 nb
  else if nb = 0 then caml_array_sub a 0 na
  else begin
    let result = like a (na + nb) in
    blit_words a 0 result 0 na;
    blit_words b 0 result na nb;
    result
  end
[@@primitive "caml_array_append"]

let rec total_length (arrays : 'a array list) n (some : 'a array) =
  match arrays with
  | [] -> (n, some)
  | a :: rest ->
      let length = words a in
      let n = n + length in
      if n > max_words then raise (Invalid_argument "Array.concat");
      total_length rest n (if length > 0 then a else some)

let rec blit_all (arrays : 'a array list) (result : 'a array) at =
  match arrays with
  | [] -> result
  | a :: rest ->
      let length = words a in
      blit_words a 0 result at length;
      blit_all rest result (at + length)

let caml_array_concat (arrays : 'a array list) : 'a array =
  let n, some = total_length arrays 0 [||] in
  if n = 0 then [||] else blit_all arrays (like some n) 0
[@@primitive "caml_array_concat"]

let caml_array_blit (source : 'a array) from (target : 'a array) to_ count =
  if count > 0 then blit_words source from target to_ count
[@@primitive "caml_array_blit"]

let caml_floatarray_blit (source : 'a) from (target : 'a) to_ count = if count > 0 then blit_words source from target to_ count
[@@primitive "caml_floatarray_blit"]

let caml_array_fill (a : 'a array) from count (x : 'a) =
  if count > 0 then if tag a = float_array_tag then fill_floats a from (from + count) (magic x) else fill_values a from count x
[@@primitive "caml_array_fill"]
