(** Input channels. Functions that return an option return [None] at the end of the file. All raise [Sys_error] when reading
    fails.
    @since 4.14 *)

(** A channel. *)
type t = in_channel

(** How files are opened. *)
type open_flag = Stdlib.open_flag =
  | Open_rdonly  (** for reading *)
  | Open_wronly  (** for writing *)
  | Open_append  (** writing is always at the end *)
  | Open_creat  (** make the file if it does not exist *)
  | Open_trunc  (** empty the file if it exists *)
  | Open_excl  (** with [Open_creat]: fail if the file exists *)
  | Open_binary  (** bytes as they are *)
  | Open_text  (** text; no difference here *)
  | Open_nonblock  (** without waiting *)

(** The standard input. *)
val stdin : t

(** Opens a file. *)
val open_bin : string -> t

(** Opens a file as text. *)
val open_text : string -> t

(** [open_gen flags permissions name] opens a file in the given way. *)
val open_gen : open_flag list -> int -> string -> t

(** [with_open_bin name f] is [f] of the opened file, which is closed when [f] returns or raises. *)
val with_open_bin : string -> (t -> 'a) -> 'a

(** {!with_open_bin} as text. *)
val with_open_text : string -> (t -> 'a) -> 'a

(** {!with_open_bin} as {!open_gen} opens. *)
val with_open_gen : open_flag list -> int -> string -> (t -> 'a) -> 'a

(** Closes the channel, unless it is closed. *)
val close : t -> unit

(** {!close} without errors. *)
val close_noerr : t -> unit

(** Next character. *)
val input_char : t -> char option

(** Next byte. *)
val input_byte : t -> int option

(** Next line, without the newline. *)
val input_line : t -> string option

(** So many next bytes. *)
val really_input_string : t -> int -> string option

(** Everything up to the end. *)
val input_all : t -> string

(** All lines up to the end.
    @since 5.1 *)
val input_lines : t -> string list

(** [input c b offset length] reads at least one and at most [length] bytes to [b] from [offset] on, and returns how many;
    0 at the end, or if [length] is 0. Raises [Invalid_argument] unless the range lies in [b]. *)
val input : t -> bytes -> int -> int -> int

(** {!input} to a bigarray.
    @since 5.2 *)
val input_bigarray : t -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> int

(** Reads exactly [length] bytes; fewer of them are in [b] at the end of the file. *)
val really_input : t -> bytes -> int -> int -> unit option

(** {!really_input} to a bigarray.
    @since 5.2 *)
val really_input_bigarray :
  t -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> unit option

(** [fold_lines f a c] is [f (... (f a line1) ...) lineN].
    @since 5.1 *)
val fold_lines : ('acc -> string -> 'acc) -> 'acc -> t -> 'acc

(** Moves to an offset in the file. *)
val seek : t -> int64 -> unit

(** Offset of what is read next. *)
val pos : t -> int64

(** Length of the file. *)
val length : t -> int64

(** Does nothing: text and binary files are the same. *)
val set_binary_mode : t -> bool -> unit

(** [true].
    @since 5.2 *)
val is_binary_mode : t -> bool

(** Whether the channel is a terminal.
    @since 5.1 *)
val isatty : t -> bool
