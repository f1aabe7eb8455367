(** Lazy sequences each of whose steps is a promise. Functions ending in [_s] wait for one element before they go on to the next, those
    ending in [_p] start all. *)

type 'a t = unit -> 'a node Lwt.t
and +'a node = Nil | Cons of 'a * 'a t

val empty : 'a t
val return : 'a -> 'a t
val return_lwt : 'a Lwt.t -> 'a t
val cons : 'a -> 'a t -> 'a t
val cons_lwt : 'a Lwt.t -> 'a t -> 'a t
val append : 'a t -> 'a t -> 'a t
val map : ('a -> 'b) -> 'a t -> 'b t
val map_s : ('a -> 'b Lwt.t) -> 'a t -> 'b t
val filter : ('a -> bool) -> 'a t -> 'a t
val filter_s : ('a -> bool Lwt.t) -> 'a t -> 'a t
val filter_map : ('a -> 'b option) -> 'a t -> 'b t
val filter_map_s : ('a -> 'b option Lwt.t) -> 'a t -> 'b t
val flat_map : ('a -> 'b t) -> 'a t -> 'b t
val fold_left : ('a -> 'b -> 'a) -> 'a -> 'b t -> 'a Lwt.t
val fold_left_s : ('a -> 'b -> 'a Lwt.t) -> 'a -> 'b t -> 'a Lwt.t
val iter : ('a -> unit) -> 'a t -> unit Lwt.t
val iter_s : ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t
val iter_p : ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t

(** At most [max_concurrency] (default: 1) at a time. Raises [Invalid_argument] when it is not positive. *)
val iter_n : ?max_concurrency:int -> ('a -> unit Lwt.t) -> 'a t -> unit Lwt.t

val unfold : ('b -> ('a * 'b) option) -> 'b -> 'a t
val unfold_lwt : ('b -> ('a * 'b) option Lwt.t) -> 'b -> 'a t
val to_list : 'a t -> 'a list Lwt.t
val of_list : 'a list -> 'a t
val of_seq : 'a Seq.t -> 'a t
val of_seq_lwt : 'a Lwt.t Seq.t -> 'a t
