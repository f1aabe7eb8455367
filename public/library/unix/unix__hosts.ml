(* Names of hosts, services and protocols: files of /etc, whose lines are a name or number, then names, up to a comment. *)

open Unix__error
open Unix__calls
open Unix__addresses

type host_entry = { h_name : string; h_aliases : string array; h_addrtype : socket_domain; h_addr_list : inet_addr array }
type protocol_entry = { p_name : string; p_aliases : string array; p_proto : int }
type service_entry = { s_name : string; s_aliases : string array; s_port : int; s_proto : string }

(* struct utsname: fields of 65 bytes. *)
let gethostname () =
  let b = Bytes.make 390 '\000' in
  checked_unit "gethostname" "" (linux_call_first_buffer 63 b 0 0);
  let name = Bytes.sub_string b 65 65 in
  String.sub name 0 (String.index name '\000')

let entries_of path =
  let words line =
    let line = match String.index_opt line '#' with Some i -> String.sub line 0 i | None -> line in
    List.filter (( <> ) "") (String.split_on_char ' ' (String.map (function '\t' | '\r' -> ' ' | c -> c) line))
  in
  List.map words (Unix__users.lines_of path)

let found = function Some entry -> entry | None -> raise Not_found

(* {1 Protocols and services} *)

let find_protocol wanted =
  entries_of "/etc/protocols"
  |> List.find_map (function
       | p_name :: number :: aliases ->
           Option.bind (int_of_string_opt number) (fun p_proto ->
               let entry = { p_name; p_aliases = Array.of_list aliases; p_proto } in
               if wanted entry then Some entry else None)
       | _ -> None)
  |> found

let getprotobyname name = find_protocol (fun e -> e.p_name = name || Array.mem name e.p_aliases)
let getprotobynumber number = find_protocol (fun e -> e.p_proto = number)

let find_service wanted =
  entries_of "/etc/services"
  |> List.find_map (function
       | s_name :: port :: aliases -> (
           match String.split_on_char '/' port with
           | [ port; s_proto ] ->
               Option.bind (int_of_string_opt port) (fun s_port ->
                   let entry = { s_name; s_aliases = Array.of_list aliases; s_port; s_proto } in
                   if wanted entry then Some entry else None)
           | _ -> None)
       | _ -> None)
  |> found

(* An empty protocol is any. *)
let getservbyname name protocol =
  find_service (fun e -> (protocol = "" || e.s_proto = protocol) && (e.s_name = name || Array.mem name e.s_aliases))

let getservbyport port protocol = find_service (fun e -> (protocol = "" || e.s_proto = protocol) && e.s_port = port)

(* {1 Hosts} *)

(* Addresses of a host by /etc/hosts, with the names of the first line. *)
let host_lines () =
  List.filter_map
    (function
      | address :: name :: aliases -> ( match inet_addr_of_string address with a -> Some (a, name, aliases) | exception Failure _ -> None)
      | _ -> None)
    (entries_of "/etc/hosts")

let same_name a b = String.lowercase_ascii a = String.lowercase_ascii b
let lines_for host = List.filter (fun (_, name, aliases) -> List.exists (same_name host) (name :: aliases)) (host_lines ())
let numeric host = match inet_addr_of_string host with a -> Some a | exception Failure _ -> None

(** The addresses of a host: a number's own, those of /etc/hosts, else those that the name servers tell. *)
let addresses_of host domain =
  let fits a = match domain with Some PF_INET6 -> is_inet6_addr a | Some PF_INET -> not (is_inet6_addr a) | _ -> true in
  match numeric host with
  | Some a -> if fits a then [ a ] else []
  | None -> (
      match List.filter fits (List.map (fun (a, _, _) -> a) (lines_for host)) with
      | [] -> List.filter fits (Unix__resolver.addresses host ~ipv4:(domain <> Some PF_INET6) ~ipv6:(domain <> Some PF_INET))
      | found -> found)

let without_duplicates list = List.rev (List.fold_left (fun seen x -> if List.mem x seen then seen else x :: seen) [] list)

(* IPv4 only, as gethostbyname(3) is. *)
let gethostbyname host =
  match without_duplicates (addresses_of host (Some PF_INET)) with
  | [] -> raise Not_found
  | addresses ->
      let name, aliases =
        match if numeric host = None then List.filter (fun (a, _, _) -> not (is_inet6_addr a)) (lines_for host) else [] with
        | [] -> (host, [])
        | (_, name, aliases) :: others -> (name, aliases @ List.concat_map (fun (_, name, aliases) -> name :: aliases) others)
      in
      {
        h_name = name;
        h_aliases = Array.of_list (List.filter (( <> ) name) (without_duplicates aliases));
        h_addrtype = PF_INET;
        h_addr_list = Array.of_list addresses;
      }

let gethostbyaddr address =
  let domain = if is_inet6_addr address then PF_INET6 else PF_INET in
  match List.find_opt (fun (a, _, _) -> a = address) (host_lines ()) with
  | Some (_, h_name, aliases) -> { h_name; h_aliases = Array.of_list aliases; h_addrtype = domain; h_addr_list = [| address |] }
  | None -> (
      match Unix__resolver.name_of address with
      | Some h_name -> { h_name; h_aliases = [||]; h_addrtype = domain; h_addr_list = [| address |] }
      | None -> raise Not_found)

(* {1 Both} *)

type addr_info = { ai_family : socket_domain; ai_socktype : socket_type; ai_protocol : int; ai_addr : sockaddr; ai_canonname : string }

type getaddrinfo_option =
  | AI_FAMILY of socket_domain
  | AI_SOCKTYPE of socket_type
  | AI_PROTOCOL of int
  | AI_NUMERICHOST
  | AI_CANONNAME
  | AI_PASSIVE

(* Kinds of sockets with the protocol of each, and its name in /etc/services. *)
let kinds = [ (SOCK_STREAM, 6, "tcp"); (SOCK_DGRAM, 17, "udp"); (SOCK_RAW, 0, "") ]

let getaddrinfo host service options =
  let option f = List.find_map f options in
  let domain = option (function AI_FAMILY d -> Some d | _ -> None) in
  let kind = option (function AI_SOCKTYPE k -> Some k | _ -> None) in
  let protocol = match option (function AI_PROTOCOL p -> Some p | _ -> None) with Some 0 -> None | p -> p in
  (* One kind when something is said of it; none for raw ones of a service. *)
  let wanted =
    match (kind, protocol) with
    | None, None -> kinds
    | Some SOCK_RAW, _ when service <> "" -> []
    | _ ->
        let fits (k, p, _) =
          (match kind with Some wanted -> k = wanted | None -> true) && match protocol with Some wanted -> k = SOCK_RAW || p = wanted | None -> true
        in
        Option.to_list (List.find_opt fits kinds)
  in
  let port name =
    match (if service = "" then Some 0 else int_of_string_opt ("0u" ^ service)) with
    | Some port -> Some port
    | None -> if name = "" then None else ( match getservbyname service name with e -> Some e.s_port | exception Not_found -> None)
  in
  let fits a = match domain with Some PF_INET6 -> is_inet6_addr a | Some PF_INET -> not (is_inet6_addr a) | Some PF_UNIX -> false | None -> true in
  let addresses =
    if host = "" && service = "" then []
    else if host = "" then
      List.filter fits (if List.mem AI_PASSIVE options then [ inet_addr_any; inet6_addr_any ] else [ inet6_addr_loopback; inet_addr_loopback ])
    else if List.mem AI_NUMERICHOST options && numeric host = None then []
    else if domain = Some PF_UNIX then []
    else without_duplicates (addresses_of host domain)
  in
  let canonical = if not (List.mem AI_CANONNAME options) then "" else match lines_for host with (_, name, _) :: _ -> name | [] -> host in
  List.concat
    (List.mapi
       (fun i address ->
         let domain = if is_inet6_addr address then PF_INET6 else PF_INET in
         List.filter_map
           (fun (ai_socktype, p, name) ->
             Option.map
               (fun port ->
                 let ai_protocol = if ai_socktype = SOCK_RAW then Option.value protocol ~default:0 else p in
                 { ai_family = domain; ai_socktype; ai_protocol; ai_addr = ADDR_INET (address, port); ai_canonname = (if i = 0 then canonical else "") })
               (port name))
           wanted)
       addresses)
  (* The canonical name is the first result's only. *)
  |> List.mapi (fun i info -> if i = 0 then info else { info with ai_canonname = "" })

type name_info = { ni_hostname : string; ni_service : string }
type getnameinfo_option = NI_NOFQDN | NI_NUMERICHOST | NI_NAMEREQD | NI_NUMERICSERV | NI_DGRAM

let getnameinfo address options =
  let has = List.mem in
  match address with
  | ADDR_UNIX path -> { ni_hostname = gethostname (); ni_service = path }
  | ADDR_INET (a, port) ->
      let number () = if has NI_NAMEREQD options then raise Not_found else string_of_inet_addr a in
      let ni_hostname =
        if has NI_NUMERICHOST options then number ()
        else
          match gethostbyaddr a with
          | { h_name; _ } -> (
              (* The part in front of this host's own domain. *)
              let own = gethostname () in
              match String.index_opt own '.' with
              | Some i when has NI_NOFQDN options && String.ends_with ~suffix:(String.sub own i (String.length own - i)) h_name ->
                  String.sub h_name 0 (String.length h_name - String.length own + i)
              | _ -> h_name)
          | exception Not_found -> number ()
      in
      let ni_service =
        if has NI_NUMERICSERV options then string_of_int port
        else match getservbyport port (if has NI_DGRAM options then "udp" else "tcp") with e -> e.s_name | exception Not_found -> string_of_int port
      in
      { ni_hostname; ni_service }
