(** IPv4 with an address that is given (RFC 791). *)

module Make (Ethernet : Ethernet.S) (Arp : Arp.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t and type prefix = Ipaddr.V4.Prefix.t

  (** [cidr] is the address with its network; [no_init] leaves the address resolution alone, for a stack that only uses IPv6. Fragments
      that wait for others take at most [fragment_cache_size] bytes. *)
  val connect :
    ?no_init:bool ->
    cidr:Ipaddr.V4.Prefix.t ->
    ?gateway:Ipaddr.V4.t ->
    ?fragment_cache_size:int ->
    Ethernet.t ->
    Arp.t ->
    t Lwt.t
end
