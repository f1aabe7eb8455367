(** Pools of resources (connections, buffers, ...) that are made when needed and used by one at a time. *)

type 'a t

(** [create n make] is a pool of at most [n] resources. [validate] is asked before a kept one is used again: when it says no, the resource
    is disposed of and a new one is made. [check resource is_ok] is called when a use has failed: it calls [is_ok] with whether the
    resource may be kept (default: yes). *)
val create :
  int ->
  ?validate:('a -> bool Lwt.t) ->
  ?check:('a -> (bool -> unit) -> unit) ->
  ?dispose:('a -> unit Lwt.t) ->
  (unit -> 'a Lwt.t) ->
  'a t

(** Takes a resource, waiting for one if all are in use, and gives it back when the promise is resolved. *)
val use : 'a t -> ('a -> 'b Lwt.t) -> 'b Lwt.t

(** Disposes of all resources: of those in use when they are given back. *)
val clear : 'a t -> unit Lwt.t

(** How many wait for a resource. *)
val wait_queue_length : 'a t -> int
