(** Reporters that send log messages to a syslog server (RFC 3164, RFC 5424). Messages are cut off after [truncate] bytes. *)

module Udp (S : Tcpip.Stack.V4V6) : sig
  val create : S.t -> hostname:string -> S.IP.ipaddr -> ?port:int -> ?truncate:int -> ?facility:int -> unit -> Logs.reporter
end

module Tcp (S : Tcpip.Stack.V4V6) : sig
  (** [framing]: what ends a message (default: a zero byte). *)
  val create :
    S.t ->
    hostname:string ->
    S.IP.ipaddr ->
    ?port:int ->
    ?truncate:int ->
    ?framing:[ `LineFeed | `Null | `Custom of string | `Count ] ->
    ?facility:int ->
    unit ->
    (Logs.reporter, string) result Lwt.t
end
