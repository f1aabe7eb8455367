(** TLS (RFC 8446, RFC 5246), as far as devices' signatures name it. *)

module Packet : sig
  (** Alerts (RFC 8446, 6). *)
  type alert_type =
    | CLOSE_NOTIFY
    | UNEXPECTED_MESSAGE
    | BAD_RECORD_MAC
    | RECORD_OVERFLOW
    | HANDSHAKE_FAILURE
    | BAD_CERTIFICATE
    | CERTIFICATE_EXPIRED
    | ILLEGAL_PARAMETER
    | DECODE_ERROR
    | PROTOCOL_VERSION
    | INTERNAL_ERROR
    | INAPPROPRIATE_FALLBACK
    | USER_CANCELED
    | MISSING_EXTENSION
    | UNSUPPORTED_EXTENSION
    | UNRECOGNIZED_NAME
    | BAD_CERTIFICATE_STATUS_RESPONSE
    | UNKNOWN_PSK_IDENTITY
    | CERTIFICATE_REQUIRED
    | NO_APPLICATION_PROTOCOL

  val alert_type_to_string : alert_type -> string
end

module Core : sig
  type tls_version = [ `TLS_1_0 | `TLS_1_1 | `TLS_1_2 | `TLS_1_3 ]

  (** What was agreed on in a handshake. *)
  type epoch_data = {
    side : [ `Client | `Server ];
    protocol_version : tls_version;
    peer_random : string;
    peer_certificate_chain : X509.Certificate.t list;
    peer_certificate : X509.Certificate.t option;
    peer_name : [ `host ] Domain_name.t option;
    trust_anchor : X509.Certificate.t option;
    received_certificates : X509.Certificate.t list;
    own_random : string;
    own_certificate : X509.Certificate.t list;
    own_private_key : X509.Private_key.t option;
    own_name : [ `host ] Domain_name.t option;
    alpn_protocol : string option;
    session_id : string;
    extended_ms : bool;
    tls_unique : string option;
  }
end

module Engine : sig
  (** Why a connection was ended. *)
  type failure

  val string_of_failure : failure -> string
  val pp_failure : Format.formatter -> failure -> unit
end

module Config : sig
  (** A chain of certificates, that of the owner first, and its key. *)
  type certchain = X509.Certificate.t list * X509.Private_key.t

  type own_cert =
    [ `None | `Single of certchain | `Multiple of certchain list | `Multiple_default of certchain * certchain list ]

  type client
  type server

  val client :
    authenticator:X509.Authenticator.t ->
    ?peer_name:[ `host ] Domain_name.t ->
    ?version:Core.tls_version * Core.tls_version ->
    ?certificates:own_cert ->
    ?alpn_protocols:string list ->
    ?ip:Ipaddr.t ->
    unit ->
    (client, [> `Msg of string ]) result

  val server :
    ?version:Core.tls_version * Core.tls_version ->
    ?certificates:own_cert ->
    ?acceptable_cas:X509.Distinguished_name.t list ->
    ?authenticator:X509.Authenticator.t ->
    ?alpn_protocols:string list ->
    ?zero_rtt:int32 ->
    ?ip:Ipaddr.t ->
    unit ->
    (server, [> `Msg of string ]) result
end
