module Stream = Stdlib_4_stream
module Genlex = Stdlib_4_genlex
module Pervasives = Stdlib

external ( & ) : bool -> bool -> bool = "%sequand"
external ( or ) : bool -> bool -> bool = "%sequor"

module Stdlib = struct
  include Stdlib

  external ( & ) : bool -> bool -> bool = "%sequand"
  external ( or ) : bool -> bool -> bool = "%sequor"

  module Stream = Stdlib_4_stream
  module Genlex = Stdlib_4_genlex
  module Pervasives = Stdlib
end

(* Letters of Latin-1, as they were before all of these functions were of ASCII. *)
module Char = struct
  include Char

  let lowercase = function ('A' .. 'Z' | '\192' .. '\214' | '\216' .. '\222') as c -> unsafe_chr (code c + 32) | c -> c
  let uppercase = function ('a' .. 'z' | '\224' .. '\246' | '\248' .. '\254') as c -> unsafe_chr (code c - 32) | c -> c
end

module String = struct
  include String

  let on_first change s = if s = "" then s else mapi (fun i c -> if i = 0 then change c else c) s
  let lowercase s = map Char.lowercase s
  let uppercase s = map Char.uppercase s
  let capitalize s = on_first Char.uppercase s
  let uncapitalize s = on_first Char.lowercase s
  let copy s = Bytes.to_string (Bytes.of_string s)

  external create : int -> bytes = "caml_create_bytes"
  external set : bytes -> int -> char -> unit = "%bytes_safe_set"
  external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"

  let fill = Bytes.fill
  let unsafe_fill = Bytes.unsafe_fill
end

module StringLabels = struct
  include StringLabels

  let lowercase = String.lowercase
  let uppercase = String.uppercase
  let capitalize = String.capitalize
  let uncapitalize = String.uncapitalize
  let copy = String.copy

  external create : int -> bytes = "caml_create_bytes"
  external set : bytes -> int -> char -> unit = "%bytes_safe_set"
  external unsafe_set : bytes -> int -> char -> unit = "%bytes_unsafe_set"

  let fill b ~pos ~len c = Bytes.fill b pos len c
  let unsafe_fill b ~pos ~len c = Bytes.unsafe_fill b pos len c
end

module Of_bytes = struct
  let on_first change b = Bytes.mapi (fun i c -> if i = 0 then change c else c) b
  let lowercase b = Bytes.map Char.lowercase b
  let uppercase b = Bytes.map Char.uppercase b
  let capitalize b = on_first Char.uppercase b
  let uncapitalize b = on_first Char.lowercase b
end

module Bytes = struct
  include Bytes
  include Of_bytes
end

module BytesLabels = struct
  include BytesLabels
  include Of_bytes
end

module Array = struct
  include Array

  let make_float = create_float
  let create_matrix = make_matrix
end

module ArrayLabels = struct
  include ArrayLabels

  let make_float = create_float
  let create_matrix = make_matrix
end

module Filename = struct
  include Filename

  let temp_dir_name = get_temp_dir_name ()
end

module Lazy = struct
  include Lazy

  let lazy_from_fun = from_fun
  let lazy_from_val = from_val
  let lazy_is_val = is_val
end

module Int32 = struct
  include Int32

  external format : string -> int32 -> string = "caml_int32_format"
end

module Int64 = struct
  include Int64

  external format : string -> int64 -> string = "caml_int64_format"
end

module Nativeint = struct
  include Nativeint

  external format : string -> nativeint -> string = "caml_nativeint_format"
end

module Obj = struct
  include Obj

  external set_tag : t -> int -> unit = "caml_obj_set_tag"
end

module Scanf = struct
  include Scanf

  module Scanning = struct
    include Scanning

    let stdib = stdin
  end

  (* What was read ahead of a channel is kept for the next call with it. *)
  let channels : (in_channel * Scanning.in_channel) list ref = ref []

  let of_channel channel =
    match List.assq_opt channel !channels with
    | Some input -> input
    | None ->
        let input = Scanning.from_channel channel in
        channels := (channel, input) :: !channels;
        input

  let fscanf channel format = bscanf (of_channel channel) format
  let kfscanf channel failed format = kscanf (of_channel channel) failed format
end

module Format = struct
  include Format

  let kprintf = ksprintf
  let bprintf buffer format = kfprintf (fun f -> pp_print_flush f ()) (formatter_of_buffer buffer) format

  type formatter_tag_functions = {
    mark_open_tag : tag -> string;
    mark_close_tag : tag -> string;
    print_open_tag : tag -> unit;
    print_close_tag : tag -> unit;
  }

  let pp_open_tag f tag = pp_open_stag f (String_tag tag)
  let pp_close_tag = pp_close_stag
  let open_tag tag = open_stag (String_tag tag)
  let close_tag = close_stag

  let pp_set_formatter_tag_functions f { mark_open_tag; mark_close_tag; print_open_tag; print_close_tag } =
    let marked mark = function String_tag tag -> mark tag | _ -> "" in
    let printed print = function String_tag tag -> print tag | _ -> () in
    pp_set_formatter_stag_functions f
      {
        mark_open_stag = marked mark_open_tag;
        mark_close_stag = marked mark_close_tag;
        print_open_stag = printed print_open_tag;
        print_close_stag = printed print_close_tag;
      }

  let pp_get_formatter_tag_functions f () =
    let { mark_open_stag; mark_close_stag; print_open_stag; print_close_stag } = pp_get_formatter_stag_functions f () in
    let of_tag act tag = act (String_tag tag) in
    {
      mark_open_tag = of_tag mark_open_stag;
      mark_close_tag = of_tag mark_close_stag;
      print_open_tag = of_tag print_open_stag;
      print_close_tag = of_tag print_close_stag;
    }

  let set_formatter_tag_functions functions = pp_set_formatter_tag_functions std_formatter functions
  let get_formatter_tag_functions () = pp_get_formatter_tag_functions std_formatter ()

  let pp_set_all_formatter_output_functions f ~out ~flush ~newline ~spaces =
    pp_set_formatter_out_functions f
      { (pp_get_formatter_out_functions f ()) with out_string = out; out_flush = flush; out_newline = newline; out_spaces = spaces }

  let pp_get_all_formatter_output_functions f () =
    let { out_string; out_flush; out_newline; out_spaces; _ } = pp_get_formatter_out_functions f () in
    out_string, out_flush, out_newline, out_spaces

  let set_all_formatter_output_functions ~out ~flush ~newline ~spaces =
    pp_set_all_formatter_output_functions std_formatter ~out ~flush ~newline ~spaces

  let get_all_formatter_output_functions () = pp_get_all_formatter_output_functions std_formatter ()
end
