(** HTTP over conduits. *)

module Server : sig
  module type S = sig
    include Cohttp_lwt.S.Server

    (** Serves one connection. *)
    val callback : t -> IO.conn -> unit Lwt.t
  end

  (** Over flows. *)
  module Flow (F : Mirage_flow.S) : S with type IO.conn = F.flow

  module Make (Conduit : Conduit_mirage.S) : sig
    include S with type IO.conn = Conduit.Flow.flow

    (** Serves all connections that come. *)
    val listen : Conduit.t -> Conduit_mirage.server -> t -> unit Lwt.t
  end
end

module Client : sig
  module Make (Resolver : Resolver_lwt.S) (Conduit : Conduit_mirage.S) : sig
    include Cohttp_lwt.S.Client

    val ctx : ?authenticator:X509.Authenticator.t -> Resolver.t -> Conduit.t -> ctx
    val with_authenticator : X509.Authenticator.t -> ctx -> ctx
  end
end

(** Serves the values of a store. *)
module Static : sig
  module HTTP (FS : Mirage_kv.RO) (S : Server.S) : sig
    val start :
      http_port:int ->
      ?request_fn:(Uri.t -> Http.Header.t -> Http.Header.t) ->
      FS.t ->
      ([> `TCP of int ] -> S.t -> 'a) ->
      'a
  end
end
