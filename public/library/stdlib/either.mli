(** A value of one of two types, neither of which is an error. *)

(** One or the other. *)
type ('a, 'b) t = Left of 'a | Right of 'b

(** [Left] of a value. *)
val left : 'a -> ('a, 'b) t

(** [Right] of a value. *)
val right : 'b -> ('a, 'b) t

(** Whether it is a [Left]. *)
val is_left : ('a, 'b) t -> bool

(** Whether it is a [Right]. *)
val is_right : ('a, 'b) t -> bool

(** The value of a [Left]. *)
val find_left : ('a, 'b) t -> 'a option

(** The value of a [Right]. *)
val find_right : ('a, 'b) t -> 'b option

(** Applies a function to the value of a [Left]. *)
val map_left : ('a1 -> 'a2) -> ('a1, 'b) t -> ('a2, 'b) t

(** Applies a function to the value of a [Right]. *)
val map_right : ('b1 -> 'b2) -> ('a, 'b1) t -> ('a, 'b2) t

(** Applies one of two functions. *)
val map : left:('a1 -> 'a2) -> right:('b1 -> 'b2) -> ('a1, 'b1) t -> ('a2, 'b2) t

(** The result of one of two functions. *)
val fold : left:('a -> 'c) -> right:('b -> 'c) -> ('a, 'b) t -> 'c

(** Calls one of two functions. *)
val iter : left:('a -> unit) -> right:('b -> unit) -> ('a, 'b) t -> unit

(** Asks one of two predicates. *)
val for_all : left:('a -> bool) -> right:('b -> bool) -> ('a, 'b) t -> bool

(** Same side, and values that its function holds equal. *)
val equal : left:('a -> 'a -> bool) -> right:('b -> 'b -> bool) -> ('a, 'b) t -> ('a, 'b) t -> bool

(** [Left] before [Right], values of one side by its function. *)
val compare : left:('a -> 'a -> int) -> right:('b -> 'b -> int) -> ('a, 'b) t -> ('a, 'b) t -> int
