(** IPv4 with the addresses that QubesDB tells. *)

module Make (Db : Qubes.S.DB) (Ethernet : Ethernet.S) (Arp : Arp.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t and type prefix = Ipaddr.V4.Prefix.t

  val connect : Db.t -> Ethernet.t -> Arp.t -> t Lwt.t
end
