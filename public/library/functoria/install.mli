(** Files that a package would install. *)

type t

(** [bin] are programs and what they are called when installed. *)
val v : ?bin:(Fpath.t * Fpath.t) list -> ?etc:Fpath.t list -> unit -> t

val union : t -> t -> t
val empty : t
val pp : t Fmt.t
