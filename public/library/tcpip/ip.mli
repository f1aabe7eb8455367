(** The internet protocol, version 4 (RFC 791) or 6 (RFC 8200). *)

type error = [ `No_route of string  (** why no way to the destination is known *) | `Would_fragment ]

val pp_error : error Fmt.t

type proto = [ `TCP | `UDP | `ICMP ]

val pp_proto : proto Fmt.t

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : error Fmt.t

  type ipaddr

  val pp_ipaddr : ipaddr Fmt.t

  type prefix

  val pp_prefix : prefix Fmt.t

  type t

  val disconnect : t -> unit Lwt.t

  (** What deals with the payload of a packet. *)
  type callback = src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t

  (** A packet that has come: checks it, puts fragments together, gives the payload to the layer above. *)
  val input : t -> tcp:callback -> udp:callback -> default:(proto:int -> callback) -> Cstruct.t -> unit Lwt.t

  (** [write t dst proto ~size fill payload] sends a packet: [fill] is given [size] bytes behind the header and returns how many it has
      filled; [payload] follows. Packets larger than the MTU are cut into fragments unless [~fragment:false]. *)
  val write :
    t ->
    ?fragment:bool ->
    ?ttl:int ->
    ?src:ipaddr ->
    ipaddr ->
    proto ->
    ?size:int ->
    (Cstruct.t -> int) ->
    Cstruct.t list ->
    (unit, error) result Lwt.t

  (** What checksums of the layer above cover besides the packet of so many bytes (RFC 9293, 3.1; RFC 8200, 8.1). *)
  val pseudoheader : t -> ?src:ipaddr -> ipaddr -> proto -> int -> Cstruct.t

  (** The address that packets to [dst] come from. *)
  val src : t -> dst:ipaddr -> ipaddr

  val get_ip : t -> ipaddr list [@@ocaml.deprecated "Use configured_ips."]
  val configured_ips : t -> prefix list

  (** How many bytes a packet to [dst] may have behind its header. *)
  val mtu : t -> dst:ipaddr -> int
end
