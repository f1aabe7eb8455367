(* Numbers that are not negative. *)

type nat = Z.t
