(* skip: evaluator *)
(* Files as bigarrays, hosts and services by number, times, servers, forms with labels. *)
let p = Printf.printf
let e f = try f () with Unix.Unix_error (error, name, argument) -> p "error %s %s %S\n" (Unix.error_message error) name argument | Failure m -> p "failure %s\n" m | Invalid_argument m -> p "invalid %s\n" m | Not_found -> p "not found\n"

let mapped () =
  let path = Filename.temp_file "mapped" "" in
  let d = Unix.openfile path [ Unix.O_RDWR ] 0 in
  let a = Bigarray.array1_of_genarray (Unix.map_file d Bigarray.char Bigarray.c_layout true [| 10 |]) in
  for i = 0 to 9 do a.{i} <- Char.chr (48 + i) done;
  let part = Bigarray.Array1.sub a 3 4 in
  Gc.full_major ();
  let ic = open_in path in
  p "%c %s\n" part.{0} (input_line ic);
  close_in ic;
  let b = Unix.map_file d ~pos:2L Bigarray.int32 Bigarray.fortran_layout false [| -1 |] in
  Array.iter (p "%d ") (Bigarray.Genarray.dims b);
  p "%lx\n" (Bigarray.Genarray.get b [| 2 |]);
  Bigarray.Genarray.fill b 0l;
  p "%c\n" a.{4};
  let c = UnixLabels.map_file d ?pos:None ~kind:Bigarray.int8_unsigned ~layout:Bigarray.c_layout ~shared:true ~dims:[| -1; 5 |] in
  Array.iter (p "%d ") (Bigarray.Genarray.dims c);
  p "%d\n" (Bigarray.Genarray.get c [| 1; 4 |]);
  let wrong ?pos dimensions = e (fun () -> ignore (Unix.map_file d ?pos Bigarray.int32 Bigarray.c_layout true dimensions)) in
  wrong [| -1 |]; wrong [| -2 |]; wrong [| 2; -1 |]; wrong ~pos:100L [| -1 |]; wrong [||];
  Unix.close d;
  wrong [| 1 |];
  let d = Unix.openfile path [ Unix.O_RDONLY ] 0 in
  e (fun () -> ignore (Unix.map_file d Bigarray.char Bigarray.c_layout true [| 100 |]));
  Unix.close d;
  Sys.remove path

(* The memory goes back when no array uses it. *)
let unmapped () =
  let path = Filename.temp_file "mapped" "" in
  let count () =
    let ic = open_in "/proc/self/maps" in
    let rec go n = match input_line ic with l -> go (if String.length l > String.length path && String.sub l (String.length l - String.length path) (String.length path) = path then n + 1 else n) | exception End_of_file -> close_in ic; n in
    go 0
  in
  let map () =
    let d = Unix.openfile path [ Unix.O_RDWR ] 0 in
    let a = Unix.map_file d Bigarray.char Bigarray.c_layout true [| 10000 |] in
    Unix.close d;
    let n = count () in
    p "%d %d\n" n (Bigarray.Genarray.nth_dim a 0)
  in
  map ();
  Gc.full_major (); Gc.full_major ();
  p "%d\n" (count ());
  Sys.remove path

let show (i : Unix.addr_info) =
  p "  %s %s %d %s %S\n"
    (match i.ai_family with PF_UNIX -> "unix" | PF_INET -> "4" | PF_INET6 -> "6")
    (match i.ai_socktype with SOCK_STREAM -> "stream" | SOCK_DGRAM -> "dgram" | SOCK_RAW -> "raw" | SOCK_SEQPACKET -> "seqpacket")
    i.ai_protocol
    (match i.ai_addr with ADDR_INET (a, n) -> Printf.sprintf "%s %d" (Unix.string_of_inet_addr a) n | ADDR_UNIX s -> s)
    i.ai_canonname

let hosts () =
  let info host service options = p "%S %S\n" host service; List.iter show (Unix.getaddrinfo host service options) in
  info "127.0.0.1" "80" [];
  info "10.1.2.3" "" [ AI_SOCKTYPE SOCK_DGRAM ];
  info "" "8080" [ AI_PASSIVE; AI_FAMILY PF_INET; AI_SOCKTYPE SOCK_STREAM ];
  info "" "8080" [ AI_FAMILY PF_INET; AI_PROTOCOL 17 ];
  info "::1" "1" [ AI_CANONNAME; AI_FAMILY PF_INET6 ];
  info "::1" "1" [ AI_FAMILY PF_INET ];
  info "localhost" "1" [ AI_NUMERICHOST ];
  info "localhost" "1" [ AI_FAMILY PF_INET; AI_SOCKTYPE SOCK_STREAM ];
  let host name = e (fun () -> let h = Unix.gethostbyname name in p "%s %b %s\n" h.h_name (h.h_addrtype = PF_INET) (String.concat " " (List.map Unix.string_of_inet_addr (Array.to_list h.h_addr_list)))) in
  host "localhost"; host "1.2.3.4"; host "::1";
  let n = Unix.getnameinfo (ADDR_INET (Unix.inet_addr_loopback, 443)) [ NI_NUMERICHOST; NI_NUMERICSERV ] in
  p "%s %s\n" n.ni_hostname n.ni_service;
  e (fun () -> ignore (Unix.getservbyname "no-such-service" "tcp"));
  e (fun () -> ignore (Unix.getprotobyname "no-such-protocol"))

let times () =
  let t = Unix.times () in
  while (Unix.times ()).tms_utime +. (Unix.times ()).tms_stime < t.tms_utime +. t.tms_stime +. 0.01 do () done;
  p "%b %b\n" (t.tms_utime >= 0.) (t.tms_cutime >= 0.)

(* What a channel holds when the process is copied, both have. *)
let servers () =
  print_string "twice\n";
  (match Unix.fork () with 0 -> exit 0 | pid -> ignore (Unix.waitpid [] pid));
  flush stdout;
  let path = Filename.temp_file "server" "" in
  Sys.remove path;
  match Unix.fork () with
  | 0 -> UnixLabels.establish_server (fun i o -> output_string o (String.uppercase_ascii (input_line i) ^ "\n"); flush o) ~addr:(ADDR_UNIX path)
  | pid ->
      let rec connect tries = try Unix.open_connection (ADDR_UNIX path) with Unix.Unix_error ((ENOENT | ECONNREFUSED), _, _) when tries > 0 -> Unix.sleepf 0.01; connect (tries - 1) in
      List.iter (fun text -> let i, o = connect 300 in output_string o (text ^ "\n"); flush o; p "%s\n" (input_line i); Unix.shutdown_connection i; close_in i) [ "one"; "two" ];
      Unix.kill pid Sys.sigkill;
      ignore (Unix.waitpid [] pid);
      Sys.remove path

let () = mapped (); unmapped (); hosts (); times (); servers ()
