(** Resolving names over a stack. *)

module type S = sig
  type happy_eyeballs

  module Transport : sig
    include
      Dns_client.S
        with type +'a io = 'a Lwt.t
         and type io_addr = [ `Plaintext of Ipaddr.t * int | `Tls of Tls.Config.client * Ipaddr.t * int ]

    val happy_eyeballs : t -> happy_eyeballs
  end

  include module type of Dns_client.Make (Transport)

  (** [udp:IP[:PORT]], [tcp:IP[:PORT]] or [tls:IP[:PORT][!AUTHENTICATOR]]. *)
  val nameserver_of_string : string -> (Dns.proto * Transport.io_addr, [> `Msg of string ]) result

  val connect :
    ?cache_size:int ->
    ?edns:[ `None | `Auto | `Manual of Dns.Edns.t ] ->
    ?nameservers:string list ->
    ?timeout:int64 ->
    Transport.stack ->
    t Lwt.t
end

module Make (S : Tcpip.Stack.V4V6) (H : Happy_eyeballs_mirage.S with type stack = S.t and type flow = S.TCP.flow) :
  S with type Transport.stack = S.t * H.t and type happy_eyeballs = H.t
