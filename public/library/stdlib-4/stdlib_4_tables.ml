module Hashtbl = struct
  include Hashtbl

  module type SeededHashedType = sig
    type t

    val equal : t -> t -> bool
    val hash : int -> t -> int
  end

  module MakeSeeded (H : SeededHashedType) = Hashtbl.MakeSeeded (struct
    include H

    let seeded_hash = hash
  end)
end
