(** TLS over flows, and certificates from key-value stores. *)

module Make (F : Mirage_flow.S) : sig
  type error =
    [ `Tls_alert of Tls.Packet.alert_type | `Tls_failure of Tls.Engine.failure | `Read of F.error | `Write of F.write_error ]

  type write_error = [ `Closed | error ]

  include Mirage_flow.S with type error := error and type write_error := write_error

  val underlying : flow -> F.flow

  (** What the handshake agreed on; an error while there has been none. *)
  val epoch : flow -> (Tls.Core.epoch_data, unit) result

  (** New keys without a new handshake (RFC 8446, 4.6.3); [request]: of the other side too. *)
  val key_update : ?request:bool -> flow -> (unit, [ write_error | `Msg of string ]) result Lwt.t

  (** A handshake on a connection that is there, as the client. *)
  val client_of_flow :
    Tls.Config.client -> ?host:[ `host ] Domain_name.t -> ?ip:Ipaddr.t -> F.flow -> (flow, write_error) result Lwt.t

  val server_of_flow : Tls.Config.server -> F.flow -> (flow, write_error) result Lwt.t
end

module X509 (KV : Mirage_kv.RO) : sig
  (** From the anchors in [ca-roots.crt], and the revocations in the value [crl]. *)
  val authenticator : ?allowed_hashes:Digestif.hash' list -> ?crl:string -> KV.t -> X509.Authenticator.t Lwt.t

  (** From [server.pem] and [server.key], or those of the name. *)
  val certificate : KV.t -> [< `Default | `Name of string ] -> Tls.Config.certchain Lwt.t
end
