(** Functions that block in threads of their own, as promises. *)

(** Calls the function in a thread: what waits in it does not keep the main loop waiting. *)
val detach : ('a -> 'b) -> 'a -> 'b Lwt.t

(** From such a thread: runs the function in the main loop, and waits. *)
val run_in_main : (unit -> 'a Lwt.t) -> 'a

(** Sets the least and the largest number of threads. *)
val init : int -> int -> (string -> unit) -> unit

val simple_init : unit -> unit
val get_bounds : unit -> int * int
val set_bounds : int * int -> unit
val set_max_number_of_threads_queued : int -> unit
val get_max_number_of_threads_queued : unit -> int

(** Threads that run. *)
val nbthreads : unit -> int

val nbthreadsbusy : unit -> int

(** Functions that wait for a thread. *)
val nbthreadsqueued : unit -> int
