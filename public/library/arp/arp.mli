(** Address resolution (RFC 826): from IPv4 addresses to Ethernet addresses. *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type error = private [> `Timeout  (** nobody answered *) ]

  val pp_error : error Fmt.t

  (** The table. *)
  val pp : t Fmt.t

  (** The addresses that this side answers for. Those that are added are announced. *)
  val get_ips : t -> Ipaddr.V4.t list

  val set_ips : t -> Ipaddr.V4.t list -> unit Lwt.t
  val add_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val remove_ip : t -> Ipaddr.V4.t -> unit Lwt.t

  (** Asks, unless the answer is known. *)
  val query : t -> Ipaddr.V4.t -> (Macaddr.t, error) result Lwt.t

  (** A packet that has come. *)
  val input : t -> Cstruct.t -> unit Lwt.t
end

(** Answers for its addresses and asks for others', over an Ethernet layer. *)
module Make (Ethernet : Ethernet.S) : sig
  include S

  (** [probe_delay]: how long to wait, in nanoseconds, between the probes for an address that is to be taken (RFC 5227, 2.1.1). *)
  val connect : ?probe_delay:int64 -> Ethernet.t -> t Lwt.t
end
