(** TCP as a pure state machine, over an internet protocol with addresses of both versions. *)

module Make (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.t) : sig
  include Tcpip.Tcp.S with type ipaddr = Ipaddr.t

  (** Given the name under which it is measured. *)
  val connect : string -> Ip.t -> t
end
