(** The values of configure-time keys. *)

type 'a key

val new_key : string -> 'a key

type t

val empty : t
val add : 'a key -> 'a -> t -> t
val mem : 'a key -> t -> bool
val find : 'a key -> t -> 'a option

(** What [default] has where the other has nothing. *)
val merge : default:t -> t -> t

val dump : t Fmt.t
