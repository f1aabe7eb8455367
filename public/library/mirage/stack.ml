(* Network stacks: which one a unikernel gets depends on target and keys. *)

open Functoria.DSL
open Base
open Network

type stackv4v6 = Stackv4v6

let stackv4v6 = named "stackv4v6" (typ Stackv4v6)

let direct_device =
  device
    ~packages:[ tcpip [ "stack-direct" ] ]
    ~connect:(connect_all "direct stack" 7) "Tcpip_stack_direct.MakeV4V6"
    (network @-> ethernet @-> arpv4 @-> ipv4v6 @-> icmpv4 @-> udpv4v6 @-> tcpv4v6 @-> stackv4v6)

let direct_on ?group network ethernet arp ipv4 ipv6 =
  let ip = ipv4v6_on ?group ipv4 ipv6 in
  direct_device $$ network $$ ethernet $$ arp $$ ip $$ (icmpv4_device $$ ipv4) $$ udp_on ip $$ tcp_on ?group ip

let direct_stackv4v6 ?group:g network ethernet arp ipv4 ipv6 =
  Impl.made "direct_stackv4v6" ~parameters:(group g)
    ~inputs:[ dep network; dep ethernet; dep arp; dep ipv4; dep ipv6 ]
    (direct_on ?group:g network ethernet arp ipv4 ipv6)

(* {1 The operating system's sockets} *)

let sockets name module_name t ~runtime_args =
  let connect _ modname = function
    | [ ipv4_only; ipv6_only; ipv4; ipv6 ] -> code ~pos:__POS__ "%s.connect ~ipv4_only:%s ~ipv6_only:%s %s %s" modname ipv4_only ipv6_only ipv4 ipv6
    | _ -> connect_err name 4
  in
  let packages_v =
    Key.match_ (Key.value Key.target) (function
      | #Key.mode_unix -> [ tcpip [ name ] ]
      | mode -> failwith (Fmt.str "The operating system's sockets (--net=host) do not exist on the target %a." Key.pp_target mode))
  in
  device ~packages_v ~keys:[ Key.v Key.target ] ~runtime_args ~connect module_name t

(* Sockets do not use an interface: the network is not connected. *)
let socket_on ?group ?ipv4_network ?ipv6_network () =
  let ipv4_network = match ipv4_network with Some network -> network | None -> Ipaddr.V4.Prefix.of_string_exn "0.0.0.0/0" in
  let runtime_args =
    Runtime_arg.
      [ v (ipv4_only ?group ()); v (ipv6_only ?group ()); v (V4.network ?group ipv4_network); v (V6.network ?group ipv6_network) ]
  in
  let udp = sockets "udpv4v6-socket" "Udpv4v6_socket" udpv4v6 ~runtime_args in
  let tcp = sockets "tcpv4v6-socket" "Tcpv4v6_socket" tcpv4v6 ~runtime_args in
  let connect = connect_all "socket stack" 2 in
  device ~packages:[ tcpip [ "stack-socket" ] ] ~extra_deps:[ dep udp; dep tcp ] ~connect "Tcpip_stack_socket.V4V6" stackv4v6

(* {1 Stacks for any target} *)

type kind = Sockets | Static | Dhcp | Qubes

let kind ?group () =
  let decide (target : Key.mode) net no_dhcp =
    match (target, net) with
    | `Qubes, _ -> Qubes
    | _, Some `Host -> Sockets
    | #Key.mode_unix, None when no_dhcp -> Sockets
    | _, (None | Some `OCaml) -> if no_dhcp then Static else Dhcp
  in
  Key.(pure decide $ value target $ value (net ?group ()) $ value (no_dhcp ?group ()))

let variants ?group ?dhcp_requests ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway network =
  let no_v4 = Runtime_arg.ipv6_only ?group () and no_v6 = Runtime_arg.ipv4_only ?group () in
  let stack_over network ipv4_of =
    let ethernet = ethernet_on network in
    let arp = arp_on ethernet in
    let ipv6 = ipv6_on ?group ?prefix:ipv6_network ?gateway:ipv6_gateway ~no_init:no_v6 network ethernet in
    direct_on ?group network ethernet arp (ipv4_of ethernet arp) ipv6
  in
  let dhcp =
    let ethernet = ethernet_on network in
    dhcp_on ?group ?dhcp_requests ?gateway:ipv4_gateway ~no_init:no_v4 network ethernet (arp_on ethernet)
  in
  let static ethernet arp = static_ipv4_on ?group ?network:ipv4_network ?gateway:ipv4_gateway ~no_init:no_v4 ethernet arp in
  let stack =
    Impl.match_ (kind ?group ())
      ~default:(stack_over network static)
      [
        (Sockets, socket_on ?group ?ipv4_network ?ipv6_network ());
        (Dhcp, stack_over (proj_net $$ dhcp) (fun _ _ -> proj_ipv4 $$ dhcp));
        (Qubes, stack_over network (fun ethernet arp -> ipv4_qubes_on default_qubesdb ethernet arp));
      ]
  in
  (stack, Impl.match_ (kind ?group ()) ~default:without_lease [ (Dhcp, proj_lease $$ dhcp) ])

let addresses ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway () =
  given "ipv4_network" Written.v4_prefix ipv4_network
  @ given "ipv4_gateway" Written.v4 ipv4_gateway
  @ given "ipv6_network" Written.v6_prefix ipv6_network
  @ given "ipv6_gateway" Written.v6 ipv6_gateway

let generic_stackv4v6 ?group:g ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway network =
  let parameters = group g @ addresses ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway () in
  let stack, _ = variants ?group:g ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway network in
  Impl.made "generic_stackv4v6" ~parameters ~inputs:[ dep network ] stack

let generic_stackv4v6_with_lease ?group:g ?dhcp_requests ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway network =
  let parameters =
    group g @ unwritable "dhcp_requests" dhcp_requests @ addresses ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway ()
  in
  let stack, lease = variants ?group:g ?dhcp_requests ?ipv4_network ?ipv4_gateway ?ipv6_network ?ipv6_gateway network in
  let stack = Impl.made "generic_stackv4v6_with_lease" ~parameters ~inputs:[ dep network ] stack in
  (stack, Impl.made "lease_of_stackv4v6" ~inputs:[ dep stack ] lease)

let tcp_of_stack_device =
  device ~packages:[ tcpip [ "stack-direct" ] ] ~connect:(connect_all "tcpv4v6_of_stackv4v6" 1) "Tcpip_stack_direct.TCPV4V6" (stackv4v6 @-> tcpv4v6)

let tcpv4v6_of_stackv4v6 stack = Impl.made "tcpv4v6_of_stackv4v6" ~inputs:[ dep stack ] (tcp_of_stack_device $$ stack)
