(** Streams that are consumed as they are read (OCaml 4's [Stream]). *)

type 'a t

exception Failure
(** No component of a stream parser's pattern accepts the first element. *)

exception Error of string
(** A first component was accepted and a later one was not. *)

val from : (int -> 'a option) -> 'a t
(** [from f]: element [n], counted from 0, is what [f n] gives; [None] ends the stream. [f] is called once an element, in order. *)

val of_list : 'a list -> 'a t
val of_string : string -> char t
val of_bytes : bytes -> char t
val of_channel : in_channel -> char t
val iter : ('a -> unit) -> 'a t -> unit

val next : 'a t -> 'a
(** Takes the first element. @raise Failure at the end. *)

val empty : 'a t -> unit
(** @raise Failure when there is an element. *)

val peek : 'a t -> 'a option
(** The first element, which stays. *)

val junk : 'a t -> unit
(** Drops the first element if there is one. *)

val count : 'a t -> int
(** How many elements were taken. *)

val npeek : int -> 'a t -> 'a list
(** Up to so many first elements, which stay. *)

val iapp : 'a t -> 'a t -> 'a t
val icons : 'a -> 'a t -> 'a t
val ising : 'a -> 'a t
val lapp : (unit -> 'a t) -> 'a t -> 'a t
val lcons : (unit -> 'a) -> 'a t -> 'a t
val lsing : (unit -> 'a) -> 'a t
val sempty : 'a t
val slazy : (unit -> 'a t) -> 'a t
val dump : ('a -> unit) -> 'a t -> unit
