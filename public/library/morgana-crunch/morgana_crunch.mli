(** Files put into the image: a key-value store that can only be read. *)

module Make (_ : sig
  (** Paths, with slashes, and contents. *)
  val files : (string * string) list

  (** When they were changed last: days since 1970-01-01 and picoseconds in the day. *)
  val modified : int * int64
end) : sig
  include Mirage_kv.RO with type error = Mirage_kv.error

  val connect : unit -> t Lwt.t
end
