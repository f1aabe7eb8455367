(** Channels: buffered input and output in promises. Each function is done as a whole before the next one on the channel begins. Output is written when
    the buffer is full, when it is flushed, when the main loop has nothing better to do, and at the program's end. *)

(** The channel was closed. *)
exception Channel_closed of string

(** A channel for input or output. *)
type 'mode channel

(** Names the mode of reading. *)
type input

(** Names the mode of writing. *)
type output

(** The mode of a channel. *)
type 'a mode = Input : input mode | Output : output mode

(** {!Input}. *)
val input : input mode

(** {!Output}. *)
val output : output mode

type input_channel = input channel
type output_channel = output channel

(** The mode of a channel. *)
val mode : 'a channel -> 'a mode

(** {1 Channels} *)

val stdin : input_channel
val stdout : output_channel
val stderr : output_channel

(** Gives bytes 0 for ever. *)
val zero : input_channel

(** Forgets what is written. *)
val null : output_channel

(** What is written to one can be read from the other. *)
val pipe : ?cloexec:bool -> ?in_buffer:Lwt_bytes.t -> ?out_buffer:Lwt_bytes.t -> unit -> input_channel * output_channel

(** [make ~mode perform] is a channel of a function that reads or writes: [perform b offset length] gives how much it did. Without [seek]
    the channel has no positions. *)
val make :
  ?buffer:Lwt_bytes.t ->
  ?close:(unit -> unit Lwt.t) ->
  ?seek:(int64 -> Unix.seek_command -> int64 Lwt.t) ->
  mode:'mode mode ->
  (Lwt_bytes.t -> int -> int -> int Lwt.t) ->
  'mode channel

(** Reads from, or writes to, these bytes. *)
val of_bytes : mode:'mode mode -> Lwt_bytes.t -> 'mode channel

(** [of_fd ~mode d]; [buffer] tells the size of the channel's, [close] is called in place of closing the descriptor. *)
val of_fd : ?buffer:Lwt_bytes.t -> ?close:(unit -> unit Lwt.t) -> mode:'mode mode -> Lwt_unix.file_descr -> 'mode channel

val of_unix_fd : ?buffer:Lwt_bytes.t -> ?close:(unit -> unit Lwt.t) -> mode:'mode mode -> Unix.file_descr -> 'mode channel

(** Flushes and closes. *)
val close : 'a channel -> unit Lwt.t

(** Closes without flushing. *)
val abort : 'a channel -> unit Lwt.t

(** Nobody else uses the channel until the function is done with the one that it gets. *)
val atomic : ('a channel -> 'b Lwt.t) -> 'a channel -> 'b Lwt.t

val file_length : string -> int64 Lwt.t

(** Bytes in the buffer. *)
val buffered : 'a channel -> int

val flush : output_channel -> unit Lwt.t
val flush_all : unit -> unit Lwt.t
val buffer_size : 'a channel -> int
val is_busy : 'a channel -> bool
val is_closed : 'a channel -> bool
val position : 'a channel -> int64
val set_position : 'a channel -> int64 -> unit Lwt.t
val length : 'a channel -> int64 Lwt.t
val default_buffer_size : unit -> int
val set_default_buffer_size : int -> unit

(** {1 Reading} Fails with [End_of_file] at the end, except for the forms [_opt]. *)

val read_char : input_channel -> char Lwt.t
val read_char_opt : input_channel -> char option Lwt.t
val read_chars : input_channel -> char Lwt_stream.t

(** A line without its end: a line feed, perhaps after a carriage return. *)
val read_line : input_channel -> string Lwt.t

val read_line_opt : input_channel -> string option Lwt.t
val read_lines : input_channel -> string Lwt_stream.t

(** At most [count] bytes, all up to the end without it; the empty string at the end. *)
val read : ?count:int -> input_channel -> string Lwt.t

(** Reads what is there, at most so much; 0 at the end. *)
val read_into : input_channel -> bytes -> int -> int -> int Lwt.t

val read_into_exactly : input_channel -> bytes -> int -> int -> unit Lwt.t

(** A marshalled value. *)
val read_value : input_channel -> 'a Lwt.t

(** {1 Writing} *)

val write_char : output_channel -> char -> unit Lwt.t
val write_chars : output_channel -> char Lwt_stream.t -> unit Lwt.t
val write : output_channel -> string -> unit Lwt.t
val write_line : output_channel -> string -> unit Lwt.t
val write_lines : output_channel -> string Lwt_stream.t -> unit Lwt.t
val write_from : output_channel -> bytes -> int -> int -> int Lwt.t
val write_from_string : output_channel -> string -> int -> int -> int Lwt.t
val write_from_exactly : output_channel -> bytes -> int -> int -> unit Lwt.t
val write_from_string_exactly : output_channel -> string -> int -> int -> unit Lwt.t
val write_value : output_channel -> ?flags:Marshal.extern_flags list -> 'a -> unit Lwt.t

(** {1 Printing} With [l] in the name: and a line feed. *)

val fprint : output_channel -> string -> unit Lwt.t
val fprintl : output_channel -> string -> unit Lwt.t
val fprintf : output_channel -> ('a, unit, string, unit Lwt.t) format4 -> 'a
val fprintlf : output_channel -> ('a, unit, string, unit Lwt.t) format4 -> 'a
val print : string -> unit Lwt.t
val printl : string -> unit Lwt.t
val printf : ('a, unit, string, unit Lwt.t) format4 -> 'a
val printlf : ('a, unit, string, unit Lwt.t) format4 -> 'a
val eprint : string -> unit Lwt.t
val eprintl : string -> unit Lwt.t
val eprintf : ('a, unit, string, unit Lwt.t) format4 -> 'a
val eprintlf : ('a, unit, string, unit Lwt.t) format4 -> 'a

(** {1 Files} *)

type file_name = string

(** Output is written to a new or emptied file unless [flags] say something else. *)
val open_file : ?buffer:Lwt_bytes.t -> ?flags:Unix.open_flag list -> ?perm:Unix.file_perm -> mode:'a mode -> file_name -> 'a channel Lwt.t

(** Closes the file after the function. *)
val with_file : ?buffer:Lwt_bytes.t -> ?flags:Unix.open_flag list -> ?perm:Unix.file_perm -> mode:'a mode -> file_name -> ('a channel -> 'b Lwt.t) -> 'b Lwt.t

(** A new file with a name of its own. *)
val open_temp_file :
  ?flags:Unix.open_flag list -> ?perm:Unix.file_perm -> ?temp_dir:string -> ?prefix:string -> ?suffix:string -> unit -> (string * output_channel) Lwt.t

(** Closes and removes the file after the function. *)
val with_temp_file :
  ?flags:Unix.open_flag list -> ?perm:Unix.file_perm -> ?temp_dir:string -> ?prefix:string -> ?suffix:string -> (string * output_channel -> 'b Lwt.t) -> 'b Lwt.t

(** Makes a folder of a new name in [parent], that of temporary files when it is not given; its path. *)
val create_temp_dir : ?perm:Unix.file_perm -> ?parent:string -> ?prefix:string -> ?suffix:string -> unit -> string Lwt.t

(** {!create_temp_dir}; the folder is removed, with all in it, when the promise is resolved. *)
val with_temp_dir : ?perm:Unix.file_perm -> ?parent:string -> ?prefix:string -> ?suffix:string -> (string -> 'a Lwt.t) -> 'a Lwt.t

(** Writes the bytes in lines of 16: where they are, in hexadecimal, and as characters. *)
val hexdump_stream : output_channel -> char Lwt_stream.t -> unit Lwt.t

val hexdump : output_channel -> string -> unit Lwt.t

(** {!read_into} and the like for bigarrays. *)
val read_into_bigstring : input_channel -> Lwt_bytes.t -> int -> int -> int Lwt.t

val read_into_exactly_bigstring : input_channel -> Lwt_bytes.t -> int -> int -> unit Lwt.t
val write_from_bigstring : output_channel -> Lwt_bytes.t -> int -> int -> int Lwt.t
val write_from_exactly_bigstring : output_channel -> Lwt_bytes.t -> int -> int -> unit Lwt.t

val lines_of_file : file_name -> string Lwt_stream.t
val lines_to_file : file_name -> string Lwt_stream.t -> unit Lwt.t
val chars_of_file : file_name -> char Lwt_stream.t
val chars_to_file : file_name -> char Lwt_stream.t -> unit Lwt.t

(** {1 Connections} *)

val open_connection : ?fd:Lwt_unix.file_descr -> Unix.sockaddr -> (input_channel * output_channel) Lwt.t
val with_connection : ?fd:Lwt_unix.file_descr -> Unix.sockaddr -> (input_channel * output_channel -> 'a Lwt.t) -> 'a Lwt.t

(** Closes both channels after the function. *)
val with_close_connection : (input_channel * output_channel -> 'a Lwt.t) -> input_channel * output_channel -> 'a Lwt.t

type server

(** Calls the function for each connection, without waiting for it, and closes the channels when it is done. *)
val establish_server_with_client_address :
  ?fd:Lwt_unix.file_descr -> ?buffer_size:int -> ?backlog:int -> ?no_close:bool -> Unix.sockaddr -> (Lwt_unix.sockaddr -> input_channel * output_channel -> unit Lwt.t) -> server Lwt.t

(** Accepts no more connections. *)
val shutdown_server : server -> unit Lwt.t

(** {1 Numbers} *)

module type NumberIO = sig
  val read_int : input_channel -> int Lwt.t
  val read_int16 : input_channel -> int Lwt.t
  val read_int32 : input_channel -> int32 Lwt.t
  val read_int64 : input_channel -> int64 Lwt.t
  val read_float32 : input_channel -> float Lwt.t
  val read_float64 : input_channel -> float Lwt.t
  val write_int : output_channel -> int -> unit Lwt.t
  val write_int16 : output_channel -> int -> unit Lwt.t
  val write_int32 : output_channel -> int32 -> unit Lwt.t
  val write_int64 : output_channel -> int64 -> unit Lwt.t
  val write_float32 : output_channel -> float -> unit Lwt.t
  val write_float64 : output_channel -> float -> unit Lwt.t
end

(** Least significant byte first. *)
module LE : NumberIO

(** Most significant byte first. *)
module BE : NumberIO

type byte_order = Lwt_sys.byte_order = Little_endian | Big_endian

(** The machine's. *)
val system_byte_order : byte_order
