(* Network interfaces, Ethernet, IP, UDP, TCP. *)

open Functoria.DSL
open Base

let tcpip sublibs = package "tcpip" ~min:"9.0.0" ~max:"10.0.0" ~sublibs

type qubesdb = Qubesdb

let qubesdb = named "qubesdb" (typ Qubesdb)

let default_qubesdb =
  let connect info modname _ =
    match Functoria.Info.get info Key.target with
    | `Qubes | `Xen -> code ~pos:__POS__ "%s.connect ~domid:0 ()" modname
    | _ -> failwith "Qubes DB is only available on the targets xen and qubes."
  in
  Impl.made "default_qubesdb" (device ~packages:[ package "mirage-qubes" ~min:"2.0.0" ~max:"3.0.0" ] ~keys:[ Key.v Key.target ] ~connect "Qubes.DB" qubesdb)

(* {1 Interfaces} *)

type network = Network

let network = named "network" (typ Network)

let netif_packages =
  Key.match_ (Key.value Key.target) (function
    | `Unix -> [ package "mirage-net-unix" ~min:"3.0.0" ~max:"4.0.0" ]
    | `MacOSX -> [ package "mirage-net-macosx" ~min:"1.8.0" ~max:"2.0.0" ]
    | #Key.mode_xen -> [ package "mirage-net-xen" ~min:"2.1.4" ~max:"3.0.0" ]
    | #Key.mode_solo5 -> [ package "mirage-net-solo5" ~min:"0.8.0" ~max:"0.9.0" ]
    | #Key.mode_unikraft -> [ package "mirage-net-unikraft" ~min:"1.0.0" ~max:"2.0.0" ])

(* On Solo5 the interface's name is that of the manifest; elsewhere it can be chosen at boot. *)
let named_interface name =
  let connect _ modname _ = code ~pos:__POS__ "%s.connect %S" modname name in
  device ~packages_v:netif_packages ~keys:[ Key.v Key.target ] ~connect "Netif" network

let chosen_interface ?group name =
  let connect _ modname = function [ name ] -> code ~pos:__POS__ "%s.connect %s" modname name | _ -> connect_err "netif" 1 in
  device ~packages_v:netif_packages ~keys:[ Key.v Key.target ] ~runtime_args:[ Runtime_arg.v (Runtime_arg.interface ?group name) ] ~connect "Netif" network

let interface ?group name = Impl.if_ Key.is_solo5 (named_interface name) (chosen_interface ?group name)
let netif ?group:g name = Impl.made "netif" ~parameters:(group g @ [ positional (Printf.sprintf "%S" name) ]) (interface ?group:g name)

let default_network =
  let tap = interface "tap0" and zero = interface "0" in
  let cases : (Key.mode * network impl) list =
    [ (`Unix, tap); (`MacOSX, tap); (`Xen, zero); (`Qubes, zero); (`Firecracker, zero); (`QEMU, zero) ]
  in
  Impl.made "default_network" (Impl.match_ (Key.value Key.target) ~default:(interface "service") cases)

(* {1 Ethernet and ARP} *)

type ethernet = Ethernet

let ethernet = named "ethernet" (typ Ethernet)

(* The code of a module whose [connect] takes the values of its functor's arguments. *)
let connect_all name number = connects name number (fun _ modname arguments -> code ~pos:__POS__ "%s.connect %s" modname (String.concat " " arguments))

let ethernet_device =
  device ~packages:[ package "ethernet" ~min:"3.2.0" ~max:"4.0.0" ] ~connect:(connect_all "ethernet" 1) "Ethernet.Make" (network @-> ethernet)

let ethernet_on network = Impl.( $ ) ethernet_device network
let ethif network = Impl.made "ethif" ~inputs:[ dep network ] (ethernet_on network)

type arpv4 = Arpv4

let arpv4 = named "arpv4" (typ Arpv4)

let arp_device =
  device ~packages:[ package "arp" ~min:"4.0.0" ~max:"5.0.0" ~sublibs:[ "mirage" ] ] ~connect:(connect_all "arp" 1) "Arp.Make" (ethernet @-> arpv4)

let arp_on ethernet = Impl.( $ ) arp_device ethernet
let arp ethernet = Impl.made "arp" ~inputs:[ dep ethernet ] (arp_on ethernet)

(* {1 IP} *)

type v4 = V4
type v6 = V6
type v4v6 = V4V6
type 'a ip = Ip
type ipv4 = v4 ip
type ipv6 = v6 ip
type ipv4v6 = v4v6 ip

let ip : 'a ip typ = Type.Type Ip
let () = Type.set_name ip "ip"
let ipv4 : ipv4 typ = named "ipv4" (typ Ip)
let ipv6 : ipv6 typ = named "ipv6" (typ Ip)
let ipv4v6 : ipv4v6 typ = named "ipv4v6" (typ Ip)

type dhcp_ipv4 = Dhcp_ipv4

let dhcp_ipv4 = named "dhcp_ipv4" (typ Dhcp_ipv4)

type lease = Lease

let lease = named "lease" (typ Lease)

let static_ipv4 ?group ?network ?gateway ~no_init () =
  let network = match network with Some network -> network | None -> Ipaddr.V4.Prefix.of_string_exn "10.0.0.2/24" in
  let runtime_args = Runtime_arg.[ v (V4.network ?group network); v (V4.gateway ?group gateway); v no_init ] in
  let connect _ modname = function
    | [ ethernet; arp; cidr; gateway; no_init ] ->
        code ~pos:__POS__ "%s.connect ~no_init:%s ~cidr:%s ?gateway:%s %s %s" modname no_init cidr gateway ethernet arp
    | _ -> connect_err "ipv4" 5
  in
  device ~packages:[ tcpip [ "ipv4" ] ] ~runtime_args ~connect "Static_ipv4.Make" (ethernet @-> arpv4 @-> ipv4)

let ( $$ ) = Impl.( $ )
let static_ipv4_on ?group ?network ?gateway ~no_init ethernet arp = static_ipv4 ?group ?network ?gateway ~no_init () $$ ethernet $$ arp

let create_ipv4 ?group:g ethernet arp =
  let no_init = Runtime_arg.ipv6_only ?group:g () in
  Impl.made "create_ipv4" ~parameters:(group g) ~inputs:[ dep ethernet; dep arp ] (static_ipv4_on ?group:g ~no_init ethernet arp)

let ipv6_device ?group ?network:prefix ?gateway ~no_init () =
  let runtime_args =
    Runtime_arg.
      [ v (V6.network ?group prefix); v (V6.gateway ?group gateway); v (V6.accept_router_advertisements ?group ()); v no_init ]
  in
  let connect _ modname = function
    | [ network; ethernet; cidr; gateway; handle_ra; no_init ] ->
        code ~pos:__POS__ "%s.connect ~no_init:%s ~handle_ra:%s ?cidr:%s ?gateway:%s %s %s" modname no_init handle_ra cidr gateway network ethernet
    | _ -> connect_err "ipv6" 6
  in
  device ~packages:[ tcpip [ "ipv6" ] ] ~runtime_args ~connect "Ipv6.Make" (network @-> ethernet @-> ipv6)

let ipv6_on ?group ?prefix ?gateway ~no_init network ethernet = ipv6_device ?group ?network:prefix ?gateway ~no_init () $$ network $$ ethernet

let create_ipv6 ?group:g network ethernet =
  let no_init = Runtime_arg.ipv4_only ?group:g () in
  Impl.made "create_ipv6" ~parameters:(group g) ~inputs:[ dep network; dep ethernet ] (ipv6_on ?group:g ~no_init network ethernet)

let ipv4v6_device ?group () =
  let runtime_args = Runtime_arg.[ v (ipv4_only ?group ()); v (ipv6_only ?group ()) ] in
  let connect _ modname = function
    | [ ipv4; ipv6; ipv4_only; ipv6_only ] -> code ~pos:__POS__ "%s.connect ~ipv4_only:%s ~ipv6_only:%s %s %s" modname ipv4_only ipv6_only ipv4 ipv6
    | _ -> connect_err "ipv4v6" 4
  in
  device ~packages:[ tcpip [ "stack-direct" ] ] ~runtime_args ~connect "Tcpip_stack_direct.IPV4V6" (ipv4 @-> ipv6 @-> ipv4v6)

let ipv4v6_on ?group ipv4 ipv6 = ipv4v6_device ?group () $$ ipv4 $$ ipv6

let create_ipv4v6 ?group:g ipv4 ipv6 =
  Impl.made "create_ipv4v6" ~parameters:(group g) ~inputs:[ dep ipv4; dep ipv6 ] (ipv4v6_on ?group:g ipv4 ipv6)

let ipv4_qubes_device =
  device ~packages:[ package "mirage-qubes-ipv4" ~min:"2.0.0" ~max:"3.0.0" ] ~connect:(connect_all "ipv4_qubes" 3) "Qubesdb_ipv4.Make"
    (qubesdb @-> ethernet @-> arpv4 @-> ipv4)

let ipv4_qubes_on db ethernet arp = ipv4_qubes_device $$ db $$ ethernet $$ arp
let ipv4_qubes db ethernet arp = Impl.made "ipv4_qubes" ~inputs:[ dep db; dep ethernet; dep arp ] (ipv4_qubes_on db ethernet arp)

(* {1 DHCP} *)

(* Options to ask the server for. What uses them adds its own until the device's code is made. *)
type dhcp_requests = { mutable codes : int list; mutable closed : bool }

let make_dhcp_requests () = { codes = []; closed = false }

let add_dhcp_request requests option_code =
  if option_code < 1 || option_code > 254 then invalid_arg (Printf.sprintf "add_dhcp_request: %d is no option code, which are 1 to 254" option_code);
  if requests.closed then invalid_arg "add_dhcp_request: the requests have been used already";
  if not (List.mem option_code requests.codes) then requests.codes <- requests.codes @ [ option_code ]

let subnet_mask = 1
let routers = 3

let dhcp_device ?group ?dhcp_requests ?gateway ~no_init () =
  let runtime_args = Runtime_arg.[ v (V4.optional_network ?group ()); v (V4.gateway ?group gateway); v no_init ] in
  let connect _ modname = function
    | [ network; ethernet; arp; cidr; gateway; no_init ] ->
        let more = match dhcp_requests with None -> [] | Some requests -> requests.closed <- true; requests.codes in
        let codes = List.sort_uniq compare (subnet_mask :: routers :: more) in
        code ~pos:__POS__
          "(let requests = List.map Dhcp_wire.int_to_option_code_exn [ %s ] in let options = [ Dhcp_wire.Hostname (Mirage_runtime.name ()) ] in \
           %s.connect ~no_init:%s ?cidr:%s ?gateway:%s ~options ~requests %s %s %s)"
          (String.concat "; " (List.map string_of_int codes))
          modname no_init cidr gateway network ethernet arp
    | _ -> connect_err "ipv4_of_dhcp" 6
  in
  device ~packages:[ package "charrua-client" ~min:"3.0.0" ~max:"4.0.0" ] ~runtime_args ~connect "Dhcp_ipv4.Make" (network @-> ethernet @-> arpv4 @-> dhcp_ipv4)

let dhcp_on ?group ?dhcp_requests ?gateway ~no_init network ethernet arp =
  dhcp_device ?group ?dhcp_requests ?gateway ~no_init () $$ network $$ ethernet $$ arp

let ipv4_of_dhcp ?group:g ?dhcp_requests ?gateway network ethernet arp =
  let no_init = Runtime_arg.ipv6_only ?group:g () in
  let parameters = group g @ unwritable "dhcp_requests" dhcp_requests @ given "gateway" Written.v4 gateway in
  Impl.made "ipv4_of_dhcp" ~parameters ~inputs:[ dep network; dep ethernet; dep arp ]
    (dhcp_on ?group:g ?dhcp_requests ?gateway ~no_init network ethernet arp)

let projection name result =
  device ~packages:[ package "charrua-client" ~min:"3.0.0" ~max:"4.0.0" ] ~connect:(connect_all name 1) ("Dhcp_ipv4." ^ name) (dhcp_ipv4 @-> result)

let proj_net = projection "Proj_net" network
let proj_ipv4 = projection "Proj_ipv4" ipv4
let proj_lease = projection "Proj_lease" lease
let dhcp_proj_net = Impl.made "dhcp_proj_net" proj_net
let dhcp_proj_ipv4 = Impl.made "dhcp_proj_ipv4" proj_ipv4
let dhcp_proj_lease = Impl.made "dhcp_proj_lease" proj_lease
let without_lease = device ~connect:(fun _ _ _ -> code ~pos:__POS__ "return None") "Lwt" lease
let no_lease = Impl.made "no_lease" without_lease

(* {1 ICMP, UDP, TCP} *)

type icmpv4 = Icmpv4

let icmpv4 = named "icmpv4" (typ Icmpv4)
let icmpv4_device = device ~packages:[ tcpip [ "icmpv4" ] ] ~connect:(connect_all "icmpv4" 1) "Icmpv4.Make" (ipv4 @-> icmpv4)

type 'a udp = Udp
type udpv4v6 = v4v6 udp

let udp : 'a udp typ = Type.Type Udp
let () = Type.set_name udp "udp"
let udpv4v6 : udpv4v6 typ = named "udpv4v6" (typ Udp)

let udp_device () = device ~packages:[ tcpip [ "udp" ] ] ~connect:(connect_all "udp" 1) "Udp.Make" (ip @-> udp)
let udp_on ip = udp_device () $$ ip
let direct_udp ip = Impl.made "direct_udp" ~inputs:[ dep ip ] (udp_on ip)

type 'a tcp = Tcp
type tcpv4v6 = v4v6 tcp

let tcp : 'a tcp typ = Type.Type Tcp
let tcpv4v6 : tcpv4v6 typ = named "tcpv4v6" (typ Tcp)
let () = Type.set_name tcp "tcp"
let classic_tcp_device () = device ~packages:[ tcpip [ "tcp" ] ] ~connect:(connect_all "tcp" 1) "Tcp.Flow.Make" (ip @-> tcp)

let utcp_device ?(group = "service") () =
  let connect _ modname = function [ ip ] -> code ~pos:__POS__ "return (%s.connect %S %s)" modname group ip | _ -> connect_err "utcp" 1 in
  device ~packages:[ package "utcp" ~sublibs:[ "mirage" ] ] ~connect "Utcp_mirage.Make" (ip @-> tcp)

let tcp_on ?group ip = Impl.if_ (Key.value (Key.utcp ?group ())) (utcp_device ?group () $$ ip) (classic_tcp_device () $$ ip)
let direct_tcp ?group:g ip = Impl.made "direct_tcp" ~parameters:(group g) ~inputs:[ dep ip ] (tcp_on ?group:g ip)
