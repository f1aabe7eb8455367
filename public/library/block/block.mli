(** The machine's disks. *)

include Mirage_block.S

(** By the name under which the machine knows it; in a process the path of a file. *)
val connect : string -> t Lwt.t
