(** Boot arguments of network devices. Each function gives the term for one argument: in a [group] the argument is [--GROUP-NAME],
    [docs] is its section of the manual, and the last parameter its default. *)

open Cmdliner

(** Converters. *)
module Arg : sig
  val ip_address : Ipaddr.t Arg.conv
  val ipv4_address : Ipaddr.V4.t Arg.conv

  (** An address and the length of its network's prefix. *)
  val ipv4 : Ipaddr.V4.Prefix.t Arg.conv

  val ipv6_address : Ipaddr.V6.t Arg.conv
  val ipv6 : Ipaddr.V6.Prefix.t Arg.conv
end

(** {1 Interfaces and addresses} *)

(** [--interface] *)
val interface : ?group:string -> ?docs:string -> string -> string Term.t

module V4 : sig
  (** [--ipv4] *)
  val network : ?group:string -> ?docs:string -> Ipaddr.V4.Prefix.t -> Ipaddr.V4.Prefix.t Term.t

  (** [--ipv4], without a default. *)
  val optional_network : ?group:string -> ?docs:string -> unit -> Ipaddr.V4.Prefix.t option Term.t

  (** [--ipv4-gateway] *)
  val gateway : ?group:string -> ?docs:string -> Ipaddr.V4.t option -> Ipaddr.V4.t option Term.t
end

module V6 : sig
  (** [--ipv6] *)
  val network : ?group:string -> ?docs:string -> Ipaddr.V6.Prefix.t option -> Ipaddr.V6.Prefix.t option Term.t

  (** [--ipv6-gateway] *)
  val gateway : ?group:string -> ?docs:string -> Ipaddr.V6.t option -> Ipaddr.V6.t option Term.t

  (** [--accept-router-advertisements], true by default. *)
  val accept_router_advertisements : ?group:string -> ?docs:string -> unit -> bool Term.t
end

(** [--ipv4-only], false by default. *)
val ipv4_only : ?group:string -> ?docs:string -> unit -> bool Term.t

(** [--ipv6-only], false by default. *)
val ipv6_only : ?group:string -> ?docs:string -> unit -> bool Term.t

(** {1 Names} *)

(** [--resolver]: name servers, with commas. *)
val resolver : ?group:string -> ?docs:string -> ?default:string list -> unit -> string list option Term.t

(** [--dns-servers], with commas. *)
val dns_servers : ?group:string -> ?docs:string -> string list option -> string list option Term.t

(** [--dns-timeout], in nanoseconds. *)
val dns_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t

(** [--dns-cache-size] *)
val dns_cache_size : ?group:string -> ?docs:string -> int option -> int option Term.t

(** {1 Happy eyeballs} (RFC 8305): times in nanoseconds *)

val he_aaaa_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t
val he_connect_delay : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t
val he_connect_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t
val he_resolve_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t
val he_resolve_retries : ?group:string -> ?docs:string -> int option -> int option Term.t
val he_timer_interval : ?group:string -> ?docs:string -> int64 option -> int64 option Term.t

(** {1 SSH, TLS, HTTP} *)

val ssh_key : ?group:string -> ?docs:string -> string option -> string option Term.t
val ssh_password : ?group:string -> ?docs:string -> string option -> string option Term.t
val ssh_authenticator : ?group:string -> ?docs:string -> string option -> string option Term.t
val tls_authenticator : ?group:string -> ?docs:string -> string option -> string option Term.t

(** [--http-headers]: [name:value], several with commas. *)
val http_headers : ?group:string -> ?docs:string -> (string * string) list option -> (string * string) list option Term.t

(** {1 Logs and measurements} *)

val syslog : ?group:string -> ?docs:string -> Ipaddr.t option -> Ipaddr.t option Term.t

(** 514 when there is no default. *)
val syslog_port : ?group:string -> ?docs:string -> int option -> int Term.t

val syslog_truncate : ?group:string -> ?docs:string -> int option -> int option Term.t
val syslog_keyname : ?group:string -> ?docs:string -> string option -> string option Term.t
val monitor : ?group:string -> ?docs:string -> Ipaddr.t option -> Ipaddr.t option Term.t
