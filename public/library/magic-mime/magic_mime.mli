(** Media types of files by their names. *)

(** The media type of a file of this name by its extension in lower case, or by its whole name when it has none; [default]
    (default: [application/octet-stream]) where nothing is known. *)
val lookup : ?default:string -> string -> string

(** The extensions of files of a media type, whose parameters count for nothing; the empty list for an unknown type. *)
val reverse_lookup : string -> string list
