(** Media types by file name extension. *)

(** The media type of a file of this name; [default] (default: [application/octet-stream]) when the extension is unknown or missing. *)
val lookup : ?default:string -> string -> string
