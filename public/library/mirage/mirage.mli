(** The language of MirageOS's configurations, of MirageOS 4.11. A [config.ml] opens this module, puts devices together and registers jobs. *)

(** {1 Combinators} *)

include module type of struct
  include Functoria.DSL
end

module Key : module type of struct
  include Key
end

module Runtime_arg : module type of struct
  include Runtime_arg
end

(** {1 Time} *)

(** Waiting, the wall clock, the clock that only goes forward: modules that are linked, of which a unikernel has one each. They are
    jobs. *)

type sleep = job

val sleep : sleep typ
val default_sleep : sleep impl
val no_sleep : sleep impl

type ptime = job

val ptime : ptime typ
val default_ptime : ptime impl
val no_ptime : ptime impl

(** A wall clock that tests can set. *)
val mock_ptime : ptime impl

type mtime = job

val mtime : mtime typ
val default_mtime : mtime impl
val no_mtime : mtime impl
val mock_mtime : mtime impl

(** {1 Random numbers} *)

type random = job

val random : random typ

(** Fortuna, seeded when the unikernel starts. *)
val default_random : random impl

val no_random : random impl

(** {1 Logs} *)

type reporter = job

val reporter : reporter typ

(** Log messages on the console, up to [level] (default: [Some Info]) where [--logs] says nothing else. *)
val default_reporter : ?level:Logs.level option -> unit -> reporter impl

val no_reporter : reporter impl

(** {1 Disks} *)

type block

val block : block typ

(** A disk: the file of this name on unix, the device of this name on Solo5, the next disk on Xen. *)
val block_of_file : string -> block impl

(** The disk with this identifier in the XenStore. *)
val block_of_xenstore_id : string -> block impl

(** A disk in memory. *)
val ramdisk : string -> block impl

(** What the key [--block] says, or [key]. *)
val generic_block : ?group:string -> ?key:[ `XenstoreId | `BlockFile | `Ramdisk ] value -> string -> block impl

(** A disk that encrypts what it writes on another with AES-CCM; the key is hexadecimal. *)
val ccm_block : ?nonce_len:int -> string option runtime_arg -> block impl -> block impl

(** {1 Files that are read} *)

type kv_ro

val kv_ro : kv_ro typ

(** The files of a folder of the project, put into the image. *)
val crunch : string -> kv_ro impl

(** The files of a tar archive on a disk. *)
val tar_kv_ro : block impl -> kv_ro impl

(** The files of a folder: of the machine's on unix, put into the image elsewhere. *)
val direct_kv_ro : string -> kv_ro impl

(** The files of a FAT file system on a disk. *)
val fat_ro : block impl -> kv_ro impl

(** What the key [--kv_ro] says, or [key]: {!crunch} or {!direct_kv_ro}. *)
val generic_kv_ro : ?group:string -> ?key:[ `Crunch | `Direct ] value -> string -> kv_ro impl

(** The files of a Git repository, put on a disk when the unikernel is built. *)
val docteur :
  ?mode:[ `Fast | `Light ] ->
  ?name:string key ->
  ?output:string key ->
  ?analyze:bool runtime_arg ->
  ?branch:string ->
  ?extra_deps:string list ->
  string ->
  kv_ro impl

(** {1 Files that are written} *)

type kv_rw

val kv_rw : kv_rw typ

(** A folder of the machine; only on unix. *)
val direct_kv_rw : string -> kv_rw impl

(** Files in memory, none at the start. *)
val kv_rw_mem : unit -> kv_rw impl

(** A littlefs file system on a disk. *)
val chamelon : program_block_size:int runtime_arg -> block impl -> kv_rw impl

(** A tar archive on a disk, to which files can be appended. *)
val tar_kv_rw : block impl -> kv_rw impl

(** {1 Qubes OS} *)

type qubesdb

val qubesdb : qubesdb typ

(** The database that Qubes OS gives to its machines. *)
val default_qubesdb : qubesdb impl

(** {1 Network interfaces} *)

type network

val network : network typ

(** The network interface that the target calls so: [tap0], [service], [0]. *)
val default_network : network impl

(** A network interface. *)
val netif : ?group:string -> string -> network impl

type ethernet

val ethernet : ethernet typ

val etif : network impl -> ethernet impl
[@@ocaml.deprecated "Use ethif instead."]

(** Ethernet frames on a network. *)
val ethif : network impl -> ethernet impl

type arpv4

val arpv4 : arpv4 typ

(** The resolution of IPv4 addresses on Ethernet. *)
val arp : ethernet impl -> arpv4 impl

(** {1 IP} *)

type v4
type v6
type v4v6
type 'a ip
type ipv4 = v4 ip
type ipv6 = v6 ip
type ipv4v6 = v4v6 ip
type dhcp_ipv4
type lease
type dhcp_requests

val ipv4 : ipv4 typ
val ipv6 : ipv6 typ
val ipv4v6 : ipv4v6 typ
val dhcp_ipv4 : dhcp_ipv4 typ
val lease : lease typ

(** IPv4 with an address by DHCP, unless [--ipv4] gives one. *)
val ipv4_of_dhcp :
  ?group:string -> ?dhcp_requests:dhcp_requests -> ?gateway:Ipaddr.V4.t -> network impl -> ethernet impl -> arpv4 impl -> dhcp_ipv4 impl

(** DHCP options to ask for besides netmask and routers. *)
val make_dhcp_requests : unit -> dhcp_requests

(** An option's code, 1 to 254. Raises [Invalid_argument] on others, and after the requests have been used. *)
val add_dhcp_request : dhcp_requests -> int -> unit

(** The network without what DHCP takes of it: what else is on it uses this. *)
val dhcp_proj_net : (dhcp_ipv4 -> network) impl

val dhcp_proj_ipv4 : (dhcp_ipv4 -> ipv4) impl
val dhcp_proj_lease : (dhcp_ipv4 -> lease) impl
val no_lease : lease impl

(** IPv4 with an address that is given at boot. *)
val create_ipv4 : ?group:string -> ethernet impl -> arpv4 impl -> ipv4 impl

(** IPv4 with the address that Qubes gives. *)
val ipv4_qubes : qubesdb impl -> ethernet impl -> arpv4 impl -> ipv4 impl

(** IPv6 with an address by router advertisements or given at boot. *)
val create_ipv6 : ?group:string -> network impl -> ethernet impl -> ipv6 impl

(** Both. *)
val create_ipv4v6 : ?group:string -> ipv4 impl -> ipv6 impl -> ipv4v6 impl

(** {1 UDP and TCP} *)

type 'a udp
type udpv4v6 = v4v6 udp

val udp : 'a udp typ
val udpv4v6 : udpv4v6 typ

(** UDP over IP. *)
val direct_udp : 'a ip impl -> 'a udp impl

type 'a tcp
type tcpv4v6 = v4v6 tcp

val tcp : 'a tcp typ
val tcpv4v6 : tcpv4v6 typ

(** TCP over IP; uTCP with the key [--utcp]. *)
val direct_tcp : ?group:string -> 'a ip impl -> 'a tcp impl

(** {1 Network stacks} *)

type stackv4v6

val stackv4v6 : stackv4v6 typ

(** A stack of the layers given. *)
val direct_stackv4v6 :
  ?group:string -> network impl -> ethernet impl -> arpv4 impl -> ipv4 impl -> ipv6 impl -> stackv4v6 impl

(** A stack on a network, as target and keys [--net], [--no-dhcp] have it: with an address by DHCP or a fixed one, or the operating
    system's. *)
val generic_stackv4v6 :
  ?group:string ->
  ?ipv4_network:Ipaddr.V4.Prefix.t ->
  ?ipv4_gateway:Ipaddr.V4.t ->
  ?ipv6_network:Ipaddr.V6.Prefix.t ->
  ?ipv6_gateway:Ipaddr.V6.t ->
  network impl ->
  stackv4v6 impl

(** The stack and what DHCP said. *)
val generic_stackv4v6_with_lease :
  ?group:string ->
  ?dhcp_requests:dhcp_requests ->
  ?ipv4_network:Ipaddr.V4.Prefix.t ->
  ?ipv4_gateway:Ipaddr.V4.t ->
  ?ipv6_network:Ipaddr.V6.Prefix.t ->
  ?ipv6_gateway:Ipaddr.V6.t ->
  network impl ->
  stackv4v6 impl * lease impl

(** The TCP of a stack. *)
val tcpv4v6_of_stackv4v6 : stackv4v6 impl -> tcpv4v6 impl

(** {1 Names} *)

type resolver

val resolver : resolver typ

(** Names by DNS. *)
val resolver_dns : ?dhcp:dhcp_requests * lease impl -> ?ns:string list -> stackv4v6 impl -> resolver impl

(** Names by the operating system; only on unix. *)
val resolver_unix_system : resolver impl

type happy_eyeballs

val happy_eyeballs : happy_eyeballs typ

(** Connections to names, over IPv6 and IPv4 at once (RFC 8305). All times in nanoseconds. *)
val generic_happy_eyeballs :
  ?group:string ->
  ?aaaa_timeout:int64 ->
  ?connect_delay:int64 ->
  ?connect_timeout:int64 ->
  ?resolve_timeout:int64 ->
  ?resolve_retries:int ->
  ?timer_interval:int64 ->
  stackv4v6 impl ->
  happy_eyeballs impl

type dns_client

val dns_client : dns_client typ

(** A DNS client. A name server is written [udp:IP[:PORT]], [tcp:IP[:PORT]] or [tls:IP[:PORT][!AUTHENTICATOR]]; [timeout] is in
    nanoseconds. *)
val generic_dns_client :
  ?dhcp:dhcp_requests * lease impl ->
  ?group:string ->
  ?timeout:int64 ->
  ?nameservers:string list ->
  ?cache_size:int ->
  stackv4v6 impl ->
  happy_eyeballs impl ->
  dns_client impl

(** {1 Monitoring} *)

type syslog

val syslog : syslog typ

(** Log messages to a syslog server. *)
val syslog_udp : ?group:string -> stackv4v6 impl -> syslog impl

val syslog_tcp : ?group:string -> stackv4v6 impl -> syslog impl

(** The keys are in a store. *)
val syslog_tls : ?group:string -> stackv4v6 impl -> kv_ro impl -> syslog impl

(** Figures to an Influx server. *)
val monitoring : ?group:string -> stackv4v6 impl -> job impl

(** {1 Connections} *)

type conduit

val conduit : conduit typ

(** Connections by TCP, and by TLS with [tls]. *)
val conduit_direct : ?tls:bool -> stackv4v6 impl -> conduit impl

type mimic

val mimic : mimic typ

(** Connections whose protocol is chosen at run time. *)
val mimic_happy_eyeballs : stackv4v6 impl -> happy_eyeballs impl -> dns_client impl -> mimic impl

(** {1 HTTP} *)

type http

val http : http typ

(** An HTTP server. *)
val cohttp_server : conduit impl -> http impl

val httpaf_server : conduit impl -> http impl

type http_client

val http_client : http_client typ

(** An HTTP client. *)
val cohttp_client : resolver impl -> conduit impl -> http_client impl

type http_server

val http_server : http_server typ

(** A server of HTTP/1.1 and HTTP/2. *)
val paf_server : port:int runtime_arg -> tcpv4v6 impl -> http_server impl

type alpn_client

val alpn_client : alpn_client typ

(** A client of HTTP/1.1 and HTTP/2. *)
val paf_client : tcpv4v6 impl -> mimic impl -> alpn_client impl

(** {1 Git} *)

type git_client

val git_client : git_client typ

(** Two ways to reach repositories as one. *)
val merge_git_clients : git_client impl -> git_client impl -> git_client impl

(** Repositories by [git://], by SSH, by HTTP. *)
val git_tcp : tcpv4v6 impl -> mimic impl -> git_client impl

val git_ssh :
  ?group:string -> ?authenticator:string -> ?key:string -> ?password:string -> tcpv4v6 impl -> mimic impl -> git_client impl

val git_http :
  ?group:string -> ?authenticator:string -> ?headers:(string * string) list -> tcpv4v6 impl -> mimic impl -> git_client impl

(** {1 Arguments of the unikernel} *)

type argv = Functoria.argv

val argv : argv typ

(** The words of the boot command line. *)
val default_argv : argv impl

val no_argv : argv impl

(** {1 Jobs} *)

val job : job typ

(** A job that does nothing. *)
val noop : job impl

(** The evaluation of the boot arguments. *)
val runtime_args : argv impl -> job impl

(** [register name jobs]: the unikernel [name] runs the jobs. *)
val register :
  ?argv:argv impl ->
  ?reporter:reporter impl ->
  ?sleep:sleep impl ->
  ?ptime:ptime impl ->
  ?mtime:mtime impl ->
  ?random:random impl ->
  ?src:[ `Auto | `None | `Some of string ] ->
  string ->
  job impl list ->
  unit

(** {1 For devices of one's own} *)

module Type = Functoria.Type
module Impl = Functoria.Impl
module Info = Functoria.Info
module Dune = Functoria.Dune
module Action = Functoria.Action
module Context = Functoria.Context

(** Fails: a connect function was given another number of arguments than it takes. *)
val connect_err : string -> int -> 'a

module Project : sig
  val dune : Info.t -> Dune.stanza list
  val configure : Info.t -> unit Action.t
end

module Tool : sig
  val run : unit -> unit
end
