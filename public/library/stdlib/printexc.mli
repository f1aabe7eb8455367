(** Exceptions as text, and where they were raised. *)

(** Exceptions. *)
type t = exn = ..

(** Text of an exception, by the registered printers or {!to_string_default}. *)
val to_string : exn -> string

(** Text of an exception: its name and its arguments, where they are integers, strings or floats. *)
val to_string_default : exn -> string

(** Calls the function; prints an exception on {!stderr} and raises it again. *)
val print : ('a -> 'b) -> 'a -> 'b

(** Calls the function; prints an exception on {!stderr} and ends the program with code 2. *)
val catch : ('a -> 'b) -> 'a -> 'b [@@ocaml.deprecated "This function is no longer needed."]

(** Prints where the last exception was raised, and through which calls it came. *)
val print_backtrace : out_channel -> unit

(** What {!print_backtrace} prints. *)
val get_backtrace : unit -> string

(** Whether places are recorded when exceptions are raised. *)
val record_backtrace : bool -> unit

(** Whether places are recorded. *)
val backtrace_status : unit -> bool

(** Adds a printer, which is asked before those there are. *)
val register_printer : (exn -> string option) -> unit

(** What the registered printers have to say. *)
val use_printers : exn -> string option

(** Places as they are recorded. *)
type raw_backtrace

(** One place. *)
type raw_backtrace_entry = private int

(** All places, the last one first. *)
val raw_backtrace_entries : raw_backtrace -> raw_backtrace_entry array

(** Places of the last exception. *)
val get_raw_backtrace : unit -> raw_backtrace

(** As {!print_backtrace}, of these places. *)
val print_raw_backtrace : out_channel -> raw_backtrace -> unit

(** As {!get_backtrace}, of these places. *)
val raw_backtrace_to_string : raw_backtrace -> string

(** Raises the exception as if it came from these places. *)
external raise_with_backtrace : exn -> raw_backtrace -> 'a = "%raise_with_backtrace"

(** The calls that are under way, at most so many. *)
external get_callstack : int -> raw_backtrace = "caml_get_current_callstack"

(** Prints the exception and its places on {!stderr}. *)
val default_uncaught_exception_handler : exn -> raw_backtrace -> unit

(** Sets what is called when an exception ends the program, after the functions of {!at_exit}. *)
val set_uncaught_exception_handler : (exn -> raw_backtrace -> unit) -> unit

(** A place, in readable form. *)
type backtrace_slot

(** Places in readable form; [None] when nothing is known of them. *)
val backtrace_slots : raw_backtrace -> backtrace_slot array option

(** One place, with the functions that were inlined there. *)
val backtrace_slots_of_raw_entry : raw_backtrace_entry -> backtrace_slot array option

(** File, first line, characters from its beginning, last line, characters from its beginning. *)
type location = {
  filename : string;
  line_number : int;
  start_char : int;
  end_char : int;
  end_line : int;
  end_col : int;
}

(** Places. *)
module Slot : sig
  (** Exceptions. *)
  type t = backtrace_slot

  (** Whether an exception was raised here, not a function called. *)
  val is_raise : t -> bool

  (** Whether this is in a function that was inlined. *)
  val is_inline : t -> bool

  (** Where it is. *)
  val location : t -> location option

  (** The function around it. *)
  val name : t -> string option

  (** The line that {!print_backtrace} prints at a position. *)
  val format : int -> t -> string option
end

(** A place as it is recorded. *)
type raw_backtrace_slot

(** Number of places. *)
val raw_backtrace_length : raw_backtrace -> int

(** The place at a position. *)
val get_raw_backtrace_slot : raw_backtrace -> int -> raw_backtrace_slot

(** The place in readable form. *)
val convert_raw_backtrace_slot : raw_backtrace_slot -> backtrace_slot

(** The place in the function into which this one was inlined. *)
val get_raw_backtrace_next_slot : raw_backtrace_slot -> raw_backtrace_slot option

(** Number of the exception's constructor. *)
val exn_slot_id : exn -> int

(** Name of the exception's constructor. *)
val exn_slot_name : exn -> string

(** Text of a value of an extensible type. *)
val string_of_extension_constructor : Obj.t -> string
