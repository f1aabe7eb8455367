(** A folder of the system that the program is a process of. *)

include
  Mirage_kv.RW
    with type error = [ Mirage_kv.error | `Storage_error of Mirage_kv.Key.t * string | `Key_exists of Mirage_kv.Key.t ]
     and type write_error =
      [ Mirage_kv.write_error | `Storage_error of Mirage_kv.Key.t * string | `Key_exists of Mirage_kv.Key.t ]

val connect : string -> t Lwt.t
