(** Ethernet addresses (IEEE 802 MAC-48). *)

(** What is wrong, and the text. *)
exception Parse_error of string * string

type t

(** From exactly six octets. *)
val of_octets_exn : string -> t

val of_octets : string -> (t, [> `Msg of string ]) result

(** From [xx:xx:xx:xx:xx:xx] or [xx-xx-xx-xx-xx-xx]. *)
val of_string_exn : string -> t

val of_string : string -> (t, [> `Msg of string ]) result
val to_octets : t -> string

(** Separated by [sep] (default: a colon). *)
val to_string : ?sep:char -> t -> string

val pp : Format.formatter -> t -> unit

(** [ff:ff:ff:ff:ff:ff] *)
val broadcast : t

(** A locally administered unicast address; the function gives the octets from 0 to 5, of the first one six bits are used. *)
val make_local : (int -> int) -> t

(** The first three octets: who assigned the address. *)
val get_oui : t -> int

(** Whether the address is locally administered. *)
val is_local : t -> bool

val is_unicast : t -> bool
val compare : t -> t -> int
