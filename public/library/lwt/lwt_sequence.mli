(** Doubly linked lists.

    @deprecated Use the package [lwt-dllist], or [Queue]. *)

[@@@ocaml.deprecated "Use the package lwt-dllist."]

type 'a t
type 'a node

(** Raised by {!take_l} and {!take_r}. *)
exception Empty

val create : unit -> 'a t
val is_empty : 'a t -> bool

(** O(n). *)
val length : 'a t -> int

(** {1 Nodes} *)

val get : 'a node -> 'a
val set : 'a node -> 'a -> unit

(** Takes the element out of its list, if it is in one. *)
val remove : 'a node -> unit

(** {1 Adding and taking} on the left and on the right *)

val add_l : 'a -> 'a t -> 'a node
val add_r : 'a -> 'a t -> 'a node
val take_l : 'a t -> 'a
val take_r : 'a t -> 'a
val take_opt_l : 'a t -> 'a option
val take_opt_r : 'a t -> 'a option

(** [transfer_l a b] moves all of [a] to the left of [b]. O(1). *)
val transfer_l : 'a t -> 'a t -> unit

val transfer_r : 'a t -> 'a t -> unit

(** {1 Going through} from the left or from the right *)

val iter_l : ('a -> unit) -> 'a t -> unit
val iter_r : ('a -> unit) -> 'a t -> unit
val iter_node_l : ('a node -> unit) -> 'a t -> unit
val iter_node_r : ('a node -> unit) -> 'a t -> unit
val fold_l : ('a -> 'b -> 'b) -> 'a t -> 'b -> 'b
val fold_r : ('a -> 'b -> 'b) -> 'a t -> 'b -> 'b
val find_node_opt_l : ('a -> bool) -> 'a t -> 'a node option
val find_node_opt_r : ('a -> bool) -> 'a t -> 'a node option

(** Raise [Not_found]. *)
val find_node_l : ('a -> bool) -> 'a t -> 'a node

val find_node_r : ('a -> bool) -> 'a t -> 'a node

(** Makes the list empty. What was in it is not told that it is out. *)
val clear : 'a t -> unit
