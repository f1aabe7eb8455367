module Stdlib_4_key (H : sig
  type t

  val equal : t -> t -> bool
  val hash : int -> t -> int
end) =
struct
  include H

  let seeded_hash = hash
end

module Hashtbl = struct
  include Hashtbl

  module type SeededHashedType = sig
    type t

    val equal : t -> t -> bool
    val hash : int -> t -> int
  end

  module MakeSeeded (H : SeededHashedType) = Hashtbl.MakeSeeded (Stdlib_4_key (H))
end

module MoreLabels = struct
  include MoreLabels

  module Hashtbl = struct
    include MoreLabels.Hashtbl

    module type SeededHashedType = sig
      type t

      val equal : t -> t -> bool
      val hash : int -> t -> int
    end

    module MakeSeeded (H : SeededHashedType) = MoreLabels.Hashtbl.MakeSeeded (Stdlib_4_key (H))
  end
end

module Ephemeron = struct
  include Ephemeron

  module K1 = struct
    include Ephemeron.K1
    module MakeSeeded (H : Hashtbl.SeededHashedType) = Ephemeron.K1.MakeSeeded (Stdlib_4_key (H))
  end

  module K2 = struct
    include Ephemeron.K2
    module MakeSeeded (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) = Ephemeron.K2.MakeSeeded (Stdlib_4_key (H1)) (Stdlib_4_key (H2))
  end

  module Kn = struct
    include Ephemeron.Kn
    module MakeSeeded (H : Hashtbl.SeededHashedType) = Ephemeron.Kn.MakeSeeded (Stdlib_4_key (H))
  end
end
