(** Operations on objects. *)

val copy : (< .. > as 'a) -> 'a
(** [copy o] is a new object with o's methods and the values that o's instance variables have now. *)

external id : < .. > -> int = "%field1"
(** The object's number, different from that of every other object of this run of the program. Comparison and hashing
    of objects use it. *)

(**/**)

val new_method : string -> CamlinternalOO.tag
val public_method_label : string -> CamlinternalOO.tag
