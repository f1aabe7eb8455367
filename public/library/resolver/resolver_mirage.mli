(** Resolution of names over a stack. *)

module type S = sig
  include Resolver_lwt.S

  (** By a table of hosts. *)
  val static : (string, port:int -> Conduit.endp) Hashtbl.t -> t

  val localhost : t
end

module Make (Stack : Tcpip.Stack.V4V6) : sig
  include S

  (** By name servers: [udp:IP:PORT], [tcp:IP:PORT], [tls:IP:PORT!AUTHENTICATOR]. *)
  val v : ?nameservers:string list -> Stack.t -> (t, [> `Msg of string ]) result
end
