(** Sends measurements to a server in Influx's line protocol, and listens for which ones to take. *)

module Make (S : Tcpip.Stack.V4V6) : sig
  (** [interval] is in nanoseconds. *)
  val create :
    ?interval:int64 ->
    ?hostname:string ->
    Ipaddr.t ->
    ?port:int ->
    ?listen_port:int ->
    ?memtrace_port:int ->
    ?sampling_rate:float ->
    S.t ->
    unit
end
