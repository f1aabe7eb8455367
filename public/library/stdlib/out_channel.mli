(** Output channels. All functions raise [Sys_error] when writing fails.
    @since 4.14 *)

(** A channel. *)
type t = out_channel

(** How files are opened: see {!In_channel.open_flag}. *)
type open_flag = Stdlib.open_flag =
  | Open_rdonly
  | Open_wronly
  | Open_append
  | Open_creat
  | Open_trunc
  | Open_excl
  | Open_binary
  | Open_text
  | Open_nonblock

(** The standard output. *)
val stdout : t

(** The standard error output. *)
val stderr : t

(** Makes or empties a file. *)
val open_bin : string -> t

(** Makes or empties a file of text. *)
val open_text : string -> t

(** [open_gen flags permissions name] opens a file in the given way. *)
val open_gen : open_flag list -> int -> string -> t

(** [with_open_bin name f] is [f] of the opened file, which is flushed and closed when [f] returns or raises; errors of that are
    not told. *)
val with_open_bin : string -> (t -> 'a) -> 'a

(** {!with_open_bin} as text. *)
val with_open_text : string -> (t -> 'a) -> 'a

(** {!with_open_bin} as {!open_gen} opens. *)
val with_open_gen : open_flag list -> int -> string -> (t -> 'a) -> 'a

(** Flushes and closes the channel, unless it is closed. *)
val close : t -> unit

(** {!close} without errors. *)
val close_noerr : t -> unit

(** Writes a character. *)
val output_char : t -> char -> unit

(** Writes the low 8 bits. *)
val output_byte : t -> int -> unit

(** Writes a string. *)
val output_string : t -> string -> unit

(** Writes bytes. *)
val output_bytes : t -> bytes -> unit

(** [output c b offset length] writes a part of [b]. Raises [Invalid_argument] unless it lies in [b]. *)
val output : t -> bytes -> int -> int -> unit

(** {!output} of a string. *)
val output_substring : t -> string -> int -> int -> unit

(** {!output} of a bigarray.
    @since 5.2 *)
val output_bigarray : t -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> unit

(** Writes what the channel has kept. *)
val flush : t -> unit

(** {!flush} of all channels, without errors. *)
val flush_all : unit -> unit

(** Moves to an offset in the file. *)
val seek : t -> int64 -> unit

(** Offset of what is written next. *)
val pos : t -> int64

(** Length of the file, without what has not been written. *)
val length : t -> int64

(** Does nothing: text and binary files are the same. *)
val set_binary_mode : t -> bool -> unit

(** [true].
    @since 5.2 *)
val is_binary_mode : t -> bool

(** [set_buffered c false] flushes the channel after each write from now on.
    @since 4.14 *)
val set_buffered : t -> bool -> unit

(** Whether writes are kept until a flush.
    @since 4.14 *)
val is_buffered : t -> bool

(** Whether the channel is a terminal.
    @since 5.1 *)
val isatty : t -> bool
