(** What a Qubes OS domain is told. *)

module S : sig
  (** The database of a domain: keys with values that change. *)
  module type DB = sig
    type t

    module KeyMap : Map.S with type key = string

    val read : t -> string -> string option

    (** Everything, as it is now. *)
    val bindings : t -> string KeyMap.t

    (** What there is once it differs from this. *)
    val after : t -> string KeyMap.t -> string KeyMap.t Lwt.t

    val write : t -> string -> string -> unit Lwt.t
  end
end

module DB : sig
  include S.DB

  val connect : domid:int -> unit -> t Lwt.t
end
