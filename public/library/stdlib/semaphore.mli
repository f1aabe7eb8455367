(** Semaphores. *)

(** Semaphores with a number. *)
module Counting : sig
(** A semaphore. *)
type t

(** A semaphore with a value. Raises [Invalid_argument] when it is negative. *)
val make : int -> t

(** Adds one, and wakes one that waits. Raises [Sys_error] when the number is too great. *)
val release : t -> unit

(** Waits until the value is positive, and takes one away. *)
val acquire : t -> unit

(** Takes one away if the value is positive; whether it was. *)
val try_acquire : t -> bool

(** The value of the moment. *)
val get_value : t -> int
end

(** Semaphores that are free or not. *)
module Binary : sig
(** A semaphore. *)
type t

(** A semaphore with a value. Raises [Invalid_argument] when it is negative. *)
val make : bool -> t

(** Adds one, and wakes one that waits. Raises [Sys_error] when the number is too great. *)
val release : t -> unit

(** Waits until the value is positive, and takes one away. *)
val acquire : t -> unit

(** Takes one away if the value is positive; whether it was. *)
val try_acquire : t -> bool
end
