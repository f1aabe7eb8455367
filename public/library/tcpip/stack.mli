(** A whole stack: the layers over one interface, or the host's sockets. *)

module type V4V6 = sig
  type t

  val disconnect : t -> unit Lwt.t

  module UDP : Udp.S with type ipaddr = Ipaddr.t
  module TCP : Tcp.S with type ipaddr = Ipaddr.t
  module IP : Ip.S with type ipaddr = Ipaddr.t and type prefix = Ipaddr.Prefix.t

  val udp : t -> UDP.t
  val tcp : t -> TCP.t
  val ip : t -> IP.t

  (** Takes in what comes; ends when the stack is disconnected. *)
  val listen : t -> unit Lwt.t
end
