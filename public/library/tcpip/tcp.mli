(** The transmission control protocol (RFC 9293). *)

type error = [ `Timeout | `Refused ]
type write_error = [ error | Mirage_flow.write_error ]

val pp_error : error Fmt.t
val pp_write_error : write_error Fmt.t

(** When to find out whether the other side of an idle connection is still there (RFC 9293, 3.8.4). *)
module Keepalive : sig
  type t = {
    after : Duration.t;  (** how long a connection is idle before the first probe *)
    interval : Duration.t;  (** between probes *)
    probes : int;  (** how many without an answer end the connection *)
  }
end

module type S = sig
  type nonrec error = private [> error ]
  type nonrec write_error = private [> write_error ]
  type ipaddr
  type flow
  type t

  val disconnect : t -> unit Lwt.t

  include Mirage_flow.S with type flow := flow and type error := error and type write_error := write_error

  (** Address and port of the other side, and of this one. *)
  val dst : flow -> ipaddr * int

  val src : flow -> ipaddr * int

  (** Without waiting for more data to fill a segment (Nagle's algorithm). *)
  val write_nodelay : flow -> Cstruct.t -> (unit, write_error) result Lwt.t

  val writev_nodelay : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t
  val create_connection : ?keepalive:Keepalive.t -> t -> ipaddr * int -> (flow, error) result Lwt.t

  (** Connections to the port go to the callback, which replaces one that was there. Raises [Invalid_argument] when [port] is none. *)
  val listen : t -> port:int -> ?keepalive:Keepalive.t -> (flow -> unit Lwt.t) -> unit

  val unlisten : t -> port:int -> unit

  (** The payload of a packet that has come. *)
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t
end
