(* Doubly linked lists, as older programs have them from here. *)

include Linked_ring
