(** Delayed values: computed when they are asked for, once. *)

(** A delayed value. *)
type 'a t = 'a CamlinternalLazy.t

(** A delayed value needs itself. *)
exception Undefined

(** The value, computed now when it has not been. An exception is raised again each time. *)
external force : 'a t -> 'a = "%lazy_force"

(** Delayed application. *)
val map : ('a -> 'b) -> 'a t -> 'b t

(** Whether the value has been computed. *)
val is_val : 'a t -> bool

(** A value that is there already. *)
val from_val : 'a -> 'a t

(** As {!map}; applied at once when the value is there. *)
val map_val : ('a -> 'b) -> 'a t -> 'b t

(** What a function will give. *)
val from_fun : (unit -> 'a) -> 'a t

(** As {!force}; an exception leaves the value {!Undefined}. *)
val force_val : 'a t -> 'a
