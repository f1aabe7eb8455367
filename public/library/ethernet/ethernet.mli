(** Ethernet II frames (IEEE 802.3, clause 3) over a network interface. *)

module Packet : sig
  (** What a frame carries. *)
  type proto = [ `ARP | `IPv4 | `IPv6 ]

  val pp_proto : proto Fmt.t

  type t = { source : Macaddr.t; destination : Macaddr.t; ethertype : proto }

  val pp : t Fmt.t
  val equal : t -> t -> bool

  (** 14 *)
  val sizeof_ethernet : int

  (** The header and the payload (a window of the frame); an error for frames too short and of other types. *)
  val of_cstruct : Cstruct.t -> (t * Cstruct.t, string) result

  (** Writes the header; an error when the buffer is too short. *)
  val into_cstruct : t -> Cstruct.t -> (unit, string) result

  val make_cstruct : t -> Cstruct.t
end

module type S = sig
  type error = private [> `Exceeds_mtu ]

  val pp_error : error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t

  (** [write t ?src dst proto ?size fill] sends a frame from [src] (default: the interface's address) to [dst]; [fill] is given [size] bytes
      (default: the MTU) and returns how many it has filled. *)
  val write : t -> ?src:Macaddr.t -> Macaddr.t -> Packet.proto -> ?size:int -> (Cstruct.t -> int) -> (unit, error) result Lwt.t

  val mac : t -> Macaddr.t
  val mtu : t -> int

  (** Gives the payload of a frame for this interface, for a group or for all to the layer above; drops others. *)
  val input :
    arpv4:(Cstruct.t -> unit Lwt.t) ->
    ipv4:(Cstruct.t -> unit Lwt.t) ->
    ipv6:(Cstruct.t -> unit Lwt.t) ->
    t ->
    Cstruct.t ->
    unit Lwt.t
end

module Make (Net : Mirage_net.S) : sig
  include S

  val connect : Net.t -> t Lwt.t
end
