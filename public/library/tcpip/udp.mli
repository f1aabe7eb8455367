(** The user datagram protocol (RFC 768). *)

module type S = sig
  type error

  val pp_error : error Fmt.t

  type ipaddr
  type t

  val disconnect : t -> unit Lwt.t

  (** What deals with a datagram. *)
  type callback = src:ipaddr -> dst:ipaddr -> src_port:int -> Cstruct.t -> unit Lwt.t

  (** Datagrams to the port go to the callback, which replaces one that was there. Raises [Invalid_argument] when [port] is none. *)
  val listen : t -> port:int -> callback -> unit

  val unlisten : t -> port:int -> unit

  (** The payload of a packet that has come. *)
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  (** Sends a datagram; without [src_port] from one that is free. *)
  val write :
    ?src:ipaddr -> ?src_port:int -> ?ttl:int -> dst:ipaddr -> dst_port:int -> t -> Cstruct.t -> (unit, error) result Lwt.t
end
