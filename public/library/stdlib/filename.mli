(** Names of files. *)

(** The current directory: ["."]. *)
val current_dir_name : string

(** The directory above: [".."]. *)
val parent_dir_name : string

(** What separates the parts of a name: ["/"].
    @since 3.11.2 *)
val dir_sep : string

(** [concat dir name]: the file [name] in the directory [dir]. *)
val concat : string -> string -> string

(** Whether a name does not begin at the root. *)
val is_relative : string -> bool

(** Whether a name is relative and does not begin with ["./"] or ["../"]. *)
val is_implicit : string -> bool

(** [check_suffix name suffix]: whether [name] ends in [suffix]. *)
val check_suffix : string -> string -> bool

(** [chop_suffix name suffix] takes [suffix] off. Raises [Invalid_argument] if [name] does not end in it. *)
val chop_suffix : string -> string -> string

(** The name without the suffix, if it ends in it.
    @since 4.08 *)
val chop_suffix_opt : suffix:string -> string -> string option

(** The shortest suffix of the name's last part that begins with a dot and does not follow dots only; [""] without one.
    @since 4.04 *)
val extension : string -> string

(** The name without its {!extension}.
    @since 4.04 *)
val remove_extension : string -> string

(** {!remove_extension}. Raises [Invalid_argument] if there is no extension. *)
val chop_extension : string -> string

(** The last part of a name; ["."] of the empty one. *)
val basename : string -> string

(** What comes before {!basename}; ["."] if nothing does. *)
val dirname : string -> string

(** A file that is always empty.
    @since 4.10 *)
val null : string

(** [temp_file prefix suffix] makes an empty file, with a new name, that only its owner may read and write. Raises [Sys_error]. *)
val temp_file : ?temp_dir:string -> string -> string -> string

(** As {!temp_file}, opened for writing.
    @since 4.03 *)
val open_temp_file :
  ?mode:open_flag list -> ?perms:int -> ?temp_dir:string -> string -> string -> string * out_channel

(** As {!temp_file}, but a directory.
    @since 5.1 *)
val temp_dir : ?temp_dir:string -> ?perms:int -> string -> string -> string

(** Where temporary files are made: [TMPDIR] of the environment, or ["/tmp"].
    @since 4.00 *)
val get_temp_dir_name : unit -> string

(** Sets it.
    @since 4.00 *)
val set_temp_dir_name : string -> unit

(** A name as one word of a shell command. *)
val quote : string -> string

(** [quote_command command arguments] is a shell command, with its channels redirected to files.
    @since 4.10 *)
val quote_command : string -> ?stdin:string -> ?stdout:string -> ?stderr:string -> string list -> string
