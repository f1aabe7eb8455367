(** UDP over an internet protocol (RFC 768). *)

module Make (Ip : Tcpip.Ip.S) : sig
  include Tcpip.Udp.S with type ipaddr = Ip.ipaddr

  val connect : Ip.t -> t Lwt.t
end
