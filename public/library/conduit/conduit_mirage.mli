(** Connections over stacks, with or without TLS. *)

type client =
  [ `TCP of Ipaddr.t * int
  | `TLS of Tls.Config.client * client
  | `Vchan of [ `Direct of int * Vchan.Port.t | `Domain_socket of string * Vchan.Port.t ] ]

type server =
  [ `TCP of int
  | `TLS of Tls.Config.server * server
  | `Vchan of [ `Direct of int * Vchan.Port.t | `Domain_socket ] ]

module type S = sig
  type flow
  type t

  module Flow : Mirage_flow.S with type flow = flow

  val connect : t -> client -> flow Lwt.t
  val listen : t -> server -> (flow -> unit Lwt.t) -> unit Lwt.t
end

module TCP (S : Tcpip.Stack.V4V6) : S with type t = S.t and type flow = S.TCP.flow

(** Adds TLS. *)
module TLS (S : S) : sig
  type flow = TLS of Tls_mirage.Make(S.Flow).flow | Clear of S.flow

  include S with type t = S.t and type flow := flow
end

(** Where to connect to, from what a resolver says. *)
module Endpoint : sig
  val nss_authenticator : X509.Authenticator.t
  val client : ?tls_authenticator:X509.Authenticator.t -> Conduit.endp -> client Lwt.t
  val server : Conduit.endp -> server Lwt.t
end
