(** From addresses in the form of URIs to where connections lead. *)

(** A scheme: its name, its port, and whether it is secured. *)
type svc = { name : string; port : int; tls : bool }

module type S = sig
  type t

  type resolve_fn = svc -> Uri.t -> Conduit.endp Lwt.t
  type service_fn = string -> svc option Lwt.t

  (** Rewrites for hosts whose names end so, and how services are found. *)
  val init : ?service:service_fn -> ?rewrites:(string * resolve_fn) list -> unit -> t

  val add_rewrite : host:string -> f:resolve_fn -> t -> unit
  val set_service : f:service_fn -> t -> unit
  val service : t -> service_fn

  val resolve_uri :
    ?rewrites:(string * resolve_fn) list -> uri:Uri.t -> t -> Conduit.endp Lwt.t
end

include S

(** Of the system that the program is a process of. *)
val system : t
