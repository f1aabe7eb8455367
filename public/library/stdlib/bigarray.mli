(** Large arrays of numbers with any number of dimensions. Their data is not looked at or moved by the collector, and parts of them
    share it. Indices begin at 0 and the last one varies fastest in memory (C layout), or begin at 1 and the first one does
    (Fortran layout). Elements of a new array are 0. Accesses outside raise [Invalid_argument]. *)

(** {1 Kinds of elements} The types only tell kinds apart. *)

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

(** Kinds: the type of elements as the program sees them, and as they are stored. Integers are cut to their size; [Int] has 63 bits. *)
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

(** Half precision; since 5.2. *)
val float16 : (float, float16_elt) kind

(** Single precision. *)
val float32 : (float, float32_elt) kind

(** Double precision. *)
val float64 : (float, float64_elt) kind

(** Two single-precision numbers. *)
val complex32 : (Complex.t, complex32_elt) kind

(** Two double-precision numbers. *)
val complex64 : (Complex.t, complex64_elt) kind

(** From -128 to 127. *)
val int8_signed : (int, int8_signed_elt) kind

(** From 0 to 255. *)
val int8_unsigned : (int, int8_unsigned_elt) kind

(** From -32768 to 32767. *)
val int16_signed : (int, int16_signed_elt) kind

(** From 0 to 65535. *)
val int16_unsigned : (int, int16_unsigned_elt) kind

(** OCaml's integers. *)
val int : (int, int_elt) kind

(** 32 bits. *)
val int32 : (int32, int32_elt) kind

(** 64 bits. *)
val int64 : (int64, int64_elt) kind

(** A machine word. *)
val nativeint : (nativeint, nativeint_elt) kind

(** Bytes as characters. *)
val char : (char, int8_unsigned_elt) kind

(** Bytes of an element.
    @since 4.03 *)
val kind_size_in_bytes : ('a, 'b) kind -> int

(** {1 Layouts} *)

type c_layout = C_layout_typ
type fortran_layout = Fortran_layout_typ

(** How elements lie in memory. *)
type 'a layout = C_layout : c_layout layout | Fortran_layout : fortran_layout layout

(** Row by row, from 0. *)
val c_layout : c_layout layout

(** Column by column, from 1. *)
val fortran_layout : fortran_layout layout

(** Bigarrays with any number of dimensions, from 0 to 16. *)
module Genarray : sig
  (** Type of elements, their kind, layout. *)
  type (!'a, !'b, !'c) t

  (** A new one with these dimensions. *)
  external create : ('a, 'b) kind -> 'c layout -> int array -> ('a, 'b, 'c) t = "caml_ba_create"

  (** A new one with what the function gives for each index, in the order of memory. The array of indices is always the same.
      @since 4.12 *)
  val init : ('a, 'b) kind -> 'c layout -> int array -> (int array -> 'a) -> ('a, 'b, 'c) t

  (** Number of dimensions. *)
  external num_dims : ('a, 'b, 'c) t -> int = "caml_ba_num_dims"

  (** The dimensions. *)
  val dims : ('a, 'b, 'c) t -> int array

  (** A dimension, from 0. *)
  external nth_dim : ('a, 'b, 'c) t -> int -> int = "caml_ba_dim"

  (** The kind. *)
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"

  (** The layout. *)
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  (** The same data in the other layout, with dimensions in reverse order.
      @since 4.04 *)
  external change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t = "caml_ba_change_layout"

  (** Bytes of data.
      @since 4.03 *)
  val size_in_bytes : ('a, 'b, 'c) t -> int

  (** The element with these indices. *)
  external get : ('a, 'b, 'c) t -> int array -> 'a = "caml_ba_get_generic"

  (** Sets the element with these indices. *)
  external set : ('a, 'b, 'c) t -> int array -> 'a -> unit = "caml_ba_set_generic"

  (** Part of the first dimension: from an index on, so many. *)
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"

  (** Part of the last dimension. *)
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"

  (** What has these first indices. *)
  external slice_left : ('a, 'b, c_layout) t -> int array -> ('a, 'b, c_layout) t = "caml_ba_slice"

  (** What has these last indices. *)
  external slice_right : ('a, 'b, fortran_layout) t -> int array -> ('a, 'b, fortran_layout) t = "caml_ba_slice"

  (** Copies the elements of the first to the second one, of the same dimensions; they may overlap. *)
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"

  (** Sets all elements. *)
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"
end

(** Bigarrays with no dimension, that is one element. *)
module Array0 : sig
  (** Type of elements, their kind, layout. *)
  type (!'a, !'b, !'c) t

  (** A new one. *)
  val create : ('a, 'b) kind -> 'c layout -> ('a, 'b, 'c) t

  (** {!of_value}.
      @since 4.12 *)
  val init : ('a, 'b) kind -> 'c layout -> 'a -> ('a, 'b, 'c) t

  (** The kind. *)
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"

  (** The layout. *)
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  (** The same data in the other layout, with dimensions in reverse order.
      @since 4.06 *)
  val change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t

  (** Bytes of data.
      @since 4.03 *)
  val size_in_bytes : ('a, 'b, 'c) t -> int

  (** The element. *)
  val get : ('a, 'b, 'c) t -> 'a

  (** Sets the element. *)
  val set : ('a, 'b, 'c) t -> 'a -> unit

  (** Copies the elements of the first to the second one, of the same dimensions; they may overlap. *)
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"

  (** Sets all elements. *)
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  (** A new one with this element. *)
  val of_value : ('a, 'b) kind -> 'c layout -> 'a -> ('a, 'b, 'c) t
end

(** Bigarrays with one dimension. *)
module Array1 : sig
  (** Type of elements, their kind, layout. *)
  type (!'a, !'b, !'c) t

  (** A new one. *)
  val create : ('a, 'b) kind -> 'c layout -> int -> ('a, 'b, 'c) t

  (** A new one with what the function gives for each index, in the order of memory.
      @since 4.12 *)
  val init : ('a, 'b) kind -> 'c layout -> int -> (int -> 'a) -> ('a, 'b, 'c) t

  (** The dimension. *)
  external dim : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"

  (** The kind. *)
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"

  (** The layout. *)
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  (** The same data in the other layout, with dimensions in reverse order.
      @since 4.06 *)
  val change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t

  (** Bytes of data.
      @since 4.03 *)
  val size_in_bytes : ('a, 'b, 'c) t -> int

  (** An element: [a.{i}]. *)
  external get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_ref_1"

  (** Sets an element: [a.{i} <- v]. *)
  external set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_set_1"

  (** [sub a i n]: the [n] elements from [i] on. *)
  external sub : ('a, 'b, 'c) t -> int -> int -> ('a, 'b, 'c) t = "caml_ba_sub"

  (** One element.
      @since 4.05 *)
  val slice : ('a, 'b, 'c) t -> int -> ('a, 'b, 'c) Array0.t

  (** Copies the elements of the first to the second one, of the same dimensions; they may overlap. *)
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"

  (** Sets all elements. *)
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  (** A new one with the elements of an array. *)
  val of_array : ('a, 'b) kind -> 'c layout -> 'a array -> ('a, 'b, 'c) t

  (** {!get} without check. *)
  external unsafe_get : ('a, 'b, 'c) t -> int -> 'a = "%caml_ba_unsafe_ref_1"

  (** {!set} without check. *)
  external unsafe_set : ('a, 'b, 'c) t -> int -> 'a -> unit = "%caml_ba_unsafe_set_1"
end

(** Bigarrays with two dimensions. *)
module Array2 : sig
  (** Type of elements, their kind, layout. *)
  type (!'a, !'b, !'c) t

  (** A new one. *)
  val create : ('a, 'b) kind -> 'c layout -> int -> int -> ('a, 'b, 'c) t

  (** A new one with what the function gives for each index, in the order of memory.
      @since 4.12 *)
  val init : ('a, 'b) kind -> 'c layout -> int -> int -> (int -> int -> 'a) -> ('a, 'b, 'c) t

  (** Dimension 1. *)
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"

  (** Dimension 2. *)
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"

  (** The kind. *)
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"

  (** The layout. *)
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  (** The same data in the other layout, with dimensions in reverse order.
      @since 4.06 *)
  val change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t

  (** Bytes of data.
      @since 4.03 *)
  val size_in_bytes : ('a, 'b, 'c) t -> int

  (** An element: [a.{i, j}]. *)
  external get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_ref_2"

  (** Sets an element: [a.{i, j} <- v]. *)
  external set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_set_2"

  (** Part of the first dimension: from an index on, so many. *)
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"

  (** Part of the last dimension. *)
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"

  (** A row. *)
  val slice_left : ('a, 'b, c_layout) t -> int -> ('a, 'b, c_layout) Array1.t

  (** A column. *)
  val slice_right : ('a, 'b, fortran_layout) t -> int -> ('a, 'b, fortran_layout) Array1.t

  (** Copies the elements of the first to the second one, of the same dimensions; they may overlap. *)
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"

  (** Sets all elements. *)
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  (** A new one with the elements of arrays of equal lengths. *)
  val of_array : ('a, 'b) kind -> 'c layout -> 'a array array -> ('a, 'b, 'c) t

  (** {!get} without check. *)
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> 'a = "%caml_ba_unsafe_ref_2"

  (** {!set} without check. *)
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_2"
end

(** Bigarrays with three dimensions. *)
module Array3 : sig
  (** Type of elements, their kind, layout. *)
  type (!'a, !'b, !'c) t

  (** A new one. *)
  val create : ('a, 'b) kind -> 'c layout -> int -> int -> int -> ('a, 'b, 'c) t

  (** A new one with what the function gives for each index, in the order of memory.
      @since 4.12 *)
  val init : ('a, 'b) kind -> 'c layout -> int -> int -> int -> (int -> int -> int -> 'a) -> ('a, 'b, 'c) t

  (** Dimension 1. *)
  external dim1 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_1"

  (** Dimension 2. *)
  external dim2 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_2"

  (** Dimension 3. *)
  external dim3 : ('a, 'b, 'c) t -> int = "%caml_ba_dim_3"

  (** The kind. *)
  external kind : ('a, 'b, 'c) t -> ('a, 'b) kind = "caml_ba_kind"

  (** The layout. *)
  external layout : ('a, 'b, 'c) t -> 'c layout = "caml_ba_layout"

  (** The same data in the other layout, with dimensions in reverse order.
      @since 4.06 *)
  val change_layout : ('a, 'b, 'c) t -> 'd layout -> ('a, 'b, 'd) t

  (** Bytes of data.
      @since 4.03 *)
  val size_in_bytes : ('a, 'b, 'c) t -> int

  (** An element: [a.{i, j, k}]. *)
  external get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_ref_3"

  (** Sets an element: [a.{i, j, k} <- v]. *)
  external set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_set_3"

  (** Part of the first dimension: from an index on, so many. *)
  external sub_left : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) t = "caml_ba_sub"

  (** Part of the last dimension. *)
  external sub_right : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) t = "caml_ba_sub"

  (** What has these first two indices. *)
  val slice_left_1 : ('a, 'b, c_layout) t -> int -> int -> ('a, 'b, c_layout) Array1.t

  (** What has these last two indices. *)
  val slice_right_1 : ('a, 'b, fortran_layout) t -> int -> int -> ('a, 'b, fortran_layout) Array1.t

  (** What has this first index. *)
  val slice_left_2 : ('a, 'b, c_layout) t -> int -> ('a, 'b, c_layout) Array2.t

  (** What has this last index. *)
  val slice_right_2 : ('a, 'b, fortran_layout) t -> int -> ('a, 'b, fortran_layout) Array2.t

  (** Copies the elements of the first to the second one, of the same dimensions; they may overlap. *)
  external blit : ('a, 'b, 'c) t -> ('a, 'b, 'c) t -> unit = "caml_ba_blit"

  (** Sets all elements. *)
  external fill : ('a, 'b, 'c) t -> 'a -> unit = "caml_ba_fill"

  (** A new one with the elements of arrays of equal lengths. *)
  val of_array : ('a, 'b) kind -> 'c layout -> 'a array array array -> ('a, 'b, 'c) t

  (** {!get} without check. *)
  external unsafe_get : ('a, 'b, 'c) t -> int -> int -> int -> 'a = "%caml_ba_unsafe_ref_3"

  (** {!set} without check. *)
  external unsafe_set : ('a, 'b, 'c) t -> int -> int -> int -> 'a -> unit = "%caml_ba_unsafe_set_3"
end

(** Forgets the number of dimensions. *)
external genarray_of_array0 : ('a, 'b, 'c) Array0.t -> ('a, 'b, 'c) Genarray.t = "%identity"

(** Forgets the number of dimensions. *)
external genarray_of_array1 : ('a, 'b, 'c) Array1.t -> ('a, 'b, 'c) Genarray.t = "%identity"

(** Forgets the number of dimensions. *)
external genarray_of_array2 : ('a, 'b, 'c) Array2.t -> ('a, 'b, 'c) Genarray.t = "%identity"

(** Forgets the number of dimensions. *)
external genarray_of_array3 : ('a, 'b, 'c) Array3.t -> ('a, 'b, 'c) Genarray.t = "%identity"

(** The same bigarray. Raises [Invalid_argument] unless it has 0 dimensions. *)
val array0_of_genarray : ('a, 'b, 'c) Genarray.t -> ('a, 'b, 'c) Array0.t

(** The same bigarray. Raises [Invalid_argument] unless it has 1 dimensions. *)
val array1_of_genarray : ('a, 'b, 'c) Genarray.t -> ('a, 'b, 'c) Array1.t

(** The same bigarray. Raises [Invalid_argument] unless it has 2 dimensions. *)
val array2_of_genarray : ('a, 'b, 'c) Genarray.t -> ('a, 'b, 'c) Array2.t

(** The same bigarray. Raises [Invalid_argument] unless it has 3 dimensions. *)
val array3_of_genarray : ('a, 'b, 'c) Genarray.t -> ('a, 'b, 'c) Array3.t

(** The same data with other dimensions. Raises [Invalid_argument] unless they have as many elements. *)
val reshape : ('a, 'b, 'c) Genarray.t -> int array -> ('a, 'b, 'c) Genarray.t

(** {!reshape} to 0 dimensions. *)
val reshape_0 : ('a, 'b, 'c) Genarray.t -> ('a, 'b, 'c) Array0.t

(** {!reshape} to 1 dimensions. *)
val reshape_1 : ('a, 'b, 'c) Genarray.t -> int -> ('a, 'b, 'c) Array1.t

(** {!reshape} to 2 dimensions. *)
val reshape_2 : ('a, 'b, 'c) Genarray.t -> int -> int -> ('a, 'b, 'c) Array2.t

(** {!reshape} to 3 dimensions. *)
val reshape_3 : ('a, 'b, 'c) Genarray.t -> int -> int -> int -> ('a, 'b, 'c) Array3.t
