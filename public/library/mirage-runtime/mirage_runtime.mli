(** Boot arguments, and what else a unikernel shares with the main loop that runs it. *)

(** {1 Boot arguments} *)

(** [register_arg term] makes [term] part of the boot arguments; the result gives its value once they are evaluated, and raises
    [Invalid_argument] before. Raises [Invalid_argument] itself when they have been evaluated already. *)
val register_arg : 'a Cmdliner.Term.t -> unit -> 'a

(** What was registered, in order. *)
val runtime_args : unit -> unit Cmdliner.Term.t list

(** [with_argv terms name argv] evaluates the terms with the arguments of [argv] from its element 1 on. Ends the program with
    {!help_version} after [--help], with {!argument_error} when the arguments are wrong. *)
val with_argv : unit Cmdliner.Term.t list -> string -> string array -> unit

(** 64 *)
val argument_error : int

(** 63 *)
val help_version : int

(** {2 Arguments of every unikernel} *)

(** [--delay]: seconds to wait before the start; default 0. *)
val delay : int Cmdliner.Term.t

(** [--name]: the unikernel's name, with its default. *)
val name_arg : string -> string Cmdliner.Term.t

(** [--name]: the same without a default. *)
val name_k : string option Cmdliner.Term.t

(** [--disk]: the name of a disk, by default [disk]. *)
val disk : string Cmdliner.Term.t

(** [--analyze]: whether a disk is checked before it is used; default true. *)
val analyze : bool Cmdliner.Term.t

(** The level for all sources or for the sources of one name. *)
type log_threshold = [ `All | `Src of string ] * Logs.level option

(** [-l], [--logs]: log thresholds, written [LEVEL] or [SRC:LEVEL]. *)
val logs : log_threshold list Cmdliner.Term.t

(** Sets the levels of all sources: the threshold for all if there is one, otherwise [default]; then those of single sources. A source that
    does not exist is warned of on standard output. *)
val set_level : default:Logs.level option -> log_threshold list -> unit

module Conv : sig
  val log_threshold : log_threshold Cmdliner.Arg.conv
end

(** {2 Sections of the manual} in the order in which they are shown *)

val s_arg : string
val s_opt : string
val s_http : string
val s_ssh : string
val s_tls : string
val s_he : string
val s_dns : string
val s_net : string
val s_log : string
val s_disk : string
val s_ocaml : string

(** {1 The unikernel's name} *)

val set_name : string -> unit

(** Raises [Invalid_argument] before the name is set. *)
val name : unit -> string

(** {1 Hooks of the main loop} *)

(** Runs a function when the program ends, the one registered last first. *)
val at_exit : (unit -> unit Lwt.t) -> unit

(** Runs a function each time before the main loop waits, and after. *)
val at_enter_iter : (unit -> unit) -> unit

val at_leave_iter : (unit -> unit) -> unit

(** {2 For main loops} *)

val run_exit_hooks : unit -> unit Lwt.t
val run_enter_iter_hooks : unit -> unit
val run_leave_iter_hooks : unit -> unit
