(** Buffered reading and writing over a flow: single characters, lines, exact lengths. *)

type write_error = Mirage_flow.write_error

module type S = sig
  type error

  val pp_error : error Fmt.t

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  type flow
  type t

  val create : flow -> t
  val to_flow : t -> flow

  (** {1 Reading} *)

  val read_char : t -> (char Mirage_flow.or_eof, error) result Lwt.t

  (** What there is, at most [len] bytes. *)
  val read_some : ?len:int -> t -> (Cstruct.t Mirage_flow.or_eof, error) result Lwt.t

  (** Exactly [len] bytes, in one buffer or more; [`Eof] when the flow ends before. *)
  val read_exactly : len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t

  (** A line without its end ([LF] or [CR LF]); an error when it is longer than [len]. The last one may have no end. *)
  val read_line : ?len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t

  (** {1 Writing} into a buffer, until {!flush} *)

  val write_char : t -> char -> unit

  (** [write_string t s off len] *)
  val write_string : t -> string -> int -> int -> unit

  (** The buffer is not copied: it must not be changed before it is flushed. *)
  val write_buffer : t -> Cstruct.t -> unit

  (** With a line feed. *)
  val write_line : t -> string -> unit

  val flush : t -> (unit, write_error) result Lwt.t

  (** {1 Ending} after flushing *)

  val close : t -> (unit, write_error) result Lwt.t
  val shutdown : t -> [ `read | `write | `read_write ] -> (unit, write_error) result Lwt.t
end

module Make (F : Mirage_flow.S) : sig
  include
    S
      with type flow = F.flow
       and type error = private [> `Read_zero | `Flow of F.error | `Line_too_long ]
       and type write_error = private [> write_error ]
end
