(** Lines of text over a console that gives and takes bytes. *)

(** What applications ask of a line reader. *)
module type S = sig
  (** A line reader on one console. *)
  type t

  (** The next line, without its end. [None] when the input has ended. A line ends with a line feed, a carriage return (what
      terminals send over a serial line) or both in this order; the last one may have no end. *)
  val read_line : t -> string option Lwt.t

  (** Shows a prompt, then reads as {!read_line}. *)
  val prompt : t -> string -> string option Lwt.t

  (** Writes the text and a line feed. *)
  val write_line : t -> string -> unit Lwt.t
end

module Make (Console : Console.S) : sig
  include S

  (** A line reader on the console. With [echo], what is typed is shown, and while a line is typed these keys edit it: backspace or
      delete takes back a character, control-U the line, control-D on an empty line ends the input. Terminals on a serial line need
      this; those of a process show and edit by themselves. *)
  val connect : echo:bool -> Console.t -> t Lwt.t
end
