module Make (Data : Mirage_kv.RO) (Keys : Mirage_kv.RO) : sig
  val start : Data.t -> Keys.t -> unit Lwt.t
end
