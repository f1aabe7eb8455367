(** Pretty printing to channels of {!Lwt_io}: what {!Format} prints is noted, and written when the promise of the printing function is waited for. *)

type formatter

(** What a formatter gives out. *)
type order =
  | String of string * int * int  (** a string, the offset and the length of what is to be written of it *)
  | Flush

(** A formatter and the stream of its orders. *)
val make_stream : unit -> order Lwt_stream.t * formatter

val of_channel : Lwt_io.output_channel -> formatter
val stdout : formatter
val stderr : formatter

(** A formatter of [fmt]'s; [commit] writes what [fmt] gave out. *)
val make_formatter : commit:(unit -> unit Lwt.t) -> fmt:Format.formatter -> unit -> formatter

val get_formatter : formatter -> Format.formatter
val printf : ('a, Format.formatter, unit, unit Lwt.t) format4 -> 'a
val eprintf : ('a, Format.formatter, unit, unit Lwt.t) format4 -> 'a
val fprintf : formatter -> ('a, Format.formatter, unit, unit Lwt.t) format4 -> 'a
val kfprintf : (formatter -> unit Lwt.t -> 'a) -> formatter -> ('b, Format.formatter, unit, 'a) format4 -> 'b
val ifprintf : formatter -> ('a, Format.formatter, unit, unit Lwt.t) format4 -> 'a
val ikfprintf : (formatter -> unit Lwt.t -> 'a) -> formatter -> ('b, Format.formatter, unit, 'a) format4 -> 'b

(** Writes all that was printed. *)
val flush : formatter -> unit Lwt.t

val write_order : Lwt_io.output_channel -> order -> unit Lwt.t

(** Writes what the formatter gave out until now, which is not all that was printed. *)
val write_pending : formatter -> unit Lwt.t
