(** The system that the program runs on. *)

(** The program's name and arguments. *)
external argv : string array = "%sys_argv"

(** The program's file. *)
val executable_name : string

(** Whether there is a file or folder of this name. *)
external file_exists : string -> bool = "caml_sys_file_exists"

(** Whether it is a folder. Raises [Sys_error] when there is nothing of this name. *)
external is_directory : string -> bool = "caml_sys_is_directory"

(** Whether it is a regular file. Raises [Sys_error] when there is nothing of this name. *)
external is_regular_file : string -> bool = "caml_sys_is_regular_file"

(** Removes a file. Raises [Sys_error]. *)
external remove : string -> unit = "caml_sys_remove"

(** Gives a file another name. Raises [Sys_error]. *)
external rename : string -> string -> unit = "caml_sys_rename"

(** Value of a setting of the environment. Raises [Not_found]. *)
external getenv : string -> string = "caml_sys_getenv"

(** Value of a setting of the environment. *)
val getenv_opt : string -> string option

(** Runs a shell command; its exit code. *)
external command : string -> int = "caml_sys_system_command"

(** Processor time used by the program, in seconds. *)
external time : unit -> (float [@unboxed]) = "caml_sys_time" "caml_sys_time_unboxed" [@@noalloc]

(** Changes the current folder. Raises [Sys_error]. *)
external chdir : string -> unit = "caml_sys_chdir"

(** Makes a folder with these permissions. Raises [Sys_error]. *)
external mkdir : string -> int -> unit = "caml_sys_mkdir"

(** Removes an empty folder. Raises [Sys_error]. *)
external rmdir : string -> unit = "caml_sys_rmdir"

(** The current folder. *)
external getcwd : unit -> string = "caml_sys_getcwd"

(** The names in a folder, without "." and "..", in any order. Raises [Sys_error]. *)
external readdir : string -> string array = "caml_sys_read_directory"

(** Whether the program is OCaml's toplevel; false. *)
val interactive : bool ref

(** "Unix": what the names of files are like. *)
val os_type : string

(** How a program can have been compiled. *)
type backend_type =
  | Native
  | Bytecode
  | Other of string

(** How this one was. *)
val backend_type : backend_type

(** Whether {!os_type} is "Unix". *)
val unix : bool

(** Whether {!os_type} is "Win32". *)
val win32 : bool

(** Whether {!os_type} is "Cygwin". *)
val cygwin : bool

(** Bits of a machine word. *)
val word_size : int

(** Bits of an integer. *)
val int_size : int

(** Whether the machine's byte order is big-endian. *)
val big_endian : bool

(** Greatest length of a string. *)
val max_string_length : int

(** Greatest length of an array. *)
val max_array_length : int

(** Greatest length of an array of floats. *)
val max_floatarray_length : int

(** Name of the run-time system's variant. *)
external runtime_variant : unit -> string = "caml_runtime_variant"

(** Settings of the run-time system, as OCAMLRUNPARAM writes them. *)
external runtime_parameters : unit -> string = "caml_runtime_parameters"

(** Runs what is due: signal handlers, finalisers. *)
external poll_actions : unit -> unit = "%poll"

(** What a signal does. *)
type signal_behavior =
    Signal_default
  | Signal_ignore
  | Signal_handle of (int -> unit)

(** Sets what a signal does; what it did before. Raises [Invalid_argument] for a number that is none, [Sys_error] when it cannot be set. *)
external signal : int -> signal_behavior -> signal_behavior = "caml_install_signal_handler"

(** As {!signal}, without result. *)
val set_signal : int -> signal_behavior -> unit

(** Abort. *)
val sigabrt : int

(** Timer. *)
val sigalrm : int

(** Arithmetic error. *)
val sigfpe : int

(** The terminal is gone. *)
val sighup : int

(** Illegal instruction. *)
val sigill : int

(** Interrupt from the keyboard. *)
val sigint : int

(** Ends the process; cannot be handled. *)
val sigkill : int

(** Nobody reads the pipe. *)
val sigpipe : int

(** Quit from the keyboard. *)
val sigquit : int

(** Invalid memory access. *)
val sigsegv : int

(** Request to end. *)
val sigterm : int

(** The program's own. *)
val sigusr1 : int

(** The program's own. *)
val sigusr2 : int

(** A child process changed its state. *)
val sigchld : int

(** Go on after a stop. *)
val sigcont : int

(** Stops the process; cannot be handled. *)
val sigstop : int

(** Stop from the keyboard. *)
val sigtstp : int

(** Reading from the terminal in the background. *)
val sigttin : int

(** Writing on the terminal in the background. *)
val sigttou : int

(** Timer of processor time. *)
val sigvtalrm : int

(** Profiling timer. *)
val sigprof : int

(** Bus error. *)
val sigbus : int

(** Input or output is possible. *)
val sigpoll : int

(** Bad system call. *)
val sigsys : int

(** Breakpoint. *)
val sigtrap : int

(** Urgent data on a socket. *)
val sigurg : int

(** Processor time is used up. *)
val sigxcpu : int

(** The file is too large. *)
val sigxfsz : int

(** Raised at an interrupt from the keyboard after {!catch_break}. *)
exception Break

(** Whether an interrupt from the keyboard raises {!Break}. *)
val catch_break : bool -> unit

(** Version of the language and library that this one is. *)
val ocaml_version : string

(** Whether the version is one under development. *)
val development_version : bool

(** What stands before additional information in a version. *)
type extra_prefix = Plus | Tilde

(** Additional information in a version. *)
type extra_info = extra_prefix * string

(** A version in parts. *)
type ocaml_release_info = {
  major : int;
  minor : int;
  patchlevel : int;
  extra : extra_info option
}

(** {!ocaml_version} in parts. *)
val ocaml_release : ocaml_release_info

(** Whether the run-time system may print warnings. *)
val enable_runtime_warnings : bool -> unit

(** Whether the run-time system may print warnings. *)
val runtime_warnings_enabled : unit -> bool

(** Gives its argument back; the compiler does not look through it. *)
external opaque_identity : 'a -> 'a = "%opaque"

(** Types that are immediate where integers have 63 bits. *)
module Immediate64 : sig
  (** The type where they have not. *)
  module type Non_immediate = sig
    (** The type. *)
    type t
  end

  (** The type where they have. *)
  module type Immediate = sig
    (** The type. *)
    type t [@@immediate]
  end

  (** The type that is one or the other. *)
  module Make(Immediate : Immediate)(Non_immediate : Non_immediate) : sig
    (** The type. *)
    type t [@@immediate64]

    (** Which one a type is. *)
    type 'a repr =
      | Immediate : Immediate.t repr
      | Non_immediate : Non_immediate.t repr

    (** Which one a type is. *)
    val repr : t repr
  end
end
