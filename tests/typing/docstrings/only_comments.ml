(** only *)

(** two *)
