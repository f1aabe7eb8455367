(** The checksum of the internet protocols (RFC 1071). It is zero over data that holds its own checksum. *)

val ones_complement : Cstruct.t -> int

(** Over the buffers one after the other, whatever their lengths. *)
val ones_complement_list : Cstruct.t list -> int
