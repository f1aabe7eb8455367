(** Boot arguments: see {!Mirage_runtime}, which has those that every unikernel takes. *)

(** [register_arg term] makes [term] part of the boot arguments; the result gives its value once they are evaluated, and raises
    [Invalid_argument] before. Raises [Invalid_argument] itself when they have been evaluated already. *)
val register_arg : 'a Cmdliner.Term.t -> unit -> 'a

(** @deprecated Use {!register_arg}. *)
val register : 'a Cmdliner.Term.t -> unit -> 'a
[@@ocaml.deprecated "Use register_arg."]

(** What was registered, in order. *)
val runtime_args : unit -> unit Cmdliner.Term.t list

(** [with_argv terms name argv] evaluates the terms with the arguments of [argv] from its element 1 on. [sections] are those of the manual that
    come first, in their order. Ends the program with {!help_version} after [--help], with {!argument_error} when the arguments are wrong. *)
val with_argv : ?sections:string list -> unit Cmdliner.Term.t list -> string -> string array -> unit

(** 64 *)
val argument_error : int

(** 63 *)
val help_version : int
