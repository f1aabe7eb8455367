(** Network interfaces: devices that send and receive frames. *)

(** How much was received and sent since the start or the last reset. *)
type stats = { mutable rx_bytes : int64; mutable rx_pkts : int32; mutable tx_bytes : int64; mutable tx_pkts : int32 }

module Net : sig
  type error = [ `Invalid_length  (** longer than the interface sends, or longer than was said *) | `Disconnected ]

  val pp_error : error Fmt.t
end

module Stats : sig
  val create : unit -> stats

  (** Counts a frame of so many bytes. *)
  val rx : stats -> int64 -> unit

  val tx : stats -> int64 -> unit
  val reset : stats -> unit
end

module type S = sig
  type error = private [> Net.error ]

  val pp_error : error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t

  (** [write t ~size fill] sends a frame: [fill] is given [size] bytes that are zero, and returns how many of them are sent. *)
  val write : t -> size:int -> (Cstruct.t -> int) -> (unit, error) result Lwt.t

  (** Calls the function for every frame that comes, without waiting for its promise; [header_size] bytes are more than the MTU.
      Ends when the interface does. *)
  val listen : t -> header_size:int -> (Cstruct.t -> unit Lwt.t) -> (unit, error) result Lwt.t

  val mac : t -> Macaddr.t

  (** The maximum transmission unit: how many bytes a frame holds beyond the Ethernet header. *)
  val mtu : t -> int

  val get_stats_counters : t -> stats
  val reset_stats_counters : t -> unit
end
