(** The host's UDP sockets. *)

include Tcpip.Udp.S with type ipaddr = Ipaddr.t

(** Sockets of both versions unless one is ruled out, bound to the addresses. *)
val connect : ipv4_only:bool -> ipv6_only:bool -> Ipaddr.V4.Prefix.t -> Ipaddr.V6.Prefix.t option -> t Lwt.t
