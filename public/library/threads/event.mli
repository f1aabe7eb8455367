(** Synchronous communication between threads (Reppy, "Concurrent Programming in ML", 1999). *)

(** Where values of type ['a] are handed over. *)
type 'a channel

(** A channel. *)
val new_channel : unit -> 'a channel

(** Something that a thread can wait for, with a result. *)
type +'a event

(** That someone takes the value. *)
val send : 'a channel -> 'a -> unit event

(** That someone gives a value. *)
val receive : 'a channel -> 'a event

(** What is always there. *)
val always : 'a -> 'a event

(** One of several. *)
val choose : 'a event list -> 'a event

(** Applies a function to the result. *)
val wrap : 'a event -> ('a -> 'b) -> 'b event

(** Calls the function when another event was chosen. *)
val wrap_abort : 'a event -> (unit -> unit) -> 'a event

(** The event that the function makes when one waits. *)
val guard : (unit -> 'a event) -> 'a event

(** Waits. *)
val sync : 'a event -> 'a

(** Waits for one of several. *)
val select : 'a event list -> 'a

(** The result if it is there at once. *)
val poll : 'a event -> 'a option
