(** Recursive modules; not for use in programs. *)

(** What the components of a module are. *)
type shape =
  | Function
  | Lazy
  | Class
  | Module of shape array
  | Value of Obj.t

(** A module of placeholders, which raise [Undefined_recursive_module] with the place. *)
val init_mod : string * int * int -> shape -> Obj.t

(** Puts the module's values where the placeholders are. *)
val update_mod : shape -> Obj.t -> Obj.t -> unit
