(** Reporters that send log messages to a syslog server over TLS (RFC 5425). *)

module Tls (S : Tcpip.Stack.V4V6) (KV : Mirage_kv.RO) : sig
  (** [keyname]: under which name the store holds this side's certificate and key. *)
  val create :
    S.t ->
    KV.t ->
    ?keyname:string ->
    hostname:string ->
    S.IP.ipaddr ->
    ?port:int ->
    ?truncate:int ->
    ?framing:[ `LineFeed | `Null | `Custom of string | `Count ] ->
    ?facility:int ->
    unit ->
    (Logs.reporter, string) result Lwt.t
end
