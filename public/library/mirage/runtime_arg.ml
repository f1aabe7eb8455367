(* The boot arguments of MirageOS's devices: terms of Mirage_runtime and Mirage_runtime_network. *)

include Functoria.Runtime_arg

module Set = Functoria.Runtime_arg.Set

type 'a arg = 'a Functoria.DSL.runtime_arg

open Written

(* {1 Making arguments} *)

let package = Functoria.package "mirage-runtime" ~sublibs:[ "network" ]

(* The term [Mirage_runtime_network.name ?group ?docs value], and what it says of itself. *)
let term ~pos ?(group = "") ?docs ?docv ?default ~doc ~name ~option value =
  let label label = function None -> "" | Some text -> Printf.sprintf " ~%s:%S" label text in
  let term =
    Printf.sprintf "Mirage_runtime_network.%s%s%s %s" name (label "group" (if group = "" then None else Some group)) (label "docs" docs) value
  in
  let whose = if group = "" then "the unikernel" else "the group " ^ group in
  let option = if group = "" then option else group ^ "-" ^ option in
  let doc = match String.index_opt doc '@' with None -> doc | Some i -> String.sub doc 0 i ^ whose ^ String.sub doc (i + 1) (String.length doc - i - 1) in
  Described.describe (create ~pos ~packages:[ package ] term) { Described.option; docv; default; doc }

let interface ?group ?docs default =
  term ~pos:__POS__ ?group ?docs ~docv:"INTERFACE" ~default ~doc:"The network interface that @ listens on." ~name:"interface" ~option:"interface" (string default)

module V4 = struct
  let network ?group ?docs default =
    let shown = Ipaddr.V4.Prefix.to_string default in
    let doc = "The IPv4 address of @ and its network: 192.168.0.1/16." in
    term ~pos:__POS__ ?group ?docs ~docv:"PREFIX" ~default:shown ~doc ~name:"V4.network" ~option:"ipv4" (v4_prefix default)

  let optional_network ?group ?docs () =
    let doc = "The IPv4 address of @ and its network: 192.168.0.1/16. Without it DHCP is asked for one." in
    term ~pos:__POS__ ?group ?docs ~docv:"PREFIX" ~doc ~name:"V4.optional_network" ~option:"ipv4" "()"

  let gateway ?group ?docs default =
    let shown = Option.map Ipaddr.V4.to_string default in
    term ~pos:__POS__ ?group ?docs ~docv:"IP" ?default:shown ~doc:"The IPv4 gateway of @." ~name:"V4.gateway" ~option:"ipv4-gateway" (option v4 default)
end

module V6 = struct
  let network ?group ?docs default =
    let shown = Option.map Ipaddr.V6.Prefix.to_string default in
    let doc = "The IPv6 address of @ and its prefix length." in
    term ~pos:__POS__ ?group ?docs ~docv:"PREFIX" ?default:shown ~doc ~name:"V6.network" ~option:"ipv6" (option v6_prefix default)

  let gateway ?group ?docs default =
    let shown = Option.map Ipaddr.V6.to_string default in
    term ~pos:__POS__ ?group ?docs ~docv:"IP" ?default:shown ~doc:"The IPv6 gateway of @." ~name:"V6.gateway" ~option:"ipv6-gateway" (option v6 default)

  let accept_router_advertisements ?group ?docs () =
    term ~pos:__POS__ ?group ?docs ~docv:"BOOL" ~default:"true" ~doc:"Whether @ accepts router advertisements." ~name:"V6.accept_router_advertisements"
      ~option:"accept-router-advertisements" "()"
end

let ipv4_only ?group ?docs () =
  term ~pos:__POS__ ?group ?docs ~docv:"BOOL" ~default:"false" ~doc:"Whether @ only uses IPv4." ~name:"ipv4_only" ~option:"ipv4-only" "()"

let ipv6_only ?group ?docs () =
  term ~pos:__POS__ ?group ?docs ~docv:"BOOL" ~default:"false" ~doc:"Whether @ only uses IPv6." ~name:"ipv6_only" ~option:"ipv6-only" "()"

let resolver ?group ?docs ?default () =
  let value = match default with None -> "()" | Some default -> Printf.sprintf "~default:%s ()" (list string default) in
  term ~pos:__POS__ ?group ?docs ~docv:"IP" ?default:(Option.map (String.concat ",") default) ~doc:"The DNS resolver." ~name:"resolver" ~option:"resolver" value

let optional ~name ~option:option_name ~docv ~doc show print ?group ?docs default =
  term ~pos:__POS__ ?group ?docs ~docv ?default:(Option.map print default) ~doc ~name ~option:option_name (option show default)

let dns_servers ?group ?docs default =
  optional ~name:"dns_servers" ~option:"dns-servers" ~docv:"DNS-SERVER" ~doc:"The DNS servers." (list string) (String.concat ",") ?group ?docs default

let nanoseconds name option doc ?group ?docs default =
  optional ~name ~option ~docv:"NANOSECONDS" ~doc:(doc ^ ", in nanoseconds.") int64 Int64.to_string ?group ?docs default

let count name option doc ?group ?docs default = optional ~name ~option ~docv:"COUNT" ~doc int string_of_int ?group ?docs default
let text name option docv doc ?group ?docs default = optional ~name ~option ~docv ~doc string Fun.id ?group ?docs default
let dns_timeout ?group ?docs default = nanoseconds "dns_timeout" "dns-timeout" "How long a DNS server may take" ?group ?docs default
let dns_cache_size ?group ?docs default = count "dns_cache_size" "dns-cache-size" "The size of the DNS cache." ?group ?docs default

let he_aaaa_timeout ?group ?docs default =
  nanoseconds "he_aaaa_timeout" "he-aaaa-timeout" "How long to wait for an IPv6 address" ?group ?docs default

let he_connect_delay ?group ?docs default =
  nanoseconds "he_connect_delay" "he-connect-delay" "How long to wait before the next address is tried too" ?group ?docs default

let he_connect_timeout ?group ?docs default =
  nanoseconds "he_connect_timeout" "he-connect-timeout" "How long a connection may take" ?group ?docs default

let he_resolve_timeout ?group ?docs default =
  nanoseconds "he_resolve_timeout" "he-resolve-timeout" "How long the resolution of a name may take" ?group ?docs default

let he_resolve_retries ?group ?docs default =
  count "he_resolve_retries" "he-resolve-retries" "How often the resolution of a name is tried." ?group ?docs default

let he_timer_interval ?group ?docs default = nanoseconds "he_timer_interval" "he-timer-interval" "How often the timer runs" ?group ?docs default
let ssh_key ?group ?docs default = text "ssh_key" "ssh-key" "KEY" "The private SSH key: rsa:SEED or ed25519:BASE64." ?group ?docs default
let ssh_password ?group ?docs default = text "ssh_password" "ssh-password" "PASSWORD" "The SSH password." ?group ?docs default

let ssh_authenticator ?group ?docs default =
  text "ssh_authenticator" "ssh-authenticator" "SSH-AUTHENTICATOR" "How the SSH server is authenticated." ?group ?docs default

let tls_authenticator ?group ?docs default =
  text "tls_authenticator" "tls-authenticator" "TLS-AUTHENTICATOR" "How the TLS server is authenticated." ?group ?docs default

let http_headers ?group ?docs default =
  let print headers = String.concat "," (List.map (fun (name, value) -> name ^ ":" ^ value) headers) in
  optional ~name:"http_headers" ~option:"http-headers" ~docv:"HEADERS" ~doc:"Headers of HTTP requests." (list (pair string)) print ?group ?docs default

let address name option doc ?group ?docs default = optional ~name ~option ~docv:"IP" ~doc ip Ipaddr.to_string ?group ?docs default
let syslog ?group ?docs default = address "syslog" "syslog" "The syslog server." ?group ?docs default

let syslog_port ?group ?docs default =
  let shown = string_of_int (Option.value default ~default:514) in
  term ~pos:__POS__ ?group ?docs ~docv:"PORT" ~default:shown ~doc:"The syslog server's port." ~name:"syslog_port" ~option:"syslog-port" (option int default)

let syslog_truncate ?group ?docs default = count "syslog_truncate" "syslog-truncate" "Where syslog messages are cut off." ?group ?docs default
let syslog_keyname ?group ?docs default = text "syslog_keyname" "syslog-keyname" "NAME" "The name of the TLS key for syslog." ?group ?docs default
let monitor ?group ?docs default = address "monitor" "monitor" "The monitoring server." ?group ?docs default

type log_threshold = [ `All | `Src of string ] * Logs.level option

let runtime ~pos term about = Described.describe (create ~pos term) about

let logs =
  runtime ~pos:__POS__ "Mirage_runtime.logs"
    { option = "logs"; docv = Some "LEVEL"; default = None; doc = "Which log messages are shown: LEVEL or SRC:LEVEL, several with commas." }

let delay =
  runtime ~pos:__POS__ "Mirage_runtime.delay"
    { option = "delay"; docv = Some "SECONDS"; default = Some "0"; doc = "Seconds to wait before the unikernel starts." }

module Internal = struct
  let name default =
    runtime ~pos:__POS__ (Printf.sprintf "Mirage_runtime.name_arg %S" default)
      { option = "name"; docv = Some "NAME"; default = Some default; doc = "The name of the unikernel." }

  let analyze =
    runtime ~pos:__POS__ "Mirage_runtime.analyze"
      { option = "analyze"; docv = Some "BOOL"; default = Some "true"; doc = "Whether the whole disk is checked before it is used." }
end
