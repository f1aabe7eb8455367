(** The machine's text console: the serial port of a virtual machine, standard input and output of a process. *)

(** What applications and libraries ask of a console. *)
module type S = sig
  (** A connected console. *)
  type t

  (** Writes the bytes as they are; fulfilled when the machine has taken them. *)
  val write : t -> string -> unit Lwt.t

  (** Writes a line: the text and a line feed. *)
  val log : t -> string -> unit Lwt.t

  (** Waits for input. [`Data s]: what has come, at least one byte, not necessarily a whole line. [`Eof]: nothing will come any
      more (the input of a process can end; that of a serial port does not). *)
  val read : t -> [ `Data of string | `Eof ] Lwt.t
end

include S

(** The console of this machine. There is one: all that connect share it. *)
val connect : unit -> t Lwt.t
