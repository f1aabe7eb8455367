(** The machine's network interfaces. *)

include Mirage_net.S

(** By the name under which the machine knows it. *)
val connect : string -> t Lwt.t
