(** Numbers that are not negative. Of upstream's module, which is about the words of such numbers, only the type is here. *)

type nat = Z.t
