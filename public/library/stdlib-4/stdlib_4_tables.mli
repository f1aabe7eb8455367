(** Hash tables with seeds as OCaml 4 had them: opened for libraries whose hash functions have the name of that time. *)

module Hashtbl : sig
  include module type of struct
    include Hashtbl
  end

  (** Keys with a hash function that takes a seed, which is called [seeded_hash] today. *)
  module type SeededHashedType = sig
    type t

    val equal : t -> t -> bool
    val hash : int -> t -> int
  end

  module MakeSeeded (H : SeededHashedType) : SeededS with type key = H.t
end
