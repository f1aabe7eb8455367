(** Internet addresses of both versions, and their prefixes. Functions ending in [_exn] raise {!Parse_error}. *)

(** What is wrong, and the text. *)
exception Parse_error of string * string

type scope = Point | Interface | Link | Admin | Site | Organization | Global

val string_of_scope : scope -> string
val scope_of_string : string -> (scope, [> `Msg of string ]) result
val pp_scope : Format.formatter -> scope -> unit

(** Version 4 (RFC 791). *)
module V4 : sig
  type t

  (** From four octets, of which the low eight bits are used. *)
  val make : int -> int -> int -> int -> t

  (** {2 Text} [a.b.c.d] in decimal without leading zeros *)

  val of_string : string -> (t, [> `Msg of string ]) result
  val of_string_exn : string -> t

  (** Reads from a position on, and leaves it behind the address. Raises {!Parse_error}. *)
  val of_string_raw : string -> int ref -> t

  (** An address, with a port after a colon or without. *)
  val with_port_of_string : default:int -> string -> (t * int, [> `Msg of string ]) result

  val to_string : t -> string
  val to_buffer : Buffer.t -> t -> unit
  val pp : Format.formatter -> t -> unit

  (** {2 Octets} in network order *)

  val of_octets : ?off:int -> string -> (t, [> `Msg of string ]) result
  val of_octets_exn : ?off:int -> string -> t
  val write_octets : ?off:int -> t -> bytes -> (unit, [> `Msg of string ]) result
  val write_octets_exn : ?off:int -> t -> bytes -> unit
  val to_octets : t -> string
  val of_int32 : int32 -> t
  val to_int32 : t -> int32
  val of_int16 : int * int -> t
  val to_int16 : t -> int * int

  (** {2 Conversions} *)

  (** The Ethernet address of a multicast address (RFC 1112, 6.4). *)
  val multicast_to_mac : t -> Macaddr.t

  (** The name under [in-addr.arpa]. *)
  val to_domain_name : t -> [ `host ] Domain_name.t

  val of_domain_name : 'a Domain_name.t -> t option

  (** The next address, the one before. *)
  val succ : t -> (t, [> `Msg of string ]) result

  val pred : t -> (t, [> `Msg of string ]) result

  (** {2 Well-known addresses} *)

  (** 0.0.0.0 *)
  val any : t

  val unspecified : t

  (** 255.255.255.255 *)
  val broadcast : t

  (** 224.0.0.1, 224.0.0.2 *)
  val nodes : t

  val routers : t

  (** 127.0.0.1 *)
  val localhost : t

  (** {2 Prefixes} written [a.b.c.d/n]; the address is kept with its host part *)

  module Prefix : sig
    type addr = t
    type t

    (** The mask of so many bits. *)
    val mask : int -> addr

    val make : int -> addr -> t

    (** Without the host part. *)
    val prefix : t -> t

    (** The host part of the address in the network. *)
    val network_address : t -> addr -> addr

    val of_string : string -> (t, [> `Msg of string ]) result
    val of_string_exn : string -> t
    val of_string_raw : string -> int ref -> t
    val to_string : t -> string
    val pp : Format.formatter -> t -> unit
    val to_buffer : Buffer.t -> t -> unit
    val of_netmask_exn : netmask:addr -> address:addr -> t
    val of_netmask : netmask:addr -> address:addr -> (t, [> `Msg of string ]) result
    val mem : addr -> t -> bool
    val subset : subnet:t -> network:t -> bool

    (** The prefix of all bits. *)
    val of_addr : addr -> t

    val global : t
    val loopback : t
    val link : t
    val relative : t
    val multicast : t
    val private_10 : t
    val private_172 : t
    val private_192 : t
    val private_blocks : t list
    val broadcast : t -> addr
    val network : t -> addr
    val netmask : t -> addr
    val address : t -> addr
    val bits : t -> int

    (** The first and the last address for hosts. *)
    val first : t -> addr

    val last : t -> addr

    (** The addresses for hosts, or with [~usable:false] all. *)
    val hosts : ?usable:bool -> t -> addr Seq.t

    (** The networks of so many bits in this one. *)
    val subnets : int -> t -> t Seq.t

    val compare : t -> t -> int
  end

  val scope : t -> scope
  val is_global : t -> bool
  val is_multicast : t -> bool
  val is_private : t -> bool
  val compare : t -> t -> int

  module Set : Set.S with type elt := t
  module Map : Map.S with type key := t
end

(** Version 6 (RFC 8200, RFC 4291). *)
module V6 : sig
  type t

  (** From eight groups of 16 bits. *)
  val make : int -> int -> int -> int -> int -> int -> int -> int -> t

  (** {2 Text} (RFC 4291, 2.2; printed as RFC 5952 says), also in square brackets *)

  val of_string_exn : string -> t
  val of_string : string -> (t, [> `Msg of string ]) result

  (** [[address]:port], or an address alone. *)
  val with_port_of_string : default:int -> string -> (t * int, [> `Msg of string ]) result

  val of_string_raw : string -> int ref -> t
  val to_string : t -> string
  val to_buffer : Buffer.t -> t -> unit
  val pp : Format.formatter -> t -> unit

  (** {2 Octets} in network order *)

  val of_octets_exn : ?off:int -> string -> t
  val of_octets : ?off:int -> string -> (t, [> `Msg of string ]) result
  val write_octets_exn : ?off:int -> t -> bytes -> unit
  val write_octets : ?off:int -> t -> bytes -> (unit, [> `Msg of string ]) result
  val to_octets : t -> string
  val of_int64 : int64 * int64 -> t
  val to_int64 : t -> int64 * int64
  val of_int32 : int32 * int32 * int32 * int32 -> t
  val to_int32 : t -> int32 * int32 * int32 * int32
  val of_int16 : int * int * int * int * int * int * int * int -> t
  val to_int16 : t -> int * int * int * int * int * int * int * int

  (** {2 Conversions} *)

  (** The Ethernet address of a multicast address (RFC 2464, 7). *)
  val multicast_to_mac : t -> Macaddr.t

  (** The name under [ip6.arpa]. *)
  val to_domain_name : t -> [ `host ] Domain_name.t

  val of_domain_name : 'a Domain_name.t -> t option
  val succ : t -> (t, [> `Msg of string ]) result
  val pred : t -> (t, [> `Msg of string ]) result

  (** {2 Well-known addresses} *)

  val unspecified : t
  val localhost : t
  val interface_nodes : t
  val link_nodes : t
  val interface_routers : t
  val link_routers : t
  val site_routers : t

  (** {2 Prefixes} *)

  module Prefix : sig
    type addr = t
    type t

    val mask : int -> addr
    val make : int -> addr -> t
    val prefix : t -> t
    val network_address : t -> addr -> addr
    val of_string_exn : string -> t
    val of_string : string -> (t, [> `Msg of string ]) result
    val of_string_raw : string -> int ref -> t
    val to_string : t -> string
    val pp : Format.formatter -> t -> unit
    val to_buffer : Buffer.t -> t -> unit
    val of_netmask_exn : netmask:addr -> address:addr -> t
    val of_netmask : netmask:addr -> address:addr -> (t, [> `Msg of string ]) result
    val mem : addr -> t -> bool
    val subset : subnet:t -> network:t -> bool
    val of_addr : addr -> t
    val global_unicast_001 : t
    val unique_local : t
    val link : t
    val multicast : t
    val ipv4_mapped : t
    val noneui64_interface : t
    val solicited_node : t
    val network : t -> addr
    val netmask : t -> addr
    val address : t -> addr
    val bits : t -> int
    val first : t -> addr
    val last : t -> addr
    val hosts : ?usable:bool -> t -> addr Seq.t
    val subnets : int -> t -> t Seq.t
    val compare : t -> t -> int
  end

  val scope : t -> scope

  (** The link-local address that an interface makes of its Ethernet address (RFC 4291, appendix A). *)
  val link_address_of_mac : Macaddr.t -> t

  val is_global : t -> bool
  val is_multicast : t -> bool
  val is_private : t -> bool
  val compare : t -> t -> int

  module Set : Set.S with type elt := t
  module Map : Map.S with type key := t
end

(** {1 Either version} *)

type ('v4, 'v6) v4v6 = V4 of 'v4 | V6 of 'v6
type t = (V4.t, V6.t) v4v6

val to_string : t -> string
val to_buffer : Buffer.t -> t -> unit
val pp : Format.formatter -> t -> unit
val of_string_exn : string -> t
val of_string : string -> (t, [> `Msg of string ]) result
val of_string_raw : string -> int ref -> t
val with_port_of_string : default:int -> string -> (t * int, [> `Msg of string ]) result

(** From 4 or 16 octets. *)
val of_octets_exn : string -> t

val of_octets : string -> (t, [> `Msg of string ]) result
val to_octets : t -> string

(** Addresses of version 4 mapped to version 6 ([::ffff:a.b.c.d]), and back. *)
val v4_of_v6 : V6.t -> V4.t option

val to_v4 : t -> V4.t option
val v6_of_v4 : V4.t -> V6.t
val to_v6 : t -> V6.t
val scope : t -> scope
val is_global : t -> bool
val is_multicast : t -> bool
val is_private : t -> bool
val multicast_to_mac : t -> Macaddr.t
val to_domain_name : t -> [ `host ] Domain_name.t
val of_domain_name : 'a Domain_name.t -> t option
val succ : t -> (t, [> `Msg of string ]) result
val pred : t -> (t, [> `Msg of string ]) result

module Prefix : sig
  type addr = t
  type t = (V4.Prefix.t, V6.Prefix.t) v4v6

  val to_string : t -> string
  val to_buffer : Buffer.t -> t -> unit
  val pp : Format.formatter -> t -> unit
  val of_string_exn : string -> t
  val of_string : string -> (t, [> `Msg of string ]) result
  val of_string_raw : string -> int ref -> t
  val v4_of_v6 : V6.Prefix.t -> V4.Prefix.t option
  val to_v4 : t -> V4.Prefix.t option
  val v6_of_v4 : V4.Prefix.t -> V6.Prefix.t
  val to_v6 : t -> V6.Prefix.t

  (** When the versions differ, mapped to version 6. *)
  val mem : addr -> t -> bool

  val subset : subnet:t -> network:t -> bool
  val of_addr : addr -> t
  val address : t -> addr
  val bits : t -> int
  val network : t -> addr
  val netmask : t -> addr
  val first : t -> addr
  val last : t -> addr

  (** The addresses for hosts, or with [~usable:false] all. *)
  val hosts : ?usable:bool -> t -> (V4.t Seq.t, V6.t Seq.t) v4v6

  (** The networks of so many bits in this one. *)
  val subnets : int -> t -> (V4.Prefix.t Seq.t, V6.Prefix.t Seq.t) v4v6

  val compare : t -> t -> int
end

val compare : t -> t -> int

module Set : Set.S with type elt := t
module Map : Map.S with type key := t
