(* The signature of the internet control message protocol. *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type ipaddr = Ipaddr.V4.t
  type error

  val pp_error : error Fmt.t
  val input : t -> src:ipaddr -> dst:ipaddr -> Cstruct.t -> unit Lwt.t
  val write : t -> ?src:ipaddr -> dst:ipaddr -> ?ttl:int -> Cstruct.t -> (unit, error) result Lwt.t
end
