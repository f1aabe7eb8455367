(** Flows: streams of bytes between two parties. *)

(** The other side, or this one, closed the flow. *)
type write_error = [ `Closed ]

val pp_write_error : write_error Fmt.t

(** What a read gives: data, or that no more will come. *)
type 'a or_eof = [ `Data of 'a | `Eof ]

val pp_or_eof : 'a Fmt.t -> 'a or_eof Fmt.t

module type S = sig
  type error

  val pp_error : error Fmt.t

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  type flow

  (** Waits for data. The result's buffer is the caller's. *)
  val read : flow -> (Cstruct.t or_eof, error) result Lwt.t

  (** Fulfilled when more can be written; the buffer must not be changed before. *)
  val write : flow -> Cstruct.t -> (unit, write_error) result Lwt.t

  val writev : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t

  (** Ends one direction or both: after [`write] the other side reads [`Eof]; after [`read] data that comes is dropped. *)
  val shutdown : flow -> [ `read | `write | `read_write ] -> unit Lwt.t

  (** Ends both directions and gives up what the flow holds. *)
  val close : flow -> unit Lwt.t
end
