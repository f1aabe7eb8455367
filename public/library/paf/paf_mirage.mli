(** Servers over the TCP of a stack, with or without TLS. *)

module type S = sig
  type stack
  type ipaddr

  module TCP : sig
    include Mirage_flow.S

    val no_close : flow -> unit
    val to_close : flow -> unit
  end

  module TLS : sig
    include Mirage_flow.S

    val no_close : flow -> unit
    val to_close : flow -> unit
  end

  type t
  type dst = ipaddr * int

  val tcp_protocol : (stack * ipaddr * int, TCP.flow) Mimic.protocol
  val tcp_edn : (stack * ipaddr * int) Mimic.value
  val tls_protocol : ([ `host ] Domain_name.t option * Tls.Config.client * stack * ipaddr * int, TLS.flow) Mimic.protocol
  val tls_edn : ([ `host ] Domain_name.t option * Tls.Config.client * stack * ipaddr * int) Mimic.value

  (** Listens on the port. *)
  val init : port:int -> stack -> t Lwt.t

  (** The next connection. *)
  val accept : t -> (TCP.flow, [> `Closed ]) result Lwt.t

  val close : t -> unit Lwt.t
  val serve : ?stop:Lwt_switch.t -> 't Paf.service -> 't -> [ `Initialized of unit Lwt.t ]
end

module Make (Stack : Tcpip.Tcp.S) : S with type stack = Stack.t and type ipaddr = Stack.ipaddr
