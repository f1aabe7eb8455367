(** What HTTP messages are (RFC 9110). *)

module Version : sig
  type t = [ `HTTP_1_0 | `HTTP_1_1 | `Other of string ]

  val compare : t -> t -> int
  val to_string : t -> string
  val of_string : string -> t
  val pp : Format.formatter -> t -> unit
end

module Method : sig
  type t = [ `GET | `POST | `HEAD | `DELETE | `PATCH | `PUT | `OPTIONS | `TRACE | `CONNECT | `Other of string ]

  val compare : t -> t -> int
  val to_string : t -> string
  val of_string : string -> t
  val pp : Format.formatter -> t -> unit
end

module Status : sig
  type informational = [ `Continue | `Switching_protocols | `Processing | `Early_hints ]

  type success =
    [ `OK
    | `Created
    | `Accepted
    | `Non_authoritative_information
    | `No_content
    | `Reset_content
    | `Partial_content
    | `Multi_status
    | `Already_reported
    | `Im_used ]

  type redirection =
    [ `Multiple_choices
    | `Moved_permanently
    | `Found
    | `See_other
    | `Not_modified
    | `Use_proxy
    | `Switch_proxy
    | `Temporary_redirect
    | `Permanent_redirect ]

  type client_error =
    [ `Bad_request
    | `Unauthorized
    | `Payment_required
    | `Forbidden
    | `Not_found
    | `Method_not_allowed
    | `Not_acceptable
    | `Proxy_authentication_required
    | `Request_timeout
    | `Conflict
    | `Gone
    | `Length_required
    | `Precondition_failed
    | `Request_entity_too_large
    | `Request_uri_too_long
    | `Unsupported_media_type
    | `Requested_range_not_satisfiable
    | `Expectation_failed
    | `I_m_a_teapot
    | `Unprocessable_entity
    | `Locked
    | `Failed_dependency
    | `Upgrade_required
    | `Precondition_required
    | `Too_many_requests
    | `Request_header_fields_too_large
    | `Unavailable_for_legal_reasons ]

  type server_error =
    [ `Internal_server_error
    | `Not_implemented
    | `Bad_gateway
    | `Service_unavailable
    | `Gateway_timeout
    | `Http_version_not_supported
    | `Variant_also_negotiates
    | `Insufficient_storage
    | `Loop_detected
    | `Not_extended
    | `Network_authentication_required ]

  type t = [ informational | success | redirection | client_error | server_error | `Code of int ]

  val compare : t -> t -> int
  val to_int : t -> int
  val of_int : int -> t
  val to_string : t -> string
  val pp : Format.formatter -> t -> unit
end

module Header : sig
  (** Fields in their order; names are equal whatever their case. *)
  type t

  val init : unit -> t
  val is_empty : t -> bool
  val of_list : (string * string) list -> t
  val to_list : t -> (string * string) list
  val init_with : string -> string -> t
  val add : t -> string -> string -> t
  val add_list : t -> (string * string) list -> t
  val add_unless_exists : t -> string -> string -> t

  (** Adds, [None] where there was no header yet. *)
  val add_opt : t option -> string -> string -> t

  val remove : t -> string -> t
  val replace : t -> string -> string -> t
  val mem : t -> string -> bool
  val get : t -> string -> string option
  val get_multi : t -> string -> string list
  val iter : (string -> string -> unit) -> t -> unit
  val map : (string -> string -> string) -> t -> t
  val fold : (string -> string -> 'a -> 'a) -> t -> 'a -> 'a
  val to_string : t -> string
  val pp : Format.formatter -> t -> unit
end

module Request : sig
  type t = { headers : Header.t; meth : Method.t; resource : string; version : Version.t }

  val make : ?meth:Method.t -> ?version:Version.t -> ?headers:Header.t -> string -> t
  val headers : t -> Header.t
  val meth : t -> Method.t
  val resource : t -> string
  val version : t -> Version.t
  val is_keep_alive : t -> bool
  val pp : Format.formatter -> t -> unit
end

module Response : sig
  type t = { headers : Header.t; version : Version.t; status : Status.t }

  val make : ?version:Version.t -> ?status:Status.t -> ?headers:Header.t -> unit -> t
  val headers : t -> Header.t
  val version : t -> Version.t
  val status : t -> Status.t
  val is_keep_alive : t -> bool
  val pp : Format.formatter -> t -> unit
end
