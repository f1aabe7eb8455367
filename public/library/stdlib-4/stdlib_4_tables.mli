(** Hash tables with seeds as OCaml 4 had them: opened for libraries whose hash functions have the name of that time. *)

(** A key under the names of today. *)
module Stdlib_4_key (H : sig
  type t

  val equal : t -> t -> bool
  val hash : int -> t -> int
end) : Stdlib.Hashtbl.SeededHashedType with type t = H.t

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

  module MakeSeeded (H : SeededHashedType) : SeededS with type key = H.t and type 'a t = 'a Stdlib.Hashtbl.MakeSeeded(Stdlib_4_key(H)).t
end

module MoreLabels : sig
  include module type of struct
    include MoreLabels
  end

  module Hashtbl : sig
    include module type of struct
      include MoreLabels.Hashtbl
    end

    module type SeededHashedType = sig
      type t

      val equal : t -> t -> bool
      val hash : int -> t -> int
    end

    module MakeSeeded (H : SeededHashedType) : SeededS with type key = H.t and type 'a t = 'a Stdlib.Hashtbl.MakeSeeded(Stdlib_4_key(H)).t
  end
end

module Ephemeron : sig
  include module type of struct
    include Ephemeron
  end

  module K1 : sig
    include module type of struct
      include Ephemeron.K1
    end

    module MakeSeeded (H : Hashtbl.SeededHashedType) : SeededS with type key = H.t
  end

  module K2 : sig
    include module type of struct
      include Ephemeron.K2
    end

    module MakeSeeded (H1 : Hashtbl.SeededHashedType) (H2 : Hashtbl.SeededHashedType) : SeededS with type key = H1.t * H2.t
  end

  module Kn : sig
    include module type of struct
      include Ephemeron.Kn
    end

    module MakeSeeded (H : Hashtbl.SeededHashedType) : SeededS with type key = H.t array
  end
end
