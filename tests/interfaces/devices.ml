(* Every device of the network and of storage, applied and connected as a unikernel does it. *)
module Eth = Ethernet.Make (Netif)
module Arp_ = Arp.Make (Eth)
module I4 = Static_ipv4.Make (Eth) (Arp_)
module I6 = Ipv6.Make (Netif) (Eth)
module I46 = Tcpip_stack_direct.IPV4V6 (I4) (I6)
module Icmp = Icmpv4.Make (I4)
module U = Udp.Make (I46)
module T = Tcp.Flow.Make (I46)
module Ut = Utcp_mirage.Make (I46)
module Stack = Tcpip_stack_direct.MakeV4V6 (Netif) (Eth) (Arp_) (I46) (Icmp) (U) (T)
module Stack_u = Tcpip_stack_direct.MakeV4V6 (Netif) (Eth) (Arp_) (I46) (Icmp) (U) (Ut)
module T46 = Tcpip_stack_direct.TCPV4V6 (Stack)
module _ : Tcpip.Stack.V4V6 = Stack
module _ : Tcpip.Stack.V4V6 = Tcpip_stack_socket.V4V6
module _ : Mirage_block.S = Ramdisk
module _ : Mirage_block.S = Block
module Q = Qubesdb_ipv4.Make (Qubes.DB) (Eth) (Arp_)
open Lwt.Infix
let stack () =
  Netif.connect "service" >>= fun net -> Eth.connect net >>= fun eth -> Arp_.connect eth >>= fun arp ->
  I4.connect ?no_init:None ~cidr:(Ipaddr.V4.Prefix.of_string_exn "10.0.0.2/24") ?gateway:None eth arp >>= fun i4 ->
  I6.connect ~no_init:true ~handle_ra:true ?cidr:None ?gateway:None net eth >>= fun i6 ->
  I46.connect ~ipv4_only:false ~ipv6_only:false i4 i6 >>= fun ip -> Icmp.connect i4 >>= fun icmp -> U.connect ip >>= fun udp -> T.connect ip >>= fun tcp ->
  Stack.connect net eth arp ip icmp udp tcp
let serve (s : Stack.t) =
  Stack.TCP.listen (Stack.tcp s) ~port:80 (fun flow -> Stack.TCP.read flow >>= function Ok (`Data d) -> Stack.TCP.write flow d >|= ignore | _ -> Stack.TCP.close flow);
  Stack.listen s

let other_side flow = let address, port = Stack.TCP.dst flow in Printf.sprintf "%s:%d" (Ipaddr.to_string address) port
module D = Dhcp_ipv4.Make (Netif) (Eth) (Arp_)
module DN = Dhcp_ipv4.Proj_net (D)
module DI = Dhcp_ipv4.Proj_ipv4 (D)
module DL = Dhcp_ipv4.Proj_lease (D)
module He = Happy_eyeballs_mirage.Make (Stack)
module Co = Conduit_mirage.TCP (Stack)
module Cs = Conduit_mirage.TLS (Co)
module _ : Conduit_mirage.S = Cs
module Re = Resolver_mirage.Make (Stack)
module Tl = Tls_mirage.Make (Stack.TCP)
module _ : Mirage_flow.S = Tl
let dhcp net eth arp = D.connect ~options:[ Dhcp_wire.Hostname "x" ] ~requests:[ Dhcp_wire.int_to_option_code_exn 6 ] net eth arp >>= DL.connect >|= Option.map Dhcp_wire.collect_dns_servers
let he s = He.connect_device s >>= fun he -> He.connect he "example.org" [ 443 ] >|= function Ok ((ip, port), flow) -> ignore (Ipaddr.to_string ip, port, Stack.TCP.src flow) | Error (`Msg _) -> ()
let tls c flow = Tl.client_of_flow c flow >|= function Ok f -> Tl.epoch f | Error e -> ignore (Fmt.str "%a" Tl.pp_write_error e); Error ()
let listen (s : Stack.t) cfg = Cs.listen s (`TLS (cfg, `TCP 443)) (fun flow -> Cs.Flow.read flow >|= function Ok (`Data d) -> ignore (Cstruct.length d) | _ -> ())
module Dc = Dns_client_mirage.Make (Stack) (He)
module Mi = Mimic_happy_eyeballs.Make (Stack) (He) (Dc)
module G = Git_net.SSH.Make (T46) (Mi)
module _ : Mirage_kv.RW = Git_kv
module _ : Mirage_kv.RW = Mirage_kv_unix
module Bc = Block_ccm.Make (Ramdisk)
module Ta = Tar_mirage.Make_KV_RW (Bc)
module _ : Mirage_kv.RO = Ta
module K = Kv.Make (Block)
module Lu = Logs_syslog_mirage.Udp (Stack)
module Mo = Mirage_monitoring.Make (Stack)
let names s he =
  Dc.connect ~nameservers:[ "udp:1.1.1.1" ] (s, he) >>= fun dns ->
  Dc.gethostbyname dns (Domain_name.host_exn (Domain_name.of_string_exn "a.b")) >>= fun (r : (Ipaddr.V4.t, [ `Msg of string ]) result) ->
  Dc.getaddrinfo dns Dns.Rr_map.Mx (Domain_name.of_string_exn "x") >|= function
  | Ok (ttl, set) -> (Result.is_ok r, ttl, Dns.Mx.Set.fold (fun m n -> n + m.Dns.Mx.preference) set 0)
  | Error (`Msg m) -> (false, 0l, String.length m)
module Hs = Cohttp_mirage.Server.Make (Cs)
module Hc = Cohttp_mirage.Client.Make (Re) (Cs)
module Pa = Paf_mirage.Make (T46)
module Pc = Http_mirage_client.Make (T46) (Mi)
module St (FS : Mirage_kv.RO) = Cohttp_mirage.Static.HTTP (FS) (Hs)
let http (s : Stack.t) =
  let callback (conn : Hs.conn) (req : Http.Request.t) body =
    ignore conn;
    Cohttp_lwt.Body.to_string body >>= fun text ->
    Hs.respond_string ~status:`OK ~body:(Uri.path (Cohttp.Request.uri req) ^ text) () in
  Hs.listen s (`TCP 80) (Hs.make ~callback ())
let client r s = Hc.get ~ctx:(Hc.ctx r s) (Uri.of_string "http://x/") >>= fun (resp, body) -> ignore (Http.Response.status resp); Cohttp_lwt.Body.to_string body
