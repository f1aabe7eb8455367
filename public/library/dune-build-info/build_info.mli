(** What a program knows of how it was made, with the interface of dune's library of this name. *)

module V1 : sig
  module Version : sig
    type t

    val to_string : t -> string
  end

  (** The version of the program itself: [None], since nothing tells one here. *)
  val version : unit -> Version.t option

  module Statically_linked_library : sig
    type t

    (** As findlib calls it: ["re.str"]. *)
    val name : t -> string

    (** As the library's own description tells it. *)
    val version : t -> Version.t option
  end

  module Statically_linked_libraries : sig
    (** The libraries that were brought along for the program, those that they need included, sorted by name. Those that come
        with the compiler have no version and are not among them. *)
    val to_list : unit -> Statically_linked_library.t list

    val find : name:string -> Statically_linked_library.t option
  end
end
