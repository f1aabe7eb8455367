(** Command lines. A word that begins with [-] is an option; its argument is the next word, or what follows a [=] in the same
    word. All other words are anonymous arguments. *)

[@@@alert
unsynchronized_access
  "The Arg module relies on a mutable global state, parsing functions should only be called from a single domain."]

(** What an option does. *)
type spec =
  | Unit of (unit -> unit)  (** calls a function *)
  | Bool of (bool -> unit)  (** takes [true] or [false] *)
  | Set of bool ref  (** sets a reference to [true] *)
  | Clear of bool ref  (** sets a reference to [false] *)
  | String of (string -> unit)  (** takes any word *)
  | Set_string of string ref  (** the same *)
  | Int of (int -> unit)  (** takes an integer *)
  | Set_int of int ref  (** the same *)
  | Float of (float -> unit)  (** takes a float *)
  | Set_float of float ref  (** the same *)
  | Tuple of spec list  (** takes an argument for each *)
  | Symbol of string list * (string -> unit)  (** takes one of these words *)
  | Rest of (string -> unit)  (** calls a function with each word that follows *)
  | Rest_all of (string list -> unit)  (** calls a function with all words that follow; since 4.12 *)
  | Expand of (string -> string array)
      (** the words that the function makes of the argument are read next; only for {!parse_and_expand_argv_dynamic} and
          {!parse_expand}; since 4.05 *)

(** An option with its [-]. *)
type key = string

(** What the help says of an option; not listed if empty. *)
type doc = string

(** What the help begins with. *)
type usage_msg = string

(** Called with each anonymous argument. *)
type anon_fun = string -> unit

(** Reads the program's command line. Errors and [-help] print and end the program, with code 2 and 0. A function may raise
    {!Bad}. *)
val parse : (key * spec * doc) list -> anon_fun -> usage_msg -> unit

(** {!parse} with options that may change while the line is read.
    @since 4.01 *)
val parse_dynamic : (key * spec * doc) list ref -> anon_fun -> usage_msg -> unit

(** Reads the given words after the one at [current] (by default {!val-current}), which is kept up to date. Raises {!Bad} and
    {!Help} with what is to be printed. *)
val parse_argv : ?current:int ref -> string array -> (key * spec * doc) list -> anon_fun -> usage_msg -> unit

(** {!parse_argv} with options that may change.
    @since 4.01 *)
val parse_argv_dynamic :
  ?current:int ref -> string array -> (key * spec * doc) list ref -> anon_fun -> string -> unit

(** {!parse_argv_dynamic} with words that {!Expand} may change.
    @since 4.05 *)
val parse_and_expand_argv_dynamic :
  int ref -> string array ref -> (key * spec * doc) list ref -> anon_fun -> string -> unit

(** {!parse} with {!Expand} allowed.
    @since 4.05 *)
val parse_expand : (key * spec * doc) list -> anon_fun -> usage_msg -> unit

(** Help was asked for; with its text. *)
exception Help of string

(** A word that cannot be accepted; with a message. *)
exception Bad of string

(** Prints the help on the standard error output. *)
val usage : (key * spec * doc) list -> usage_msg -> unit

(** The help. *)
val usage_string : (key * spec * doc) list -> usage_msg -> string

(** Pads descriptions so that what follows their first word (or a tabulation) begins in one column, but not beyond [limit]. *)
val align : ?limit:int -> (key * spec * doc) list -> (key * spec * doc) list

(** The index of the word that is being read. *)
val current : int ref

(** The lines of a file, without line ends.
    @since 4.05 *)
val read_arg : string -> string array

(** The words of a file that each end in a NUL.
    @since 4.05 *)
val read_arg0 : string -> string array

(** Writes what {!read_arg} reads.
    @since 4.05 *)
val write_arg : string -> string array -> unit

(** Writes what {!read_arg0} reads.
    @since 4.05 *)
val write_arg0 : string -> string array -> unit
