(** Values that may be absent. *)

(** A value, or none. *)
type 'a t = 'a option = None | Some of 'a

(** [None]. *)
val none : 'a option

(** [Some] of a value. *)
val some : 'a -> 'a option

(** The value, or the default. *)
val value : 'a option -> default:'a -> 'a

(** The value. Raises [Invalid_argument] when there is none. *)
val get : 'a option -> 'a

(** The function's answer for the value, or [None]. *)
val bind : 'a option -> ('a -> 'b option) -> 'b option

(** The inner option, or [None]. *)
val join : 'a option option -> 'a option

(** Applies a function to the value if there is one. *)
val map : ('a -> 'b) -> 'a option -> 'b option

(** [some] of the value, or [none]. *)
val fold : none:'a -> some:('b -> 'a) -> 'b option -> 'a

(** Calls a function on the value if there is one. *)
val iter : ('a -> unit) -> 'a option -> unit

(** Whether there is no value. *)
val is_none : 'a option -> bool

(** Whether there is a value. *)
val is_some : 'a option -> bool

(** Both absent, or values that the function holds equal. *)
val equal : ('a -> 'a -> bool) -> 'a option -> 'a option -> bool

(** [None] first, values by the function. *)
val compare : ('a -> 'a -> int) -> 'a option -> 'a option -> int

(** [Ok] of the value, or [Error none]. *)
val to_result : none:'e -> 'a option -> ('a, 'e) result

(** At most one element. *)
val to_list : 'a option -> 'a list

(** At most one element. *)
val to_seq : 'a option -> 'a Seq.t
