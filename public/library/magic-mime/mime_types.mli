(** Media types and the extensions of files that have them. *)

(** The type of an extension (as written, without the dot), [default] where none is known: [application/octet-stream]. *)
val map_extension : ?default:string -> string -> string

(** The type of a file by its whole name, such as [README]. *)
val map_file : ?default:string -> string -> string

(** A type's extensions, the empty list for an unknown type. *)
val map_mime : string -> string list
