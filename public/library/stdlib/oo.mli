(** Objects. *)

(** A copy with the same methods and the present values of the variables. *)
val copy : (< .. > as 'a) -> 'a

(** The object's number, which no other has. *)
external id : < .. > -> int = "%field1"

(** Label of a method. *)
val new_method : string -> CamlinternalOO.tag

(** Label of a public method. *)
val public_method_label : string -> CamlinternalOO.tag
