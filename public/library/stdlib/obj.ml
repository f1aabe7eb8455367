(* Values as they lie in memory. *)

type t
type raw_data = nativeint

external repr : 'a -> t = "%identity"
external obj : t -> 'a = "%identity"
external magic : 'a -> 'b = "%identity"
external is_int : t -> bool = "%obj_is_int"

let is_block v = not (is_int v)

external tag : t -> int = "caml_obj_tag" [@@noalloc]
external size : t -> int = "%obj_size"
external reachable_words : t -> int = "caml_obj_reachable_words"
external field : t -> int -> t = "%obj_field"
external set_field : t -> int -> t -> unit = "%obj_set_field"
external floatarray_get : floatarray -> int -> float = "%floatarray_safe_get"
external floatarray_set : floatarray -> int -> float -> unit = "%floatarray_safe_set"

let double_field v i = floatarray_get (obj v : floatarray) i
let set_double_field v i x = floatarray_set (obj v : floatarray) i x

external raw_field : t -> int -> raw_data = "caml_obj_raw_field"
external set_raw_field : t -> int -> raw_data -> unit = "caml_obj_set_raw_field"
external new_block : int -> int -> t = "caml_obj_block"
external dup : t -> t = "caml_obj_dup"
external add_offset : t -> int32 -> t = "caml_obj_add_offset"
external with_tag : int -> t -> t = "caml_obj_with_tag"

let first_non_constant_constructor_tag = 0
let last_non_constant_constructor_tag = 243
let forcing_tag = 244
let cont_tag = 245
let lazy_tag = 246
let closure_tag = 247
let object_tag = 248
let infix_tag = 249
let forward_tag = 250
let no_scan_tag = 251
let abstract_tag = 251
let string_tag = 252
let double_tag = 253
let double_array_tag = 254
let custom_tag = 255
let int_tag = 1000
let out_of_heap_tag = 1001
let unaligned_tag = 1002

module Extension_constructor = struct
  type t = extension_constructor

  (* A constructor without arguments is its own description, others begin with it. *)
  let of_val v =
    let v = repr v in
    let slot = if is_block v && tag v <> object_tag && size v >= 1 then field v 0 else v in
    if is_block slot && tag slot = object_tag then (obj slot : t) else invalid_arg "Obj.extension_constructor"

  let name (slot : t) : string = obj (field (repr slot) 0)
  let id (slot : t) : int = obj (field (repr slot) 1)
end

module Ephemeron = struct
  type obj_t = t
  type t

  (* Of the words of a block two are not keys. *)
  let max_ephe_length = Sys.max_array_length - 2

  external unsafe_create : int -> t = "caml_ephe_create"

  let create n = if n < 0 || n > max_ephe_length then invalid_arg "Obj.Ephemeron.create" else unsafe_create n
  let length e = size (repr e) - 2
  let check e i name = if i < 0 || i >= length e then invalid_arg name

  external unsafe_get_key : t -> int -> obj_t option = "caml_ephe_get_key"
  external unsafe_get_key_copy : t -> int -> obj_t option = "caml_ephe_get_key_copy"
  external unsafe_set_key : t -> int -> obj_t -> unit = "caml_ephe_set_key"
  external unsafe_unset_key : t -> int -> unit = "caml_ephe_unset_key"
  external unsafe_check_key : t -> int -> bool = "caml_ephe_check_key"
  external unsafe_blit_key : t -> int -> t -> int -> int -> unit = "caml_ephe_blit_key"

  let get_key e i =
    check e i "Obj.Ephemeron.get_key";
    unsafe_get_key e i

  let get_key_copy e i =
    check e i "Obj.Ephemeron.get_key_copy";
    unsafe_get_key_copy e i

  let set_key e i v =
    check e i "Obj.Ephemeron.set_key";
    unsafe_set_key e i v

  let unset_key e i =
    check e i "Obj.Ephemeron.unset_key";
    unsafe_unset_key e i

  let check_key e i =
    check e i "Obj.Ephemeron.check_key";
    unsafe_check_key e i

  let blit_key a i b j n =
    if n < 0 || i < 0 || i > length a - n || j < 0 || j > length b - n then invalid_arg "Obj.Ephemeron.blit_key"
    else if n <> 0 then unsafe_blit_key a i b j n

  external get_data : t -> obj_t option = "caml_ephe_get_data"
  external get_data_copy : t -> obj_t option = "caml_ephe_get_data_copy"
  external set_data : t -> obj_t -> unit = "caml_ephe_set_data"
  external unset_data : t -> unit = "caml_ephe_unset_data"
  external check_data : t -> bool = "caml_ephe_check_data"
  external blit_data : t -> t -> unit = "caml_ephe_blit_data"
end
