(* Flows: streams of bytes between two parties. *)

type write_error = [ `Closed ]

let pp_write_error ppf = function `Closed -> Fmt.string ppf "attempted to write to a closed flow"

type 'a or_eof = [ `Data of 'a | `Eof ]

let pp_or_eof pp ppf = function `Data v -> pp ppf v | `Eof -> Fmt.string ppf "End-of-file"

module type S = sig
  type error

  val pp_error : error Fmt.t

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  type flow

  val read : flow -> (Cstruct.t or_eof, error) result Lwt.t
  val write : flow -> Cstruct.t -> (unit, write_error) result Lwt.t
  val writev : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t
  val shutdown : flow -> [ `read | `write | `read_write ] -> unit Lwt.t
  val close : flow -> unit Lwt.t
end
