(** Disks with a Git pack: read only. *)

(** Keeps an index of all files. *)
module Fast : sig
  include Mirage_kv.RO

  (** [analyze] (default: true): whether the whole pack is checked first. *)
  val connect : ?analyze:bool -> string -> (t, [> `Invalid_store | `Msg of string ]) result Lwt.t
end

(** Looks for each file anew. *)
module Light : sig
  include Mirage_kv.RO

  val connect : string -> (t, [> `Invalid_store | `Msg of string ]) result Lwt.t
end
