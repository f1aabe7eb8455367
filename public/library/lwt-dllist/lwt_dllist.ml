(* Doubly linked lists. *)

include Linked_ring
