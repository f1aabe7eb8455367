(* The module Array with labels. *)

type 'a t = 'a array

external length : 'a array -> int = "%array_length"
external get : 'a array -> int -> 'a = "%array_safe_get"
external set : 'a array -> int -> 'a -> unit = "%array_safe_set"
external make : int -> 'a -> 'a array = "caml_array_make"
external create_float: int -> float array = "caml_array_create_float"

let init n ~f = Array.init n f
let make_matrix ~dimx ~dimy x = Array.make_matrix dimx dimy x
let init_matrix ~dimx ~dimy ~f = Array.init_matrix dimx dimy f
let append = Array.append
let concat = Array.concat
let sub a ~pos ~len = Array.sub a pos len
let copy = Array.copy
let fill a ~pos ~len x = Array.fill a pos len x
let blit ~src ~src_pos ~dst ~dst_pos ~len = Array.blit src src_pos dst dst_pos len
let to_list = Array.to_list
let of_list = Array.of_list
let iter ~f a = Array.iter f a
let iteri ~f a = Array.iteri f a
let map ~f a = Array.map f a
let map_inplace ~f a = Array.map_inplace f a
let mapi ~f a = Array.mapi f a
let mapi_inplace ~f a = Array.mapi_inplace f a
let fold_left ~f ~init a = Array.fold_left f init a
let fold_left_map ~f ~init a = Array.fold_left_map f init a
let fold_right ~f a ~init = Array.fold_right f a init
let iter2 ~f a b = Array.iter2 f a b
let map2 ~f a b = Array.map2 f a b
let for_all ~f a = Array.for_all f a
let exists ~f a = Array.exists f a
let for_all2 ~f a b = Array.for_all2 f a b
let exists2 ~f a b = Array.exists2 f a b
let mem x ~set = Array.mem x set
let memq x ~set = Array.memq x set
let find_opt ~f a = Array.find_opt f a
let find_index ~f a = Array.find_index f a
let find_map ~f a = Array.find_map f a
let find_mapi ~f a = Array.find_mapi f a
let split = Array.split
let combine = Array.combine
let sort ~cmp a = Array.sort cmp a
let stable_sort ~cmp a = Array.stable_sort cmp a
let fast_sort ~cmp a = Array.fast_sort cmp a
let shuffle ~rand a = Array.shuffle rand a
let to_seq = Array.to_seq
let to_seqi = Array.to_seqi
let of_seq = Array.of_seq

external unsafe_get : 'a array -> int -> 'a = "%array_unsafe_get"
external unsafe_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"

module Floatarray = Array.Floatarray
