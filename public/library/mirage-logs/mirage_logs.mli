(** The reporter of log messages. *)

(** One line a message, written to [ch] (default: standard error) and flushed: the time (RFC 3339), the tags as [name=value], the level
    or header, the source, the message. Further lines of a message are indented to where it begins. *)
val create : ?ch:Format.formatter -> unit -> Logs.reporter
