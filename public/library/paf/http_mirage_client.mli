(** A client of HTTP/1.1 and HTTP/2. *)

type t

module type S = sig
  type nonrec t = t

  val connect : Mimic.ctx -> t Lwt.t
end

module Make (TCP : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) (He : Mimic_happy_eyeballs.S with type flow = TCP.flow) : S

(** What came before the body. *)
type response = { version : [ `HTTP_1_1 | `HTTP_2 ]; status : int; reason : string; headers : (string * string) list }

(** [request t url f init] gives each part of the body to [f], with the response and what [f] gave before. *)
val request :
  t ->
  ?tls_config:Tls.Config.client ->
  ?authenticator:X509.Authenticator.t ->
  ?meth:string ->
  ?headers:(string * string) list ->
  ?body:string ->
  ?max_redirect:int ->
  ?follow_redirect:bool ->
  string ->
  (response -> 'a -> string -> 'a Lwt.t) ->
  'a ->
  (response * 'a, [> Mimic.error ]) result Lwt.t
