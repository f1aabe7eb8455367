(** Clients of Git's protocol. *)

module TCP : sig
  module Make (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) (He : Mimic_happy_eyeballs.S with type flow = Tcp.flow) : sig
    val connect : Mimic.ctx -> Mimic.ctx Lwt.t
    val ctx : Mimic.ctx
  end
end

module HTTP : sig
  module Make (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) (He : Mimic_happy_eyeballs.S with type flow = Tcp.flow) : sig
    val connect : ?authenticator:string -> ?headers:(string * string) list -> Mimic.ctx -> Mimic.ctx Lwt.t
    val ctx : Mimic.ctx
  end
end

module SSH : sig
  module Make (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) (He : Mimic_happy_eyeballs.S with type flow = Tcp.flow) : sig
    val connect : ?authenticator:string -> ?key:string -> ?password:string -> Mimic.ctx -> Mimic.ctx Lwt.t
    val ctx : Mimic.ctx
  end
end
