(** Other programs, with channels to them. *)

(** The program, to be looked for in [PATH] (the first argument when it is empty), and the arguments with the program's name. *)
type command = string * string array

(** A command for the shell. *)
val shell : string -> command

(** Where a standard descriptor leads: where this program's does; nowhere; closed; to a descriptor, which is closed here with [`FD_move]. *)
type redirection = [ `Keep | `Dev_null | `Close | `FD_copy of Unix.file_descr | `FD_move of Unix.file_descr ]

(** {1 Whole runs} After [timeout] seconds the program is killed. *)

(** Waits for the end. *)
val exec :
  ?timeout:float ->
  ?env:string array ->
  ?cwd:string ->
  ?stdin:redirection ->
  ?stdout:redirection ->
  ?stderr:redirection ->
  command ->
  Unix.process_status Lwt.t

(** All that it prints. *)
val pread : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> string Lwt.t

val pread_chars : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> char Lwt_stream.t

(** The first line. *)
val pread_line : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> string Lwt.t

val pread_lines : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> string Lwt_stream.t

(** Gives it a text to read. *)
val pwrite : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> string -> unit Lwt.t

val pwrite_chars : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> char Lwt_stream.t -> unit Lwt.t
val pwrite_line : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> string -> unit Lwt.t
val pwrite_lines : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> string Lwt_stream.t -> unit Lwt.t

(** What it prints for a text. *)
val pmap : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> string -> string Lwt.t

val pmap_line : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> string -> string Lwt.t
val pmap_lines : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> string Lwt_stream.t -> string Lwt_stream.t

(** {1 Programs that run} *)

type state = Running | Exited of Unix.process_status

(** A program. *)
class process_none : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stdout:redirection -> ?stderr:redirection -> command -> object
  method pid : int
  method state : state

  (** Sends a signal. *)
  method kill : int -> unit

  (** Kills it. *)
  method terminate : unit

  method status : Unix.process_status Lwt.t
  method rusage : Lwt_unix.resource_usage Lwt.t

  (** Closes the channels and waits for the end. *)
  method close : Unix.process_status Lwt.t
end

class process_in : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> object
  inherit process_none
  method stdout : Lwt_io.input_channel
end

class process_out : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> object
  inherit process_none
  method stdin : Lwt_io.output_channel
end

class process : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> object
  inherit process_none
  method stdin : Lwt_io.output_channel
  method stdout : Lwt_io.input_channel
end

class process_full : ?timeout:float -> ?env:string array -> ?cwd:string -> command -> object
  inherit process_none
  method stdin : Lwt_io.output_channel
  method stdout : Lwt_io.input_channel
  method stderr : Lwt_io.input_channel
end

val open_process_none :
  ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stdout:redirection -> ?stderr:redirection -> command -> process_none

val open_process_in : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> process_in
val open_process_out : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> process_out
val open_process : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> process
val open_process_full : ?timeout:float -> ?env:string array -> ?cwd:string -> command -> process_full

(** The following close it after the function. *)

val with_process_none :
  ?timeout:float ->
  ?env:string array ->
  ?cwd:string ->
  ?stdin:redirection ->
  ?stdout:redirection ->
  ?stderr:redirection ->
  command ->
  (process_none -> 'a Lwt.t) ->
  'a Lwt.t

val with_process_in : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdin:redirection -> ?stderr:redirection -> command -> (process_in -> 'a Lwt.t) -> 'a Lwt.t
val with_process_out : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stdout:redirection -> ?stderr:redirection -> command -> (process_out -> 'a Lwt.t) -> 'a Lwt.t
val with_process : ?timeout:float -> ?env:string array -> ?cwd:string -> ?stderr:redirection -> command -> (process -> 'a Lwt.t) -> 'a Lwt.t
val with_process_full : ?timeout:float -> ?env:string array -> ?cwd:string -> command -> (process_full -> 'a Lwt.t) -> 'a Lwt.t
