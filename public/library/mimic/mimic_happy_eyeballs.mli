(** Contexts whose connections are begun by happy eyeballs. *)

module type S = sig
  type t
  type flow

  val happy_eyeballs : t Mimic.value
  val connect : t -> Mimic.ctx Lwt.t
end

module Make
    (S : Tcpip.Stack.V4V6)
    (Happy_eyeballs : Happy_eyeballs_mirage.S with type stack = S.t and type flow = S.TCP.flow)
    (Dns : Dns_client_mirage.S with type happy_eyeballs = Happy_eyeballs.t) :
  S with type t = Happy_eyeballs.t and type flow = S.TCP.flow
