(* Boot arguments of network devices. *)

open Cmdliner

(* It has its public name, [Arg], at the end: until there that is Cmdliner's. *)
module Conv = struct
  let of_parser parse print = Arg.conv ((fun text -> Result.map_error (function `Msg m -> `Msg m) (parse text)), print)
  let ip_address = of_parser Ipaddr.of_string Ipaddr.pp
  let ipv4_address = of_parser Ipaddr.V4.of_string Ipaddr.V4.pp
  let ipv4 = of_parser Ipaddr.V4.Prefix.of_string Ipaddr.V4.Prefix.pp
  let ipv6_address = of_parser Ipaddr.V6.of_string Ipaddr.V6.pp
  let ipv6 = of_parser Ipaddr.V6.Prefix.of_string Ipaddr.V6.Prefix.pp
end

(* What an argument is called and who it is for. *)
let info ?(group = "") ~docs ~docv ~doc name =
  let option, whose = if group = "" then (name, "the unikernel") else (group ^ "-" ^ name, "the group " ^ group) in
  Arg.info [ option ] ~docs ~docv ~doc:(doc whose)

let argument converter ?group ~docs ~docv ~doc name default =
  Arg.value (Arg.opt converter default (info ?group ~docs ~docv ~doc name))
let optional converter ?group ~docs ~docv ~doc name default = argument (Arg.some converter) ?group ~docs ~docv ~doc name default
let constant doc _ = doc

let interface ?group ?(docs = Mirage_runtime.s_net) default =
  argument Arg.string ?group ~docs ~docv:"INTERFACE" ~doc:(Printf.sprintf "The network interface that %s listens on.") "interface" default

module V4 = struct
  let network ?group ?(docs = Mirage_runtime.s_net) default =
    let doc = Printf.sprintf "The IPv4 address of %s and its network: 192.168.0.1/16." in
    argument Conv.ipv4 ?group ~docs ~docv:"PREFIX" ~doc "ipv4" default

  let optional_network ?group ?(docs = Mirage_runtime.s_net) () =
    let doc = Printf.sprintf "The IPv4 address of %s and its network: 192.168.0.1/16. Without it DHCP is asked for one." in
    optional Conv.ipv4 ?group ~docs ~docv:"PREFIX" ~doc "ipv4" None

  let gateway ?group ?(docs = Mirage_runtime.s_net) default =
    optional Conv.ipv4_address ?group ~docs ~docv:"IP" ~doc:(Printf.sprintf "The IPv4 gateway of %s.") "ipv4-gateway" default
end

module V6 = struct
  let network ?group ?(docs = Mirage_runtime.s_net) default =
    optional Conv.ipv6 ?group ~docs ~docv:"PREFIX" ~doc:(Printf.sprintf "The IPv6 address of %s and its prefix length.") "ipv6" default

  let gateway ?group ?(docs = Mirage_runtime.s_net) default =
    optional Conv.ipv6_address ?group ~docs ~docv:"IP" ~doc:(Printf.sprintf "The IPv6 gateway of %s.") "ipv6-gateway" default

  let accept_router_advertisements ?group ?(docs = Mirage_runtime.s_net) () =
    let doc = Printf.sprintf "Whether %s accepts router advertisements." in
    argument Arg.bool ?group ~docs ~docv:"BOOL" ~doc "accept-router-advertisements" true
end

let ipv4_only ?group ?(docs = Mirage_runtime.s_net) () =
  argument Arg.bool ?group ~docs ~docv:"BOOL" ~doc:(Printf.sprintf "Whether %s only uses IPv4.") "ipv4-only" false

let ipv6_only ?group ?(docs = Mirage_runtime.s_net) () =
  argument Arg.bool ?group ~docs ~docv:"BOOL" ~doc:(Printf.sprintf "Whether %s only uses IPv6.") "ipv6-only" false

let texts = Arg.(list string)

let resolver ?group ?(docs = Mirage_runtime.s_dns) ?default () =
  optional texts ?group ~docs ~docv:"IP" ~doc:(constant "The DNS resolver.") "resolver" default

let dns_servers ?group ?(docs = Mirage_runtime.s_dns) default =
  optional texts ?group ~docs ~docv:"DNS-SERVER" ~doc:(constant "The DNS servers.") "dns-servers" default

let nanoseconds section name doc ?group ?(docs = section) default =
  optional Arg.int64 ?group ~docs ~docv:"NANOSECONDS" ~doc:(constant (doc ^ ", in nanoseconds.")) name default

let count section name doc ?group ?(docs = section) default = optional Arg.int ?group ~docs ~docv:"COUNT" ~doc:(constant doc) name default

let text section name docv doc ?group ?(docs = section) default =
  optional Arg.string ?group ~docs ~docv ~doc:(constant doc) name default

let dns_timeout ?group ?docs default = nanoseconds Mirage_runtime.s_dns "dns-timeout" "How long a DNS server may take" ?group ?docs default
let dns_cache_size ?group ?docs default = count Mirage_runtime.s_dns "dns-cache-size" "The size of the DNS cache." ?group ?docs default
let eyeballs name doc ?group ?docs default = nanoseconds Mirage_runtime.s_he name doc ?group ?docs default
let he_aaaa_timeout ?group ?docs default = eyeballs "he-aaaa-timeout" "How long to wait for an IPv6 address" ?group ?docs default

let he_connect_delay ?group ?docs default =
  eyeballs "he-connect-delay" "How long to wait before the next address is tried too" ?group ?docs default

let he_connect_timeout ?group ?docs default = eyeballs "he-connect-timeout" "How long a connection may take" ?group ?docs default
let he_resolve_timeout ?group ?docs default = eyeballs "he-resolve-timeout" "How long the resolution of a name may take" ?group ?docs default

let he_resolve_retries ?group ?docs default =
  count Mirage_runtime.s_he "he-resolve-retries" "How often the resolution of a name is tried." ?group ?docs default

let he_timer_interval ?group ?docs default = eyeballs "he-timer-interval" "How often the timer runs" ?group ?docs default

let ssh_key ?group ?docs default =
  text Mirage_runtime.s_ssh "ssh-key" "KEY" "The private SSH key: rsa:SEED or ed25519:BASE64." ?group ?docs default

let ssh_password ?group ?docs default = text Mirage_runtime.s_ssh "ssh-password" "PASSWORD" "The SSH password." ?group ?docs default

let ssh_authenticator ?group ?docs default =
  text Mirage_runtime.s_ssh "ssh-authenticator" "SSH-AUTHENTICATOR" "How the SSH server is authenticated." ?group ?docs default

let tls_authenticator ?group ?docs default =
  text Mirage_runtime.s_tls "tls-authenticator" "TLS-AUTHENTICATOR" "How the TLS server is authenticated." ?group ?docs default

let http_headers ?group ?(docs = Mirage_runtime.s_http) default =
  let header = Arg.(pair ~sep:':' string string) in
  optional (Arg.list header) ?group ~docs ~docv:"HEADERS" ~doc:(constant "Headers of HTTP requests.") "http-headers" default

let syslog ?group ?(docs = Mirage_runtime.s_log) default =
  optional Conv.ip_address ?group ~docs ~docv:"IP" ~doc:(constant "The syslog server.") "syslog" default

let syslog_port ?group ?(docs = Mirage_runtime.s_log) default =
  argument Arg.int ?group ~docs ~docv:"PORT" ~doc:(constant "The syslog server's port.") "syslog-port" (Option.value default ~default:514)

let syslog_truncate ?group ?docs default =
  count Mirage_runtime.s_log "syslog-truncate" "Where syslog messages are cut off." ?group ?docs default

let syslog_keyname ?group ?docs default =
  text Mirage_runtime.s_log "syslog-keyname" "NAME" "The name of the TLS key for syslog." ?group ?docs default

let monitor ?group ?(docs = Mirage_runtime.s_log) default =
  optional Conv.ip_address ?group ~docs ~docv:"IP" ~doc:(constant "The monitoring server.") "monitor" default

module Arg = Conv
