(** Certificates (RFC 5280), as far as devices' signatures name them. *)

module Private_key : sig
  (** An RSA, EC or EdDSA key. *)
  type t

  val decode_pem : string -> (t, [> `Msg of string ]) result
  val encode_pem : t -> string
end

module Distinguished_name : sig
  type t

  val equal : t -> t -> bool
  val pp : Format.formatter -> t -> unit
end

module Certificate : sig
  type t

  val decode_pem : string -> (t, [> `Msg of string ]) result
  val decode_pem_multiple : string -> (t list, [> `Msg of string ]) result
  val encode_pem : t -> string
  val subject : t -> Distinguished_name.t
  val issuer : t -> Distinguished_name.t

  (** From when until when it holds. *)
  val validity : t -> Ptime.t * Ptime.t

  val fingerprint : Digestif.hash' -> t -> string
  val pp : Format.formatter -> t -> unit
end

module Authenticator : sig
  (** Decides whether a chain of certificates is to be trusted for a peer of this name or address; gives the chain that was verified and its
      anchor. *)
  type t =
    ?ip:Ipaddr.t ->
    host:[ `host ] Domain_name.t option ->
    Certificate.t list ->
    ((Certificate.t list * Certificate.t) option, [ `Msg of string ]) result

  (** By what an option of a command line says. *)
  val of_string : string -> ((unit -> Ptime.t option) -> t, [> `Msg of string ]) result
end
