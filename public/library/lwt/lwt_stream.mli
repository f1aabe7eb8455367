(** Streams: sequences of which the elements come in time. Each element is taken once, except by {!clone}s.

    A promise that waits for an element can be cancelled without harm to the stream. *)

type 'a t

(** {1 Making} *)

(** Calls the function when an element is wanted and none is there; [None] ends the stream. *)
val from : (unit -> 'a option Lwt.t) -> 'a t

(** Exceptions of the function pass to who asks for the element. *)
val from_direct : (unit -> 'a option) -> 'a t

exception Closed

(** A stream and what pushes elements into it; [None] ends it, after which pushing raises {!Closed}. *)
val create : unit -> 'a t * ('a option -> unit)

(** Also a function that gives the stream something to keep alive. *)
val create_with_reference : unit -> 'a t * ('a option -> unit) * ('b -> unit)

exception Full

class type ['a] bounded_push = object
  (** How many elements may wait in the stream. *)
  method size : int

  method resize : int -> unit

  (** Waits while the stream is full; cancelling takes the element back. Fails with {!Full} when another element waits already, with
      {!Closed} when the stream is closed. *)
  method push : 'a -> unit Lwt.t

  method close : unit

  (** How many elements are in the stream. *)
  method count : int

  (** Whether an element waits to get in. *)
  method blocked : bool

  method closed : bool
  method set_reference : 'b. 'b -> unit
end

(** A stream in which at most so many elements wait. Raises [Invalid_argument] when negative. *)
val create_bounded : int -> 'a t * 'a bounded_push

val return : 'a -> 'a t
val return_lwt : 'a Lwt.t -> 'a t
val of_seq : 'a Seq.t -> 'a t
val of_lwt_seq : 'a Lwt_seq.t -> 'a t
val of_list : 'a list -> 'a t
val of_array : 'a array -> 'a t
val of_string : string -> char t

(** A stream of its own with the same elements to come. Raises [Invalid_argument] for a bounded stream. *)
val clone : 'a t -> 'a t

(** {1 Taking} *)

exception Empty

val to_list : 'a t -> 'a list Lwt.t
val to_string : char t -> string Lwt.t

(** The next element, which stays; [None] at the end. *)
val peek : 'a t -> 'a option Lwt.t

val npeek : int -> 'a t -> 'a list Lwt.t
val get : 'a t -> 'a option Lwt.t
val nget : int -> 'a t -> 'a list Lwt.t
val get_while : ('a -> bool) -> 'a t -> 'a list Lwt.t
val get_while_s : ('a -> bool Lwt.t) -> 'a t -> 'a list Lwt.t

(** Fails with {!Empty} at the end. *)
val next : 'a t -> 'a Lwt.t

(** The last of the elements that are there, or the next one if there are none. *)
val last_new : 'a t -> 'a Lwt.t

val junk : 'a t -> unit Lwt.t
val njunk : int -> 'a t -> unit Lwt.t
val junk_while : ('a -> bool) -> 'a t -> unit Lwt.t
val junk_while_s : ('a -> bool Lwt.t) -> 'a t -> unit Lwt.t

(** Drops the elements that are there. *)
val junk_available : 'a t -> unit

(** @deprecated Use {!junk_available}. *)
val junk_old : 'a t -> unit Lwt.t

(** Takes the elements that are there, without waiting. *)
val get_available : 'a t -> 'a list

val get_available_up_to : int -> 'a t -> 'a list

(** Waits until that is known. *)
val is_empty : 'a t -> bool Lwt.t

(** Whether the end has been pushed or met. *)
val is_closed : 'a t -> bool

val closed : 'a t -> unit Lwt.t
val on_termination : 'a t -> (unit -> unit) -> unit
val on_terminate : 'a t -> (unit -> unit) -> unit

(** {1 Transforming} The given streams are not to be used otherwise afterwards. *)

(** The elements of all streams, as they come. *)
val choose : 'a t list -> 'a t

val map : ('a -> 'b) -> 'a t -> 'b t
val map_s : ('a -> 'b Lwt.t) -> 'a t -> 'b t
val filter : ('a -> bool) -> 'a t -> 'a t
val filter_s : ('a -> bool Lwt.t) -> 'a t -> 'a t
val filter_map : ('a -> 'b option) -> 'a t -> 'b t
val filter_map_s : ('a -> 'b option Lwt.t) -> 'a t -> 'b t
val map_list : ('a -> 'b list) -> 'a t -> 'b t
val map_list_s : ('a -> 'b list Lwt.t) -> 'a t -> 'b t
val fold : ('a -> 'b -> 'b) -> 'a t -> 'b -> 'b Lwt.t
val fold_s : ('a -> 'b -> 'b Lwt.t) -> 'a t -> 'b -> 'b Lwt.t
val iter : ('a -> unit) -> 'a t -> unit Lwt.t
val iter_p : ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t
val iter_s : ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t

(** At most [max_concurrency] (default: 1) at a time. Raises [Invalid_argument] when it is not positive. *)
val iter_n : ?max_concurrency:int -> ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t

val find : ('a -> bool) -> 'a t -> 'a option Lwt.t
val find_s : ('a -> bool Lwt.t) -> 'a t -> 'a option Lwt.t
val find_map : ('a -> 'b option) -> 'a t -> 'b option Lwt.t
val find_map_s : ('a -> 'b option Lwt.t) -> 'a t -> 'b option Lwt.t

(** Pairs, as long as both have elements. *)
val combine : 'a t -> 'b t -> ('a * 'b) t

val append : 'a t -> 'a t -> 'a t
val concat : 'a t t -> 'a t
val flatten : 'a list t -> 'a t

(** Failures become elements. *)
val wrap_exn : 'a t -> 'a Lwt.result t

(** {1 Parsing} *)

(** Runs the parser; when it fails the stream is as it was before. Raises [Invalid_argument] for a bounded stream. *)
val parse : 'a t -> ('a t -> 'b Lwt.t) -> 'b Lwt.t

(** Lines with the address, 16 characters in hexadecimal, and as text. *)
val hexdump : char t -> string t
