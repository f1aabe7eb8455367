(** Clients and servers of HTTP, whatever carries their connections. *)

module Body : sig
  type t = [ `Empty | `String of string | `Strings of string list | `Stream of string Lwt_stream.t ]

  val empty : t
  val is_empty : t -> bool Lwt.t
  val to_string : t -> string Lwt.t
  val to_string_list : t -> string list Lwt.t
  val to_stream : t -> string Lwt_stream.t
  val of_string : string -> t
  val of_string_list : string list -> t
  val of_stream : string Lwt_stream.t -> t
  val map : (string -> string) -> t -> t
  val length : t -> (int64 * t) Lwt.t
  val drain_body : t -> unit Lwt.t
end

module S : sig
  module type IO = sig
    type 'a t = 'a Lwt.t
    type ic
    type oc
    type conn
    type error

    val pp_error : Format.formatter -> error -> unit
  end

  module type Client = sig
    type ctx

    val call :
      ?ctx:ctx ->
      ?headers:Http.Header.t ->
      ?body:Body.t ->
      ?chunked:bool ->
      Http.Method.t ->
      Uri.t ->
      (Http.Response.t * Body.t) Lwt.t

    val head : ?ctx:ctx -> ?headers:Http.Header.t -> Uri.t -> Http.Response.t Lwt.t
    val get : ?ctx:ctx -> ?headers:Http.Header.t -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val delete :
      ?ctx:ctx -> ?body:Body.t -> ?chunked:bool -> ?headers:Http.Header.t -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val post :
      ?ctx:ctx -> ?body:Body.t -> ?chunked:bool -> ?headers:Http.Header.t -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val put :
      ?ctx:ctx -> ?body:Body.t -> ?chunked:bool -> ?headers:Http.Header.t -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val patch :
      ?ctx:ctx -> ?body:Body.t -> ?chunked:bool -> ?headers:Http.Header.t -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val post_form :
      ?ctx:ctx -> ?headers:Http.Header.t -> params:(string * string list) list -> Uri.t -> (Http.Response.t * Body.t) Lwt.t

    val callv :
      ?ctx:ctx -> Uri.t -> (Http.Request.t * Body.t) Lwt_stream.t -> (Http.Response.t * Body.t) Lwt_stream.t Lwt.t
  end

  module type Server = sig
    module IO : IO

    type body = Body.t
    type conn = IO.conn * Cohttp.Connection.t
    type response = Http.Response.t * body
    type response_action = [ `Expert of Http.Response.t * (IO.ic -> IO.oc -> unit Lwt.t) | `Response of response ]
    type t

    val make_response_action :
      ?conn_closed:(conn -> unit) -> callback:(conn -> Http.Request.t -> body -> response_action Lwt.t) -> unit -> t

    val make_expert :
      ?conn_closed:(conn -> unit) ->
      callback:(conn -> Http.Request.t -> body -> (Http.Response.t * (IO.ic -> IO.oc -> unit Lwt.t)) Lwt.t) ->
      unit ->
      t

    val make : ?conn_closed:(conn -> unit) -> callback:(conn -> Http.Request.t -> body -> response Lwt.t) -> unit -> t

    val respond :
      ?headers:Http.Header.t -> ?flush:bool -> status:Http.Status.t -> body:body -> unit -> response Lwt.t

    val respond_string :
      ?flush:bool -> ?headers:Http.Header.t -> status:Http.Status.t -> body:string -> unit -> response Lwt.t

    val respond_error : ?headers:Http.Header.t -> ?status:Http.Status.t -> body:string -> unit -> response Lwt.t
    val respond_redirect : ?headers:Http.Header.t -> uri:Uri.t -> unit -> response Lwt.t
    val respond_need_auth : ?headers:Http.Header.t -> auth:[ `Basic of string ] -> unit -> response Lwt.t
    val respond_not_found : ?uri:Uri.t -> unit -> response Lwt.t
  end
end
