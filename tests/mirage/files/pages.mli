(** What is said of a file. *)
module Make (Data : Mirage_kv.RO) : sig
  val describe : Data.t -> Mirage_kv.Key.t -> string Lwt.t
end
