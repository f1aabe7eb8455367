(** Functions on functions. *)

(** Gives its argument back. *)
external id : 'a -> 'a = "%identity"

(** The function that always gives this value. *)
val const : 'a -> (_ -> 'a)

(** [compose f g x] is [f (g x)]. *)
val compose : ('b -> 'c) -> ('a -> 'b) -> 'a -> 'c

(** The function with its first two arguments exchanged. *)
val flip : ('a -> 'b -> 'c) -> ('b -> 'a -> 'c)

(** The opposite predicate. *)
val negate : ('a -> bool) -> ('a -> bool)

(** The function's result; [finally] is called afterwards, also when the function raises. When [finally] raises, the result is {!Finally_raised}. *)
val protect : finally:(unit -> unit) -> (unit -> 'a) -> 'a

(** [finally] raised this exception, which it must not. *)
exception Finally_raised of exn
