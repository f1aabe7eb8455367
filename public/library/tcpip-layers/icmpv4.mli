(** The internet control message protocol (RFC 792). *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type ipaddr = Ipaddr.V4.t
  type error

  val pp_error : error Fmt.t

  (** A message that has come: echo requests are answered. *)
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  val write : t -> ?src:ipaddr -> dst:ipaddr -> ?ttl:int -> Cstruct.t -> (unit, error) result Lwt.t
end

module Make (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t) : sig
  include S

  val connect : Ip.t -> t Lwt.t
end
