(** A folder of the system that the program is a process of. Every call asks the system and answers at once. *)

(** [`Storage_error]: what the system says of the key's file. [`Key_exists] is never answered. *)
include
  Mirage_kv.RW
    with type error = [ Mirage_kv.error | `Storage_error of Mirage_kv.Key.t * string | `Key_exists of Mirage_kv.Key.t ]
     and type write_error =
      [ Mirage_kv.write_error | `Storage_error of Mirage_kv.Key.t * string | `Key_exists of Mirage_kv.Key.t ]

(** The store of the folder of this path. Keys with segments [.] and [..] name nothing, so that none leaves the folder by them;
    symbolic links are followed. Fails with [Unix.Unix_error] when there is no such folder. *)
val connect : string -> t Lwt.t
