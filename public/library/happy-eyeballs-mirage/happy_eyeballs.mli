(** Happy eyeballs (RFC 8305): connecting to whichever address of a name answers first. *)

(** What is under way, as a value that does not change. *)
type t

(** Times are in nanoseconds. *)
val create :
  ?aaaa_timeout:int64 ->
  ?connect_delay:int64 ->
  ?connect_timeout:int64 ->
  ?resolve_timeout:int64 ->
  ?resolve_retries:int ->
  int64 ->
  t
