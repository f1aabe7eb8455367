(** The boot arguments of MirageOS's devices. A group's name is a prefix of the option's; [docs] is the section of the manual; the argument
    without a label is the default. *)

type t = Functoria.Runtime_arg.t

module Set = Functoria.Runtime_arg.Set

val packages : t -> Functoria.package list
val call : t Fmt.t
val serialize : runtime_modname:string -> t Fmt.t
val var_name : t -> string

type 'a arg = 'a Functoria.DSL.runtime_arg

(** The argument of a term: a value's name ([{|Unikernel.port|}]) or an expression of type ['a Cmdliner.Term.t]. *)
val create : pos:string * int * int * int -> ?packages:Functoria.package list -> string -> 'a arg

val v : 'a arg -> Functoria.Runtime_arg.t

(** [--interface]. *)
val interface : ?group:string -> ?docs:string -> string -> string arg

module V4 : sig
  (** [--ipv4]. *)
  val network : ?group:string -> ?docs:string -> Ipaddr.V4.Prefix.t -> Ipaddr.V4.Prefix.t arg

  val optional_network : ?group:string -> ?docs:string -> unit -> Ipaddr.V4.Prefix.t arg

  (** [--ipv4-gateway]. *)
  val gateway : ?group:string -> ?docs:string -> Ipaddr.V4.t option -> Ipaddr.V4.t option arg
end

module V6 : sig
  (** [--ipv6]. *)
  val network : ?group:string -> ?docs:string -> Ipaddr.V6.Prefix.t option -> Ipaddr.V6.Prefix.t option arg

  (** [--ipv6-gateway]. *)
  val gateway : ?group:string -> ?docs:string -> Ipaddr.V6.t option -> Ipaddr.V6.t option arg

  (** [--accept-router-advertisements]. *)
  val accept_router_advertisements : ?group:string -> ?docs:string -> unit -> bool arg
end

val ipv4_only : ?group:string -> ?docs:string -> unit -> bool arg
val ipv6_only : ?group:string -> ?docs:string -> unit -> bool arg
val resolver : ?group:string -> ?docs:string -> ?default:string list -> unit -> string list option arg
val dns_servers : ?group:string -> ?docs:string -> string list option -> string list option arg

(** Nanoseconds, as all times here. *)
val dns_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option arg

val dns_cache_size : ?group:string -> ?docs:string -> int option -> int option arg
val he_aaaa_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option arg
val he_connect_delay : ?group:string -> ?docs:string -> int64 option -> int64 option arg
val he_connect_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option arg
val he_resolve_timeout : ?group:string -> ?docs:string -> int64 option -> int64 option arg
val he_resolve_retries : ?group:string -> ?docs:string -> int option -> int option arg
val he_timer_interval : ?group:string -> ?docs:string -> int64 option -> int64 option arg
val ssh_key : ?group:string -> ?docs:string -> string option -> string option arg
val ssh_password : ?group:string -> ?docs:string -> string option -> string option arg
val ssh_authenticator : ?group:string -> ?docs:string -> string option -> string option arg
val tls_authenticator : ?group:string -> ?docs:string -> string option -> string option arg
val http_headers : ?group:string -> ?docs:string -> (string * string) list option -> (string * string) list option arg
val syslog : ?group:string -> ?docs:string -> Ipaddr.t option -> Ipaddr.t option arg

(** The default of the default is 514. *)
val syslog_port : ?group:string -> ?docs:string -> int option -> int arg

val syslog_truncate : ?group:string -> ?docs:string -> int option -> int option arg
val syslog_keyname : ?group:string -> ?docs:string -> string option -> string option arg
val monitor : ?group:string -> ?docs:string -> Ipaddr.t option -> Ipaddr.t option arg

type log_threshold = [ `All | `Src of string ] * Logs.level option

(** [--logs]. *)
val logs : log_threshold list arg

(** [--delay]. *)
val delay : int arg

(** For the library's own devices. *)
module Internal : sig
  val name : string -> string arg
  val analyze : bool arg
end
