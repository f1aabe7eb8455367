(** Sequences that change, with operations at both ends and removal of a known node, each in constant time. *)

type 'a t

(** A place in a sequence. *)
type 'a node

(** {1 Nodes} *)

val get : 'a node -> 'a
val set : 'a node -> 'a -> unit

(** Does nothing when it was removed before. *)
val remove : 'a node -> unit

(** {1 Sequences} *)

val create : unit -> 'a t

(** Removes all nodes; those that someone still holds are not told. *)
val clear : 'a t -> unit

val is_empty : 'a t -> bool

(** In linear time. *)
val length : 'a t -> int

(** {1 Adding and taking} at the left and the right end *)

val add_l : 'a -> 'a t -> 'a node
val add_r : 'a -> 'a t -> 'a node

exception Empty

(** Raises {!Empty}. *)
val take_l : 'a t -> 'a

(** Raises {!Empty}. *)
val take_r : 'a t -> 'a

val take_opt_l : 'a t -> 'a option
val take_opt_r : 'a t -> 'a option

(** [transfer_l a b] moves all of [a] to the left end of [b]. *)
val transfer_l : 'a t -> 'a t -> unit

val transfer_r : 'a t -> 'a t -> unit

(** {1 Traversing} from the left or from the right. Nodes may be removed meanwhile, also the one that is visited; nodes that are added
    behind it are visited too. *)

val iter_l : ('a -> unit) -> 'a t -> unit
val iter_r : ('a -> unit) -> 'a t -> unit
val iter_node_l : ('a node -> unit) -> 'a t -> unit
val iter_node_r : ('a node -> unit) -> 'a t -> unit
val fold_l : ('a -> 'b -> 'b) -> 'a t -> 'b -> 'b
val fold_r : ('a -> 'b -> 'b) -> 'a t -> 'b -> 'b
val find_node_opt_l : ('a -> bool) -> 'a t -> 'a node option
val find_node_opt_r : ('a -> bool) -> 'a t -> 'a node option

(** Raises [Not_found]. *)
val find_node_l : ('a -> bool) -> 'a t -> 'a node

(** Raises [Not_found]. *)
val find_node_r : ('a -> bool) -> 'a t -> 'a node
