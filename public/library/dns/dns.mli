(** The domain name system (RFC 1035), as far as devices' signatures name it. *)

type proto = [ `Tcp | `Udp ]

(** Extensions (RFC 6891). *)
module Edns : sig
  type t

  (** [payload_size]: how long an answer over UDP may be. *)
  val create : ?payload_size:int -> ?dnssec_ok:bool -> unit -> t
end

module Soa : sig
  (** The start of a zone of authority; times in seconds. *)
  type t = {
    nameserver : [ `raw ] Domain_name.t;
    hostmaster : [ `raw ] Domain_name.t;
    serial : int32;
    refresh : int32;
    retry : int32;
    expiry : int32;
    minimum : int32;
  }
end

module Mx : sig
  type t = { preference : int; mail_exchange : [ `host ] Domain_name.t }

  module Set : Set.S with type elt = t
end

module Srv : sig
  type t = { priority : int; weight : int; port : int; target : [ `host ] Domain_name.t }

  module Set : Set.S with type elt = t
end

module Rr_map : sig
  module Txt_set : Set.S with type elt = string

  (** With how many seconds they hold. *)
  type 'a with_ttl = int32 * 'a

  (** A kind of record; its parameter is what such records say. *)
  type _ key =
    | A : Ipaddr.V4.Set.t with_ttl key
    | Aaaa : Ipaddr.V6.Set.t with_ttl key
    | Cname : [ `raw ] Domain_name.t with_ttl key
    | Mx : Mx.Set.t with_ttl key
    | Ns : Domain_name.Host_set.t with_ttl key
    | Ptr : [ `host ] Domain_name.t with_ttl key
    | Soa : Soa.t key
    | Srv : Srv.Set.t with_ttl key
    | Txt : Txt_set.t with_ttl key
end

module Packet : sig
  (** An answer. *)
  type reply

  val pp_reply : Format.formatter -> reply -> unit
end
