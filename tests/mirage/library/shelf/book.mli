type t

val make : string -> t

(** A page a letter. *)
val pages : t -> int
