(** TCP over an internet protocol (RFC 9293). *)

module Flow : sig
  module Make (Ip : Tcpip.Ip.S) : sig
    include Tcpip.Tcp.S with type ipaddr = Ip.ipaddr

    val connect : Ip.t -> t Lwt.t

    (** How many connections there are. *)
    val num_open_channels : t -> int
  end
end
