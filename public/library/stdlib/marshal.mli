(** Values as bytes, in OCaml's format. What is read has whatever type the program gives it; if it is not that of the value that was
    written, the program may do anything. *)

(** How to write. *)
type extern_flags =
  | No_sharing  (** parts that occur several times are written several times; values that contain themselves have no end *)
  | Closures  (** functions too; there is no code to write here, so that they are refused all the same *)
  | Compat_32  (** fail where a machine of 32 bits could not read it *)

(** Writes a value. Raises [Invalid_argument] if it contains functions or abstract values, like channels. *)
val to_channel : out_channel -> 'a -> extern_flags list -> unit

(** A value as bytes. *)
external to_bytes : 'a -> extern_flags list -> bytes = "caml_output_value_to_bytes"

(** A value as a string. *)
external to_string : 'a -> extern_flags list -> string = "caml_output_value_to_string"

(** [to_buffer b offset length v flags] writes to a part of [b] and returns the number of bytes. Raises [Failure] if they are more
    than [length], [Invalid_argument] unless the part lies in [b]. *)
val to_buffer : bytes -> int -> int -> 'a -> extern_flags list -> int

(** Reads a value. Raises [End_of_file] at the end of the file, [Failure] if the value is not whole or not well-formed. *)
val from_channel : in_channel -> 'a

(** The value that begins at an offset. Raises [Invalid_argument] if it is not whole, [Failure] if it is not well-formed. *)
val from_bytes : bytes -> int -> 'a

(** {!from_bytes} of a string. *)
val from_string : string -> int -> 'a

(** Bytes from which the length of the rest is known. *)
val header_size : int

(** Bytes after the first {!header_size} of the value that begins at an offset. Raises [Failure], [Invalid_argument]. *)
val data_size : bytes -> int -> int

(** {!header_size} and {!data_size}. *)
val total_size : bytes -> int -> int
