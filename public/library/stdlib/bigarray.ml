(* Large arrays of numbers outside the collector's concern. *)

type float16_elt = Float16_elt
type float32_elt = Float32_elt
type float64_elt = Float64_elt
type int8_signed_elt = Int8_signed_elt
type int8_unsigned_elt = Int8_unsigned_elt
type int16_signed_elt = Int16_signed_elt
type int16_unsigned_elt = Int16_unsigned_elt
type int32_elt = Int32_elt
type int64_elt = Int64_elt
type int_elt = Int_elt
type nativeint_elt = Nativeint_elt
type complex32_elt = Complex32_elt
type complex64_elt = Complex64_elt

(* The constructors' order is that of the primitives' numbers. *)
type ('a, 'b) kind =
  | Float32 : (float, float32_elt) kind
  | Float64 : (float, float64_elt) kind
  | Int8_signed : (int, int8_signed_elt) kind
  | Int8_unsigned : (int, int8_unsigned_elt) kind
  | Int16_signed : (int, int16_signed_elt) kind
  | Int16_unsigned : (int, int16_unsigned_elt) kind
  | Int32 : (int32, int32_elt) kind
  | Int64 : (int64, int64_elt) kind
  | Int : (int, int_elt) kind
  | Nativeint : (nativeint, nativeint_elt) kind
  | Complex32 : (Complex.t, complex32_elt) kind
  | Complex64 : (Complex.t, complex64_elt) kind
  | Char : (char, int8_unsigned_elt) kind
  | Float16 : (float, float16_elt) kind

let float16 = Float16
let float32 = Float32
let float64 = Float64
let complex32 = Complex32
let complex64 = Complex64
let int8_signed = Int8_signed
let int8_unsigned = Int8_unsigned
let int16_signed = Int16_signed
let int16_unsigned = Int16_unsigned
let int = Int
let int32 = Int32
let int64 = Int64
let nativeint = Nativeint
let char = Char

let kind_size_in_bytes : type a b. (a, b) kind -> int = function
  | Int8_signed | Int8_unsigned | Char -> 1
  | Int16_signed | Int16_unsigned | Float16 -> 2
  | Float32 | Int32 -> 4
  | Float64 | Int64 | Int | Nativeint | Complex32 -> 8
  | Complex64 -> 16

type c_layout = C_layout_typ
type fortran_layout = Fortran_layout_typ
type 'a layout = C_layout : c_layout layout | Fortran_layout : fortran_layout layout

let c_layout = C_layout
let fortran_layout = Fortran_layout

module Genarray = struct
  type (!'a, !'b, !'c) t

  external create : ('a, 'b) kind -> 'c layout -> int array -> ('a, 'b, 'c) t = "caml_ba_create"
  external num_dims : ('a, 'b, 'c) t -> int = "caml_ba_num_dims"
  external nth_dim : ('a, 'b, 'c) t -> int -> int = "caml_ba_dim"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"
  external change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t = "caml_ba_change_layout"
  external get : ('a, 'b, 'c) t -> int array -> 'a = "caml_ba_get_generic"
  external set : ('a, 'b, 'c) t -> int array -> 'a -> unit = "caml_ba_set_generic"
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"
  external slice_left : ('a, 'b, c_layout) t -> int array -> ('a, 'b, c_layout) t = "caml_ba_slice"
  external slice_right : ('a, 'b, fortran_layout) t -> int array -> ('a, 'b, fortran_layout) t = "caml_ba_slice"
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let dims a = Array.init (num_dims a) (nth_dim a)
  let size_in_bytes a = Array.fold_left ( * ) (kind_size_in_bytes (kind a)) (dims a)

  (* In the order of memory. *)
  let init (type c) kind (layout : c layout) dims f =
    let a = create kind layout dims in
    let count = Array.length dims in
    let index = Array.make count 0 in
    (match layout with
    | C_layout ->
        let rec fill i =
          if i = count then set a index (f index)
          else
            for n = 0 to dims.(i) - 1 do
              index.(i) <- n;
              fill (i + 1)
            done
        in
        fill 0
    | Fortran_layout ->
        let rec fill i =
          if i < 0 then set a index (f index)
          else
            for n = 1 to dims.(i) do
              index.(i) <- n;
              fill (i - 1)
            done
        in
        fill (count - 1));
    a
end

module Array0 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  let create kind layout = Genarray.create kind layout [||]
  let get a = Genarray.get a [||]
  let set a v = Genarray.set a [||] v

  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a)

  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let of_value kind layout v =
    let a = create kind layout in
    set a v;
    a

  let init = of_value
end

module Array1 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  let create kind layout n = Genarray.create kind layout [| n |]

  external get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_ref_1"
  external set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_set_1"
  external unsafe_get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_unsafe_ref_1"
  external unsafe_set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_unsafe_set_1"
  external dim : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim a

  external sub : ('a, 'b, 'c) t -> int -> int -> ('a, 'b, 'c) t = "caml_ba_sub"
  external slice_of : ('a, 'b, 'c) t -> int array -> ('a, 'b, 'c) Array0.t = "caml_ba_slice"

  let slice a n = slice_of a [| n |]

  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let first_index (type c) (layout : c layout) = match layout with C_layout -> 0 | Fortran_layout -> 1

  let init kind layout n f =
    let a = create kind layout n in
    let first = first_index layout in
    for i = first to first + n - 1 do
      unsafe_set a i (f i)
    done;
    a

  let of_array kind layout elements =
    let first = first_index layout in
    init kind layout (Array.length elements) (fun i -> elements.(i - first))
end

module Array2 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  let create kind layout n1 n2 = Genarray.create kind layout [| n1; n2 |]

  external get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_ref_2"
  external set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_set_2"
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_unsafe_ref_2"
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_2"
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim1 a * dim2 a

  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"

  let slice_left a n = Genarray.slice_left a [| n |]
  let slice_right a n = Genarray.slice_right a [| n |]

  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let init (type c) kind (layout : c layout) n1 n2 f =
    let a = create kind layout n1 n2 in
    (match layout with
    | C_layout ->
        for i = 0 to n1 - 1 do
          for j = 0 to n2 - 1 do
            unsafe_set a i j (f i j)
          done
        done
    | Fortran_layout ->
        for j = 1 to n2 do
          for i = 1 to n1 do
            unsafe_set a i j (f i j)
          done
        done);
    a

  let of_array kind layout rows =
    let n1 = Array.length rows in
    let n2 = if n1 = 0 then 0 else Array.length rows.(0) in
    Array.iter
      (fun row -> if Array.length row <> n2 then invalid_arg "Bigarray.Array2.of_array: non-rectangular data")
      rows;
    let first = Array1.first_index layout in
    init kind layout n1 n2 (fun i j -> rows.(i - first).(j - first))
end

module Array3 = struct
  type (!'a, !'b, !'c) t = ('a, 'b, 'c) Genarray.t

  let create kind layout n1 n2 n3 = Genarray.create kind layout [| n1; n2; n3 |]

  external get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_ref_3"
  external set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_set_3"
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_unsafe_ref_3"
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_3"
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"
  external dim3 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_3"
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  let change_layout = Genarray.change_layout
  let size_in_bytes a = kind_size_in_bytes (kind a) * dim1 a * dim2 a * dim3 a

  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"

  let slice_left_1 a n m = Genarray.slice_left a [| n; m |]
  let slice_right_1 a n m = Genarray.slice_right a [| n; m |]
  let slice_left_2 a n = Genarray.slice_left a [| n |]
  let slice_right_2 a n = Genarray.slice_right a [| n |]

  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  let init (type c) kind (layout : c layout) n1 n2 n3 f =
    let a = create kind layout n1 n2 n3 in
    (match layout with
    | C_layout ->
        for i = 0 to n1 - 1 do
          for j = 0 to n2 - 1 do
            for k = 0 to n3 - 1 do
              unsafe_set a i j k (f i j k)
            done
          done
        done
    | Fortran_layout ->
        for k = 1 to n3 do
          for j = 1 to n2 do
            for i = 1 to n1 do
              unsafe_set a i j k (f i j k)
            done
          done
        done);
    a

  let of_array kind layout planes =
    let n1 = Array.length planes in
    let n2 = if n1 = 0 then 0 else Array.length planes.(0) in
    let n3 = if n2 = 0 then 0 else Array.length planes.(0).(0) in
    let check length n = if length <> n then invalid_arg "Bigarray.Array3.of_array: non-cubic data" in
    Array.iter
      (fun rows ->
        check (Array.length rows) n2;
        Array.iter (fun row -> check (Array.length row) n3) rows)
      planes;
    let first = Array1.first_index layout in
    init kind layout n1 n2 n3 (fun i j k -> planes.(i - first).(j - first).(k - first))
end

external genarray_of_array0 : ('a, 'b, 'c) Array0.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array1 : ('a, 'b, 'c) Array1.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array2 : ('a, 'b, 'c) Array2.t -> ('a, 'b, 'c) Genarray.t = "%identity"
external genarray_of_array3 : ('a, 'b, 'c) Array3.t -> ('a, 'b, 'c) Genarray.t = "%identity"

let with_dims n name a = if Genarray.num_dims a = n then a else invalid_arg name
let array0_of_genarray a = with_dims 0 "Bigarray.array0_of_genarray" a
let array1_of_genarray a = with_dims 1 "Bigarray.array1_of_genarray" a
let array2_of_genarray a = with_dims 2 "Bigarray.array2_of_genarray" a
let array3_of_genarray a = with_dims 3 "Bigarray.array3_of_genarray" a

external reshape : ('a, 'b, 'c) Genarray.t -> int array -> ('a, 'b, 'c) Genarray.t = "caml_ba_reshape"

let reshape_0 a = reshape a [||]
let reshape_1 a n = reshape a [| n |]
let reshape_2 a n1 n2 = reshape a [| n1; n2 |]
let reshape_3 a n1 n2 n3 = reshape a [| n1; n2; n3 |]
