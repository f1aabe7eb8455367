(** IPv6 with neighbour discovery (RFC 8200, RFC 4861). *)

module Make (Net : Mirage_net.S) (Ethernet : Ethernet.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t and type prefix = Ipaddr.V6.Prefix.t

  (** [handle_ra]: whether router advertisements configure addresses and routes (default: true). Without [cidr] there is the link-local
      address only, until a router tells another one. *)
  val connect :
    ?no_init:bool -> ?handle_ra:bool -> ?cidr:Ipaddr.V6.Prefix.t -> ?gateway:Ipaddr.V6.t -> Net.t -> Ethernet.t -> t Lwt.t
end
