(** Dumps of strings. *)

val pp : Hxd.cfg -> Format.formatter -> string -> unit

(** From a place on, counted from the beginning: [`Relative] is that too, for a string is read from its beginning. The result is the text that
    was printed; an error says that there is no such place. *)
val generate :
  Hxd.cfg -> string -> [ `Absolute of int | `Relative of int ] -> Format.formatter -> (string, [ `Msg of string ]) result

(** The same without printing. *)
val to_hxd : Hxd.cfg -> string -> [ `Absolute of int | `Relative of int ] -> (string, [ `Msg of string ]) result

(** Prints nothing. *)
val null : Format.formatter
