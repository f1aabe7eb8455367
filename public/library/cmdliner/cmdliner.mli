(** Declarative command lines: a program says which arguments it has, and gets their values, errors in a user's words, and a manual.

    Options are written [-x], [-xVALUE], [-x VALUE], [--name], [--name=VALUE], [--name VALUE]; a long name may be abbreviated as long as
    no other begins the same way; flags of one letter may be written together; after [--] everything is positional. *)

(** {1 Manual pages} *)

module Manpage : sig
  type section_name = string

  (** A section's title, a paragraph, text kept as it is, a label with its text, the absence of the empty line that would follow, blocks.

      Text may be marked up: [$(i,text)] italic, [$(b,text)] bold, [$(name)] a variable: [$(tname)] the command, [$(mname)] the program,
      [$(iname)] how the command is called; in an argument's documentation also [$(docv)], [$(opt)] and [$(env)]. *)
  type block = [ `S of section_name | `P of string | `Pre of string | `I of string * string | `Noblank | `Blocks of block list ]

  (** The text with the characters that mark up escaped. *)
  val escape : string -> string

  (** Title, section number, date, source, manual. *)
  type title = string * int * string * string * string

  type t = title * block list
  type xref = [ `Main | `Cmd of string | `Tool of string | `Page of string * int ]

  (** {2 Titles of sections, in their order} *)

  val s_name : section_name
  val s_synopsis : section_name
  val s_description : section_name
  val s_commands : section_name
  val s_arguments : section_name
  val s_options : section_name
  val s_common_options : section_name
  val s_exit_status : section_name
  val s_exit_status_intro : block
  val s_environment : section_name
  val s_environment_intro : block
  val s_files : section_name
  val s_bugs : section_name
  val s_examples : section_name
  val s_authors : section_name
  val s_see_also : section_name

  (** What is in this section is not shown. *)
  val s_none : section_name

  type format = [ `Auto | `Pager | `Plain | `Groff ]

  (** There is neither a pager nor a terminal to ask: all formats but [`Groff] print plain text. *)
  val print : ?env:(string -> string option) -> ?errs:Format.formatter -> ?subst:(string -> string option) -> format -> Format.formatter -> t -> unit
end

(** {1 Terms} *)

module Term : sig
  (** What is computed from the command line. *)
  type +'a t

  val const : 'a -> 'a t
  val ( $ ) : ('a -> 'b) t -> 'a t -> 'b t
  val app : ('a -> 'b) t -> 'a t -> 'b t
  val map : ('a -> 'b) -> 'a t -> 'b t
  val product : 'a t -> 'b t -> ('a * 'b) t

  module Syntax : sig
    val ( let+ ) : 'a t -> ('a -> 'b) -> 'b t
    val ( and+ ) : 'a t -> 'b t -> ('a * 'b) t
  end

  (** Errors of a term, reported after the program's name; with [usage] (default: no) followed by how the program is used. *)
  val term_result : ?usage:bool -> ('a, [ `Msg of string ]) result t -> 'a t

  val term_result' : ?usage:bool -> ('a, string) result t -> 'a t

  (** Errors of the command line. *)
  val cli_parse_result : ('a, [ `Msg of string ]) result t -> 'a t

  val cli_parse_result' : ('a, string) result t -> 'a t

  (** The program's name. *)
  val main_name : string t

  (** The names of its commands. *)
  val choice_names : string list t

  (** The function that reads the environment. *)
  val env : (string -> string option) t

  (** Also the words of the command line that the term's arguments took. *)
  val with_used_args : 'a t -> ('a * string list) t

  type 'a ret = [ `Help of Manpage.format * string option | `Error of bool * string | `Ok of 'a ]

  (** A term that may ask for the manual (of a command), or fail (with the usage or without). *)
  val ret : 'a ret t -> 'a t
end

(** {1 Commands} *)

module Cmd : sig
  module Exit : sig
    type code = int

    (** 0 *)
    val ok : code

    (** 123 *)
    val some_error : code

    (** 124 *)
    val cli_error : code

    (** 125 *)
    val internal_error : code

    type info

    val info : ?docs:Manpage.section_name -> ?doc:string -> ?max:code -> code -> info
    val info_code : info -> code
    val defaults : info list
  end

  module Env : sig
    type var = string
    type info

    val info : ?deprecated:string -> ?docs:Manpage.section_name -> ?doc:string -> var -> info
    val info_var : info -> var
  end

  type info

  val info :
    ?deprecated:string ->
    ?man_xrefs:Manpage.xref list ->
    ?man:Manpage.block list ->
    ?envs:Env.info list ->
    ?exits:Exit.info list ->
    ?sdocs:Manpage.section_name ->
    ?docs:Manpage.section_name ->
    ?doc:string ->
    ?version:string ->
    string ->
    info

  type 'a t

  val v : info -> 'a Term.t -> 'a t
  val make : info -> 'a Term.t -> 'a t

  (** A command with sub-commands. Raises [Invalid_argument] when two have one name. *)
  val group : ?default:'a Term.t -> info -> 'a t list -> 'a t

  val name : 'a t -> string
  val get_info : 'a t -> info

  (** {2 Evaluation} [argv] is [Sys.argv], [env] is [Sys.getenv_opt], [help] standard output, [err] standard error; with [catch] (default)
      exceptions are reported. The results are exit codes; [term_err] (default: 124) is that of a failing term. *)

  val eval :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    ?term_err:Exit.code ->
    unit t ->
    Exit.code

  val eval' :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    ?term_err:Exit.code ->
    Exit.code t ->
    Exit.code

  val eval_result :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    ?term_err:Exit.code ->
    (unit, string) result t ->
    Exit.code

  val eval_result' :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    ?term_err:Exit.code ->
    (Exit.code, string) result t ->
    Exit.code

  type 'a eval_ok = [ `Ok of 'a | `Version | `Help ]
  type eval_error = [ `Parse | `Term | `Exn ]

  type 'a eval_exit = [ `Ok of 'a | `Exit of Exit.code ]

  val eval_value :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    'a t ->
    ('a eval_ok, eval_error) result

  val eval_value' :
    ?help:Format.formatter ->
    ?err:Format.formatter ->
    ?catch:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    ?term_err:Exit.code ->
    'a t ->
    'a eval_exit

  (** Looks only at the term's options; what else is on the command line, right or wrong, is passed over. *)
  val eval_peek_opts :
    ?version_opt:bool ->
    ?env:(string -> string option) ->
    ?argv:string array ->
    'a Term.t ->
    'a option * ('a eval_ok, eval_error) result
end

(** {1 Arguments} *)

module Arg : sig
  (** {2 Converters} *)

  type 'a parser = string -> [ `Ok of 'a | `Error of string ]
  type 'a printer = Format.formatter -> 'a -> unit
  type 'a conv = 'a parser * 'a printer
  type 'a converter = 'a conv

  val conv : ?docv:string -> (string -> ('a, [ `Msg of string ]) result) * 'a printer -> 'a conv
  val conv' : ?docv:string -> (string -> ('a, string) result) * 'a printer -> 'a conv
  val pconv : ?docv:string -> 'a parser * 'a printer -> 'a conv
  val conv_parser : 'a conv -> string -> ('a, [ `Msg of string ]) result
  val conv_printer : 'a conv -> 'a printer
  val conv_docv : 'a conv -> string

  (** What a shell is told that completes a command line. No shell asks a unikernel: converters accept it and do not keep it. *)
  module Completion : sig
    (** What may stand for the text so far: a value, a text, files, directories, what another program's completion gives; a message, or the
        whole answer. *)
    type 'a directive

    val value : ?doc:string -> 'a -> 'a directive
    val string : ?doc:string -> string -> 'a directive
    val files : 'a directive
    val dirs : 'a directive
    val restart : 'a directive
    val message : string -> 'a directive
    val raw : string -> 'a directive

    (** Of the context, if its term has a value on that line, and the text to complete. *)
    type ('ctx, 'a) func = 'ctx option -> token:string -> ('a directive list, string) result

    type 'a complete = Complete : 'ctx Term.t option * ('ctx, 'a) func -> 'a complete
    type 'a t

    val make : ?context:'ctx Term.t -> ('ctx, 'a) func -> 'a t
    val complete : 'a t -> 'a complete
    val complete_files : 'a t
    val complete_dirs : 'a t
    val complete_paths : 'a t
    val complete_restart : 'a t
  end

  module Conv : sig
    type 'a parser = string -> ('a, string) result
    type 'a fmt = Format.formatter -> 'a -> unit
    type 'a t = 'a conv

    val make : ?completion:'a Completion.t -> docv:string -> parser:'a parser -> pp:'a fmt -> unit -> 'a t

    (** Another converter with what is given in place of this one's. *)
    val of_conv : ?completion:'a Completion.t -> ?docv:string -> ?parser:'a parser -> ?pp:'a fmt -> 'a t -> 'a t

    val parser : 'a t -> 'a parser
    val pp : 'a t -> 'a fmt
    val docv : 'a t -> string
    val completion : 'a t -> 'a Completion.t
  end

  (** [kind] says in errors what was expected. *)
  val parser_of_kind_of_string : kind:string -> (string -> 'a option) -> string -> ('a, [ `Msg of string ]) result

  val bool : bool conv
  val char : char conv
  val int : int conv
  val nativeint : nativeint conv
  val int32 : int32 conv
  val int64 : int64 conv
  val float : float conv
  val string : string conv

  (** One of the names, or a prefix that only one of them has. *)
  val enum : ?docv:string -> (string * 'a) list -> 'a conv

  (** The name of what exists: a file or directory, a directory, a file that is none. *)
  val file : string conv

  val dir : string conv
  val non_dir_file : string conv

  (** Any text. *)
  val path : string conv

  val filepath : string conv
  val dirpath : string conv

  (** Elements separated by [sep] (default: a comma). *)
  val list : ?sep:char -> 'a conv -> 'a list conv

  val array : ?sep:char -> 'a conv -> 'a array conv
  val pair : ?sep:char -> 'a conv -> 'b conv -> ('a * 'b) conv
  val t2 : ?sep:char -> 'a conv -> 'b conv -> ('a * 'b) conv
  val t3 : ?sep:char -> 'a conv -> 'b conv -> 'c conv -> ('a * 'b * 'c) conv
  val t4 : ?sep:char -> 'a conv -> 'b conv -> 'c conv -> 'd conv -> ('a * 'b * 'c * 'd) conv

  (** [none] is how the documentation shows [None]. *)
  val some : ?none:string -> 'a conv -> 'a option conv

  val some' : ?none:'a -> 'a conv -> 'a option conv

  (** {2 Arguments} *)

  type 'a t

  (** What it is made of is for the library's own tools. *)
  type info = Cmdliner_info.arg

  (** Names without dashes: none for positional arguments. [docs] is the section of the manual, [docv] stands for the value there,
      [absent] says what happens without the argument, [env] names an environment variable that is read then, [doc_envs] others that the manual has. *)
  val info :
    ?deprecated:string -> ?absent:string -> ?docs:Manpage.section_name -> ?doc_envs:Cmd.Env.info list -> ?docv:string -> ?doc:string -> ?env:Cmd.Env.info -> string list -> info

  val ( & ) : ('a -> 'b) -> 'a -> 'b

  (** Options. Raise [Invalid_argument] when the info has no name. *)

  val flag : info -> bool t
  val flag_all : info -> bool list t
  val vflag : 'a -> ('a * info) list -> 'a t
  val vflag_all : 'a list -> ('a * info) list -> 'a list t

  (** [vopt] is the value of the option given without one. *)
  val opt : ?vopt:'a -> 'a conv -> 'a -> info -> 'a t

  val opt_all : ?vopt:'a -> 'a conv -> 'a list -> info -> 'a list t

  (** Positional arguments: the n-th from the left (from the right with [rev]), all, those on the left or right of the n-th. Raise
      [Invalid_argument] when the info has a name. *)

  val pos : ?rev:bool -> int -> 'a conv -> 'a -> info -> 'a t
  val pos_all : 'a conv -> 'a list -> info -> 'a list t
  val pos_left : ?rev:bool -> int -> 'a conv -> 'a list -> info -> 'a list t
  val pos_right : ?rev:bool -> int -> 'a conv -> 'a list -> info -> 'a list t

  (** {2 As terms} *)

  val value : 'a t -> 'a Term.t
  val required : 'a option t -> 'a Term.t
  val non_empty : 'a list t -> 'a list Term.t
  val last : 'a list t -> 'a Term.t

  (** The option [--man-format]. *)
  val man_format : Manpage.format Term.t

  (** {2 For documentation} *)

  val doc_quote : string -> string
  val doc_alts : ?quoted:bool -> string list -> string
  val doc_alts_enum : ?quoted:bool -> (string * 'a) list -> string
end
