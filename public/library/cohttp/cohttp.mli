(** HTTP messages with what applications ask of them. *)

module Code : sig
  type version = Http.Version.t
  type meth = Http.Method.t
  type status_code = Http.Status.t

  val string_of_method : meth -> string
  val string_of_status : status_code -> string
  val string_of_version : version -> string
  val code_of_status : status_code -> int
  val status_of_code : int -> status_code
  val is_success : int -> bool
  val is_error : int -> bool
end

module Header = Http.Header

module Transfer : sig
  type encoding = Chunked | Fixed of int64 | Unknown
end

module Connection : sig
  type t

  val to_string : t -> string
end

module Request : sig
  type t = Http.Request.t = { headers : Header.t; meth : Code.meth; resource : string; version : Code.version }

  val headers : t -> Header.t
  val meth : t -> Code.meth
  val resource : t -> string
  val version : t -> Code.version
  val uri : t -> Uri.t
  val make : ?meth:Code.meth -> ?version:Code.version -> ?encoding:Transfer.encoding -> ?headers:Header.t -> Uri.t -> t
  val pp_hum : Format.formatter -> t -> unit
end

module Response : sig
  type t = Http.Response.t = { headers : Header.t; version : Code.version; status : Code.status_code }

  val headers : t -> Header.t
  val version : t -> Code.version
  val status : t -> Code.status_code
  val make : ?version:Code.version -> ?status:Code.status_code -> ?flush:bool -> ?encoding:Transfer.encoding -> ?headers:Header.t -> unit -> t
  val pp_hum : Format.formatter -> t -> unit
end
