(** IPv4 whose address DHCP gives (RFC 2131). *)

module type S = sig
  type t

  (** Fulfilled once there is a lease; [None] when the address was given. *)
  val lease : t -> Dhcp_wire.dhcp_option list option Lwt.t

  module Net : Mirage_net.S
  module Ipv4 : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t and type prefix = Ipaddr.V4.Prefix.t

  val net : t -> Net.t
  val ipv4 : t -> Ipv4.t
end

module Make (Net : Mirage_net.S) (Ethernet : Ethernet.S) (Arp : Arp.S) : sig
  include S

  (** With [cidr] no lease is asked for. [options] are sent with requests, [requests] are the options that are asked for. *)
  val connect :
    ?no_init:bool ->
    ?cidr:Ipaddr.V4.Prefix.t ->
    ?gateway:Ipaddr.V4.t ->
    ?options:Dhcp_wire.dhcp_option list ->
    ?requests:Dhcp_wire.option_code list ->
    Net.t ->
    Ethernet.t ->
    Arp.t ->
    t Lwt.t
end

(** {1 Parts} for what is above *)

(** The interface, whose frames DHCP has seen first. *)
module Proj_net (T : S) : sig
  include Mirage_net.S

  val connect : T.t -> t Lwt.t
end

module Proj_ipv4 (T : S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t and type prefix = Ipaddr.V4.Prefix.t

  val connect : T.t -> t Lwt.t
end

module Proj_lease (T : S) : sig
  type t = Dhcp_wire.dhcp_option list option

  val connect : T.t -> t Lwt.t
end
