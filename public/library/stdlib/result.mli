(** Values, or errors in their place. *)

(** A value, or an error. *)
type ('a, 'e) t = ('a, 'e) result = Ok of 'a | Error of 'e

(** [Ok] of a value. *)
val ok : 'a -> ('a, 'e) result

(** [Error] of an error. *)
val error : 'e -> ('a, 'e) result

(** The value, or the default. *)
val value : ('a, 'e) result -> default:'a -> 'a

(** The value. Raises [Invalid_argument] on an error. *)
val get_ok : ('a, 'e) result -> 'a

(** The error. Raises [Invalid_argument] on a value. *)
val get_error : ('a, 'e) result -> 'e

(** The function's answer for the value, or the error. *)
val bind : ('a, 'e) result -> ('a -> ('b, 'e) result) -> ('b, 'e) result

(** The inner result, or the error. *)
val join : (('a, 'e) result, 'e) result -> ('a, 'e) result

(** Applies a function to the value. *)
val map : ('a -> 'b) -> ('a, 'e) result -> ('b, 'e) result

(** Applies a function to the error. *)
val map_error : ('e -> 'f) -> ('a, 'e) result -> ('a, 'f) result

(** One of two functions, applied to the value or the error. *)
val fold : ok:('a -> 'c) -> error:('e -> 'c) -> ('a, 'e) result -> 'c

(** Calls a function on the value. *)
val iter : ('a -> unit) -> ('a, 'e) result -> unit

(** Calls a function on the error. *)
val iter_error : ('e -> unit) -> ('a, 'e) result -> unit

(** Whether it is a value. *)
val is_ok : ('a, 'e) result -> bool

(** Whether it is an error. *)
val is_error : ('a, 'e) result -> bool

(** Values or errors that the functions hold equal. *)
val equal : ok:('a -> 'a -> bool) -> error:('e -> 'e -> bool) -> ('a, 'e) result -> ('a, 'e) result -> bool

(** Values before errors, each by its function. *)
val compare : ok:('a -> 'a -> int) -> error:('e -> 'e -> int) -> ('a, 'e) result -> ('a, 'e) result -> int

(** The value without the error. *)
val to_option : ('a, 'e) result -> 'a option

(** The value as a list of at most one element. *)
val to_list : ('a, 'e) result -> 'a list

(** The value as a sequence of at most one element. *)
val to_seq : ('a, 'e) result -> 'a Seq.t
