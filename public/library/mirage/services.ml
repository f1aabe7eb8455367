(* What is built on a network stack: names, connections, HTTP, Git, logs sent away. *)

open Functoria.DSL
open Base
open Network
open Stack

let optional_argument name value = Printf.sprintf "?%s:%s" name value

(* {1 Names} *)

type resolver = Resolver

let resolver = named "resolver" (typ Resolver)
let conduit_package = package "conduit-mirage" ~min:"8.0.0" ~max:"9.0.0"
let dns_servers_option = 6

(* The addresses of DNS servers among the options of a lease. *)
let servers_of_lease lease =
  Printf.sprintf
    "(Option.map (fun options -> List.map (fun ip -> Fmt.str %S Ipaddr.V4.pp ip) (Dhcp_wire.collect_dns_servers options)) %s)" "tcp:%a" lease

let with_lease dhcp =
  match dhcp with
  | None -> []
  | Some (requests, lease) ->
      add_dhcp_request requests dns_servers_option;
      [ dep lease ]

let resolver_dns ?dhcp ?ns stack =
  let connect _ modname arguments =
    let servers, stack =
      match arguments with
      | [ stack; servers ] -> (servers, stack)
      | [ stack; lease; servers ] -> (Printf.sprintf "(match %s with Some _ as servers -> servers | None -> %s)" servers (servers_of_lease lease), stack)
      | _ -> connect_err "resolver" 2
    in
    code ~pos:__POS__ "(match %s.v ?nameservers:%s %s with Ok r -> return r | Error (`Msg e) -> invalid_arg e)" modname servers stack
  in
  let made = device ~packages:[ conduit_package ] ~extra_deps:(with_lease dhcp) ~runtime_args:[ Runtime_arg.(v (resolver ?default:ns ())) ] ~connect in
  Impl.made "resolver_dns"
    ~parameters:(unwritable "dhcp" dhcp @ given "ns" (Written.list Written.string) ns)
    ~inputs:(dep stack :: (match dhcp with None -> [] | Some (_, lease) -> [ dep lease ]))
    (made "Resolver_mirage.Make" (stackv4v6 @-> resolver) $$ stack)

let resolver_unix_system =
  let packages_v =
    Key.if_ Key.is_unix
      [ package "mirage-runtime"; package "conduit-lwt-unix" ~min:"8.0.0" ~max:"9.0.0" ]
      []
  in
  let connect info _ _ =
    match Functoria.Info.get info Key.target with
    | #Key.mode_unix -> code ~pos:__POS__ "return Resolver_lwt_unix.system"
    | _ -> failwith "resolver_unix_system is only available on the targets unix and macosx."
  in
  Impl.made "resolver_unix_system" (device ~packages_v ~keys:[ Key.v Key.target ] ~connect "Resolver_lwt" resolver)

type happy_eyeballs = Happy_eyeballs

let happy_eyeballs = named "happy_eyeballs" (typ Happy_eyeballs)
let nanoseconds label = given label Written.int64

let generic_happy_eyeballs ?group:g ?aaaa_timeout ?connect_delay ?connect_timeout ?resolve_timeout ?resolve_retries ?timer_interval stack =
  let runtime_args =
    Runtime_arg.
      [
        v (he_aaaa_timeout ?group:g aaaa_timeout);
        v (he_connect_delay ?group:g connect_delay);
        v (he_connect_timeout ?group:g connect_timeout);
        v (he_resolve_timeout ?group:g resolve_timeout);
        v (he_resolve_retries ?group:g resolve_retries);
        v (he_timer_interval ?group:g timer_interval);
      ]
  in
  let names = [ "aaaa_timeout"; "connect_delay"; "connect_timeout"; "resolve_timeout"; "resolve_retries"; "timer_interval" ] in
  let connect _ modname = function
    | stack :: values when List.length values = List.length names ->
        code ~pos:__POS__ "%s.connect_device %s %s" modname (String.concat " " (List.map2 optional_argument names values)) stack
    | _ -> connect_err "generic_happy_eyeballs" 7
  in
  let parameters =
    group g @ nanoseconds "aaaa_timeout" aaaa_timeout @ nanoseconds "connect_delay" connect_delay @ nanoseconds "connect_timeout" connect_timeout
    @ nanoseconds "resolve_timeout" resolve_timeout
    @ given "resolve_retries" Written.int resolve_retries
    @ nanoseconds "timer_interval" timer_interval
  in
  let made = device ~packages:[ package "happy-eyeballs-mirage" ~min:"2.0.0" ~max:"3.0.0" ] ~runtime_args ~connect in
  Impl.made "generic_happy_eyeballs" ~parameters ~inputs:[ dep stack ] (made "Happy_eyeballs_mirage.Make" (stackv4v6 @-> happy_eyeballs) $$ stack)

type dns_client = Dns_client

let dns_client = named "dns_client" (typ Dns_client)

let generic_dns_client ?dhcp ?group:g ?timeout ?nameservers ?cache_size stack happy_eyeballs_impl =
  let runtime_args =
    Runtime_arg.[ v (dns_servers ?group:g nameservers); v (dns_timeout ?group:g timeout); v (dns_cache_size ?group:g cache_size) ]
  in
  let connect _ modname arguments =
    let servers, rest, stack, happy_eyeballs =
      match arguments with
      | [ stack; he; servers; timeout; size ] -> (servers, (timeout, size), stack, he)
      | [ stack; he; lease; servers; timeout; size ] ->
          (Printf.sprintf "(match %s with Some _ as servers -> servers | None -> %s)" servers (servers_of_lease lease), (timeout, size), stack, he)
      | _ -> connect_err "generic_dns_client" 5
    in
    code ~pos:__POS__ "%s.connect ?nameservers:%s ?timeout:%s ?cache_size:%s (%s, %s)" modname servers (fst rest) (snd rest) stack happy_eyeballs
  in
  let parameters =
    unwritable "dhcp" dhcp @ group g @ nanoseconds "timeout" timeout
    @ given "nameservers" (Written.list Written.string) nameservers
    @ given "cache_size" Written.int cache_size
  in
  let made =
    device ~packages:[ package "dns-client-mirage" ~min:"10.0.0" ~max:"11.0.0" ] ~extra_deps:(with_lease dhcp) ~runtime_args ~connect
      "Dns_client_mirage.Make" (stackv4v6 @-> happy_eyeballs @-> dns_client)
  in
  Impl.made "generic_dns_client" ~parameters
    ~inputs:(dep stack :: dep happy_eyeballs_impl :: (match dhcp with None -> [] | Some (_, lease) -> [ dep lease ]))
    (made $$ stack $$ happy_eyeballs_impl)

(* {1 Logs and figures sent away} *)

type syslog = Syslog

let syslog = named "syslog" (typ Syslog)
let syslog_package sublibs = package "logs-syslog" ~min:"0.5.0" ~max:"0.6.0" ~sublibs

let common_syslog_args ?group () = Runtime_arg.[ v (syslog ?group None); v (syslog_port ?group None); v (syslog_truncate ?group None) ]

let no_server = "Logs.warn (fun m -> m \"no syslog server given: logs stay on the console\")"

let syslog_udp ?group:g stack =
  let connect _ modname = function
    | [ stack; server; port; truncate ] ->
        code ~pos:__POS__
          "(match %s with None -> return (%s) | Some server -> return (Logs.set_reporter (%s.create %s ~hostname:(Mirage_runtime.name ()) server \
           ~port:%s ?truncate:%s ())))"
          server no_server modname stack port truncate
    | _ -> connect_err "syslog_udp" 4
  in
  let made =
    device ~packages:[ syslog_package [ "mirage" ] ] ~runtime_args:(common_syslog_args ?group:g ()) ~connect "Logs_syslog_mirage.Udp" (stackv4v6 @-> syslog)
  in
  Impl.made "syslog_udp" ~parameters:(group g) ~inputs:[ dep stack ] (made $$ stack)

let syslog_tcp ?group:g stack =
  let connect _ modname = function
    | [ stack; server; port; truncate ] ->
        code ~pos:__POS__
          "(match %s with None -> return (%s) | Some server -> %s.create %s ~hostname:(Mirage_runtime.name ()) server ~port:%s ?truncate:%s () >|= \
           function Ok reporter -> Logs.set_reporter reporter | Error e -> invalid_arg e)"
          server no_server modname stack port truncate
    | _ -> connect_err "syslog_tcp" 4
  in
  let made =
    device ~packages:[ syslog_package [ "mirage" ] ] ~runtime_args:(common_syslog_args ?group:g ()) ~connect "Logs_syslog_mirage.Tcp" (stackv4v6 @-> syslog)
  in
  Impl.made "syslog_tcp" ~parameters:(group g) ~inputs:[ dep stack ] (made $$ stack)

let syslog_tls ?group:g stack keys =
  let connect _ modname = function
    | [ stack; kv; server; port; truncate; keyname ] ->
        code ~pos:__POS__
          "(match %s with None -> return (%s) | Some server -> %s.create %s %s ~hostname:(Mirage_runtime.name ()) server ~port:%s ?truncate:%s \
           ?keyname:%s () >|= function Ok reporter -> Logs.set_reporter reporter | Error e -> invalid_arg e)"
          server no_server modname stack kv port truncate keyname
    | _ -> connect_err "syslog_tls" 6
  in
  let runtime_args = common_syslog_args ?group:g () @ Runtime_arg.[ v (syslog_keyname ?group:g None) ] in
  let made =
    device ~packages:[ syslog_package [ "mirage"; "mirage-tls" ] ] ~runtime_args ~connect "Logs_syslog_mirage_tls.Tls" (stackv4v6 @-> Storage.kv_ro @-> syslog)
  in
  Impl.made "syslog_tls" ~parameters:(group g) ~inputs:[ dep stack; dep keys ] (made $$ stack $$ keys)

let monitoring ?group:g stack =
  let connect _ modname = function
    | [ stack; server ] ->
        code ~pos:__POS__
          "(match %s with None -> return (Logs.warn (fun m -> m \"no monitoring server given\")) | Some server -> return (%s.create \
           ~hostname:(Mirage_runtime.name ()) server %s))"
          server modname stack
    | _ -> connect_err "monitoring" 2
  in
  let runtime_args = Runtime_arg.[ v (monitor ?group:g None) ] in
  let made = device ~packages:[ package "mirage-monitoring" ~min:"0.0.6" ] ~runtime_args ~connect "Mirage_monitoring.Make" (stackv4v6 @-> job) in
  Impl.made "monitoring" ~parameters:(group g) ~inputs:[ dep stack ] (made $$ stack)

(* {1 Connections} *)

type conduit = Conduit

let conduit = named "conduit" (typ Conduit)
let conduit_tcp_device = device ~packages:[ conduit_package ] ~connect:(fun _ _ -> function [ stack ] -> code ~pos:__POS__ "return %s" stack | _ -> connect_err "conduit_direct" 1) "Conduit_mirage.TCP" (stackv4v6 @-> conduit)
let conduit_tls_device = device ~packages:[ conduit_package ] ~connect:(fun _ _ -> function [ conduit ] -> code ~pos:__POS__ "return %s" conduit | _ -> connect_err "conduit_tls" 1) "Conduit_mirage.TLS" (conduit @-> conduit)

let conduit_direct ?(tls = false) stack =
  let tcp = conduit_tcp_device $$ stack in
  let parameters = if tls then [ labelled "tls" "true" ] else [] in
  Impl.made "conduit_direct" ~parameters ~inputs:[ dep stack ] (if tls then conduit_tls_device $$ tcp else tcp)

type mimic = Mimic

let mimic = named "mimic" (typ Mimic)

let mimic_device =
  let connect _ modname = function
    | [ _; happy_eyeballs; _ ] -> code ~pos:__POS__ "%s.connect %s" modname happy_eyeballs
    | _ -> connect_err "mimic_happy_eyeballs" 3
  in
  device ~packages:[ package "mimic-happy-eyeballs" ~min:"0.0.9" ] ~connect "Mimic_happy_eyeballs.Make" (stackv4v6 @-> happy_eyeballs @-> dns_client @-> mimic)

let mimic_happy_eyeballs stack happy_eyeballs dns =
  Impl.made "mimic_happy_eyeballs" ~inputs:[ dep stack; dep happy_eyeballs; dep dns ] (mimic_device $$ stack $$ happy_eyeballs $$ dns)

(* {1 HTTP} *)

let cohttp = package "cohttp-mirage" ~min:"6.1.1" ~max:"7.0.0"

type http = Http

let http = named "http" (typ Http)

(* The value is [listen], which only lacks where to listen and what to answer. *)
let listen name = connects name 1 (fun _ modname arguments -> code ~pos:__POS__ "return (%s.listen %s)" modname (String.concat " " arguments))
let cohttp_server_device = device ~packages:[ cohttp ] ~connect:(listen "cohttp_server") "Cohttp_mirage.Server.Make" (conduit @-> http)
let cohttp_server conduit = Impl.made "cohttp_server" ~inputs:[ dep conduit ] (cohttp_server_device $$ conduit)

let httpaf_server conduit =
  let made = device ~packages:[ package "httpaf-mirage" ] ~extra_deps:[ dep conduit ] ~connect:(listen "httpaf_server") "Httpaf_mirage.Server_with_conduit" http in
  Impl.made "httpaf_server" ~inputs:[ dep conduit ] made

type http_client = Http_client

let http_client = named "http_client" (typ Http_client)

let cohttp_client_device =
  let connect _ modname = function
    | [ resolver; conduit ] -> code ~pos:__POS__ "return (%s.ctx %s %s)" modname resolver conduit
    | _ -> connect_err "cohttp_client" 2
  in
  device ~packages:[ cohttp ] ~connect "Cohttp_mirage.Client.Make" (resolver @-> conduit @-> http_client)

let cohttp_client resolver conduit =
  Impl.made "cohttp_client" ~inputs:[ dep resolver; dep conduit ] (cohttp_client_device $$ resolver $$ conduit)

type http_server = Http_server

let http_server = named "http_server" (typ Http_server)

let paf_server ~port tcp =
  let connect _ modname = function
    | [ tcp; port ] -> code ~pos:__POS__ "%s.init ~port:%s %s" modname port tcp
    | _ -> connect_err "paf_server" 2
  in
  let made = device ~packages:[ package "paf" ~min:"0.8.0" ~sublibs:[ "mirage" ] ] ~runtime_args:[ Runtime_arg.v port ] ~connect "Paf_mirage.Make" (tcpv4v6 @-> http_server) in
  Impl.made "paf_server" ~parameters:[ labelled "port" (argument_text port) ] ~inputs:[ dep tcp ] (made $$ tcp)

type alpn_client = Alpn_client

let alpn_client = named "alpn_client" (typ Alpn_client)

let paf_client_device =
  let connect _ modname = function [ _; mimic ] -> code ~pos:__POS__ "%s.connect %s" modname mimic | _ -> connect_err "paf_client" 2 in
  device ~packages:[ package "http-mirage-client" ~min:"0.0.1" ] ~connect "Http_mirage_client.Make" (tcpv4v6 @-> mimic @-> alpn_client)

let paf_client tcp mimic = Impl.made "paf_client" ~inputs:[ dep tcp; dep mimic ] (paf_client_device $$ tcp $$ mimic)

(* {1 Git} *)

type git_client = Git_client

let git_client = named "git_client" (typ Git_client)
let git_package = package "git-net" ~min:"0.2.0"

let merge_device =
  let connect _ modname = function [ _; _ ] -> code ~pos:__POS__ "return %s.ctx" modname | _ -> connect_err "merge_git_clients" 2 in
  device ~packages:[ package "mimic" ~min:"0.0.9" ] ~connect "Mimic.Merge" (git_client @-> git_client @-> git_client)

let merge_git_clients a b = Impl.made "merge_git_clients" ~inputs:[ dep a; dep b ] (merge_device $$ a $$ b)

let git_tcp_device =
  let connect _ modname = function [ _; mimic ] -> code ~pos:__POS__ "%s.connect %s" modname mimic | _ -> connect_err "git_tcp" 2 in
  device ~packages:[ git_package ] ~connect "Git_net.TCP.Make" (tcpv4v6 @-> mimic @-> git_client)

let git_tcp tcp mimic = Impl.made "git_tcp" ~inputs:[ dep tcp; dep mimic ] (git_tcp_device $$ tcp $$ mimic)

let git_ssh ?group:g ?authenticator ?key ?password tcp mimic_impl =
  let runtime_args = Runtime_arg.[ v (ssh_key ?group:g key); v (ssh_password ?group:g password); v (ssh_authenticator ?group:g authenticator) ] in
  let connect _ modname = function
    | [ _; mimic; key; password; authenticator ] ->
        code ~pos:__POS__ "(%s.connect %s >>= %s.with_optionnal_key ?authenticator:%s ~key:%s ~password:%s)" modname mimic modname authenticator key password
    | _ -> connect_err "git_ssh" 5
  in
  let quote label = given label Written.string in
  let made = device ~packages:[ git_package ] ~runtime_args ~connect "Git_net.SSH.Make" (tcpv4v6 @-> mimic @-> git_client) in
  Impl.made "git_ssh"
    ~parameters:(group g @ quote "authenticator" authenticator @ quote "key" key @ quote "password" password)
    ~inputs:[ dep tcp; dep mimic_impl ]
    (made $$ tcp $$ mimic_impl)

let git_http ?group:g ?authenticator ?headers tcp mimic_impl =
  let runtime_args = Runtime_arg.[ v (tls_authenticator ?group:g authenticator); v (http_headers ?group:g headers) ] in
  let connect _ modname = function
    | [ _; mimic; authenticator; headers ] ->
        code ~pos:__POS__ "(%s.connect %s >>= %s.with_optional_tls_config_and_headers ?authenticator:%s ?headers:%s)" modname mimic modname authenticator headers
    | _ -> connect_err "git_http" 4
  in
  let made = device ~packages:[ git_package ] ~runtime_args ~connect "Git_net.HTTP.Make" (tcpv4v6 @-> mimic @-> git_client) in
  Impl.made "git_http"
    ~parameters:
      (group g @ given "authenticator" Written.string authenticator @ given "headers" Written.(list (pair string)) headers)
    ~inputs:[ dep tcp; dep mimic_impl ]
    (made $$ tcp $$ mimic_impl)
