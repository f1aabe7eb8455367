val f : ?backtrace:bool (** the parameter *) -> (unit -> 'a) (** the function *) -> 'a (** the result *) -> int

(** right before *)
val g : (int (** inside *) -> int) -> int


(** far *)


val h :
  (** before the type *)
  int
