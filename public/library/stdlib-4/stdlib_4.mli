(** What OCaml's standard library had before version 5 and has no more: the sources of libraries that were made for OCaml 4 are
    compiled with this module opened (OCaml 5.0's changes, "Standard library"). *)

module Stream = Stdlib_4_stream
module Genlex = Stdlib_4_genlex
module Pervasives = Stdlib

external ( & ) : bool -> bool -> bool = "%sequand"
external ( or ) : bool -> bool -> bool = "%sequor"

(** The standard library with these modules. *)
module Stdlib : sig
  include module type of struct
    include Stdlib
  end

  external ( & ) : bool -> bool -> bool = "%sequand"
  external ( or ) : bool -> bool -> bool = "%sequor"

  module Stream = Stdlib_4_stream
  module Genlex = Stdlib_4_genlex
  module Pervasives = Stdlib
end

(** {1 Values that modules had} *)

module Char : sig
  include module type of struct
    include Char
  end

  val lowercase : char -> char
  val uppercase : char -> char
end

module String : sig
  include module type of struct
    include String
  end

  val lowercase : string -> string
  val uppercase : string -> string
  val capitalize : string -> string
  val uncapitalize : string -> string
  val copy : string -> string

  external create : int -> bytes = "caml_create_bytes"
  external set : bytes -> int -> char -> unit = "%bytes_safe_set"
  external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"

  val fill : bytes -> int -> int -> char -> unit
  val unsafe_fill : bytes -> int -> int -> char -> unit
end

module StringLabels : sig
  include module type of struct
    include StringLabels
  end

  val lowercase : string -> string
  val uppercase : string -> string
  val capitalize : string -> string
  val uncapitalize : string -> string
  val copy : string -> string

  external create : int -> bytes = "caml_create_bytes"
  external set : bytes -> int -> char -> unit = "%bytes_safe_set"
  external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"

  val fill : bytes -> pos:int -> len:int -> char -> unit
  val unsafe_fill : bytes -> pos:int -> len:int -> char -> unit
end

module Bytes : sig
  include module type of struct
    include Bytes
  end

  val lowercase : bytes -> bytes
  val uppercase : bytes -> bytes
  val capitalize : bytes -> bytes
  val uncapitalize : bytes -> bytes
end

module BytesLabels : sig
  include module type of struct
    include BytesLabels
  end

  val lowercase : bytes -> bytes
  val uppercase : bytes -> bytes
  val capitalize : bytes -> bytes
  val uncapitalize : bytes -> bytes
end

module Array : sig
  include module type of struct
    include Array
  end

  val make_float : int -> float array
  val create_matrix : int -> int -> 'a -> 'a array array
end

module ArrayLabels : sig
  include module type of struct
    include ArrayLabels
  end

  val make_float : int -> float array
  val create_matrix : dimx:int -> dimy:int -> 'a -> 'a array array
end

module Filename : sig
  include module type of struct
    include Filename
  end

  val temp_dir_name : string
end

module Lazy : sig
  include module type of struct
    include Lazy
  end

  val lazy_from_fun : (unit -> 'a) -> 'a t
  val lazy_from_val : 'a -> 'a t
  val lazy_is_val : 'a t -> bool
end

module Int32 : sig
  include module type of struct
    include Int32
  end

  external format : string -> int32 -> string = "caml_int32_format"
end

module Int64 : sig
  include module type of struct
    include Int64
  end

  external format : string -> int64 -> string = "caml_int64_format"
end

module Nativeint : sig
  include module type of struct
    include Nativeint
  end

  external format : string -> nativeint -> string = "caml_nativeint_format"
end

module Obj : sig
  include module type of struct
    include Obj
  end

  (** Changes a block that nothing else has seen yet. *)
  external set_tag : t -> int -> unit = "caml_obj_set_tag"
end

module Scanf : sig
  include module type of struct
    include Scanf
  end

  module Scanning : sig
    include module type of struct
      include Scanning
    end

    val stdib : in_channel
  end

  val fscanf : Stdlib.in_channel -> ('a, 'b, 'c, 'd) scanner
  val kfscanf : Stdlib.in_channel -> (Scanning.in_channel -> exn -> 'd) -> ('a, 'b, 'c, 'd) scanner
end

module Format : sig
  include module type of struct
    include Format
  end

  val kprintf : (string -> 'a) -> ('b, unit, string, 'a) format4 -> 'b
  val bprintf : Buffer.t -> ('a, formatter, unit) format -> 'a

  type formatter_tag_functions = {
    mark_open_tag : tag -> string;
    mark_close_tag : tag -> string;
    print_open_tag : tag -> unit;
    print_close_tag : tag -> unit;
  }

  val pp_open_tag : formatter -> tag -> unit
  val pp_close_tag : formatter -> unit -> unit
  val open_tag : tag -> unit
  val close_tag : unit -> unit
  val pp_set_formatter_tag_functions : formatter -> formatter_tag_functions -> unit
  val pp_get_formatter_tag_functions : formatter -> unit -> formatter_tag_functions
  val set_formatter_tag_functions : formatter_tag_functions -> unit
  val get_formatter_tag_functions : unit -> formatter_tag_functions

  val pp_set_all_formatter_output_functions :
    formatter -> out:(string -> int -> int -> unit) -> flush:(unit -> unit) -> newline:(unit -> unit) -> spaces:(int -> unit) -> unit

  val pp_get_all_formatter_output_functions :
    formatter -> unit -> (string -> int -> int -> unit) * (unit -> unit) * (unit -> unit) * (int -> unit)

  val set_all_formatter_output_functions :
    out:(string -> int -> int -> unit) -> flush:(unit -> unit) -> newline:(unit -> unit) -> spaces:(int -> unit) -> unit

  val get_all_formatter_output_functions : unit -> (string -> int -> int -> unit) * (unit -> unit) * (unit -> unit) * (int -> unit)
end
