(** Resolving names. *)

(** How questions are sent and answers come. *)
module type S = sig
  type io_addr
  type stack
  type +'a io
  type context
  type t

  val nameservers : t -> Dns.proto * io_addr list
  val rng : int -> string

  (** Monotonic nanoseconds. *)
  val clock : unit -> int64

  val create : ?nameservers:Dns.proto * io_addr list -> timeout:int64 -> stack -> t
  val connect : t -> (Dns.proto * context, [ `Msg of string ]) result io
  val send_recv : context -> string -> (string, [ `Msg of string ]) result io
  val close : context -> unit io
  val bind : 'a io -> ('a -> 'b io) -> 'b io
  val lift : 'a -> 'a io
end

module Make (T : S) : sig
  type t

  val transport : t -> T.t

  (** Keeps [cache_size] answers (default: 32). [timeout] is in nanoseconds (default: 5 seconds). *)
  val create :
    ?cache_size:int ->
    ?edns:[ `None | `Auto | `Manual of Dns.Edns.t ] ->
    ?nameservers:Dns.proto * T.io_addr list ->
    ?timeout:int64 ->
    T.stack ->
    t

  val nameservers : t -> Dns.proto * T.io_addr list

  (** The records of one kind. *)
  val getaddrinfo : t -> 'response Dns.Rr_map.key -> 'a Domain_name.t -> ('response, [> `Msg of string ]) result T.io

  val gethostbyname : t -> [ `host ] Domain_name.t -> (Ipaddr.V4.t, [> `Msg of string ]) result T.io
  val gethostbyname6 : t -> [ `host ] Domain_name.t -> (Ipaddr.V6.t, [> `Msg of string ]) result T.io

  val get_resource_record :
    t ->
    'response Dns.Rr_map.key ->
    'a Domain_name.t ->
    ( 'response,
      [> `Msg of string | `No_data of [ `raw ] Domain_name.t * Dns.Soa.t | `No_domain of [ `raw ] Domain_name.t * Dns.Soa.t ] )
    result
    T.io

  val get_raw_reply : t -> 'response Dns.Rr_map.key -> 'a Domain_name.t -> (Dns.Packet.reply, [> `Msg of string | `Partial ]) result T.io
end
