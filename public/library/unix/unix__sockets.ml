(* Sockets. *)

open Unix__error
open Unix__calls
open Unix__descriptors
open Unix__addresses

type shutdown_command = SHUTDOWN_RECEIVE | SHUTDOWN_SEND | SHUTDOWN_ALL
type msg_flag = MSG_OOB | MSG_DONTROUTE | MSG_PEEK

let number_of_domain = function PF_UNIX -> 1 | PF_INET -> 2 | PF_INET6 -> 10
let number_of_type = function SOCK_STREAM -> 1 | SOCK_DGRAM -> 2 | SOCK_RAW -> 3 | SOCK_SEQPACKET -> 5

(* struct sockaddr_un, sockaddr_in, sockaddr_in6: unix(7), ip(7), ipv6(7). *)
let bytes_of_sockaddr = function
  | ADDR_UNIX path ->
      if String.length path > 107 then raise (Unix_error (ENAMETOOLONG, "", path));
      let b = Bytes.make (2 + String.length path + 1) '\000' in
      Bytes.set_uint16_le b 0 1;
      Bytes.blit_string path 0 b 2 (String.length path);
      (b, if path <> "" && path.[0] = '\000' then 2 + String.length path else Bytes.length b)
  | ADDR_INET (a, port) when is_inet6_addr a ->
      let b = Bytes.make 28 '\000' in
      Bytes.set_uint16_le b 0 10;
      Bytes.set_uint16_be b 2 port;
      Bytes.blit_string a 0 b 8 16;
      (b, 28)
  | ADDR_INET (a, port) ->
      let b = Bytes.make 16 '\000' in
      Bytes.set_uint16_le b 0 2;
      Bytes.set_uint16_be b 2 port;
      Bytes.blit_string a 0 b 4 4;
      (b, 16)

let sockaddr_of_bytes b length =
  match if length < 2 then 1 else Bytes.get_uint16_le b 0 with
  | 2 -> ADDR_INET (Bytes.sub_string b 4 4, Bytes.get_uint16_be b 2)
  | 10 -> ADDR_INET (Bytes.sub_string b 8 16, Bytes.get_uint16_be b 2)
  | 1 ->
      let path = Bytes.sub_string b 2 (max 0 (length - 2)) in
      ADDR_UNIX (if path <> "" && path.[0] = '\000' then path else match String.index_opt path '\000' with Some i -> String.sub path 0 i | None -> path)
  | _ -> raise (Unix_error (EAFNOSUPPORT, "", ""))

let room_for_sockaddr () =
  let length = Bytes.make 4 '\000' in
  Bytes.set_int32_le length 0 128l;
  (Bytes.make 128 '\000', length)

(* SOCK_CLOEXEC *)
let cloexec_flag cloexec = if cloexec = Some true then 0o2000000 else 0
let socket ?cloexec domain kind protocol = checked "socket" "" (linux_call 41 (number_of_domain domain) (number_of_type kind lor cloexec_flag cloexec) protocol 0)

let socketpair ?cloexec domain kind protocol =
  let b = Bytes.make 8 '\000' in
  checked_unit "socketpair" "" (linux_call_fourth_buffer 53 (number_of_domain domain) (number_of_type kind lor cloexec_flag cloexec) protocol b 0);
  (half b 0, half b 4)

let accept ?cloexec d =
  let name, length = room_for_sockaddr () in
  before_reading d;
  let accepted = checked "accept" "" (linux_call_two_buffers 288 d name length (cloexec_flag cloexec)) in
  (accepted, sockaddr_of_bytes name (half length 0))

let with_address name number d address =
  let b, length = bytes_of_sockaddr address in
  checked_unit name "" (linux_call_buffer number d b 0 length 0)

let bind d address = with_address "bind" 49 d address
let connect d address = with_address "connect" 42 d address
let listen d backlog = checked_unit "listen" "" (linux_call 50 d backlog 0 0)
let shutdown d command = checked_unit "shutdown" "" (linux_call 48 d (match command with SHUTDOWN_RECEIVE -> 0 | SHUTDOWN_SEND -> 1 | SHUTDOWN_ALL -> 2) 0 0)

let name_of_socket name number d =
  let b, length = room_for_sockaddr () in
  checked_unit name "" (linux_call_two_buffers number d b length 0);
  sockaddr_of_bytes b (half length 0)

let getsockname d = name_of_socket "getsockname" 51 d
let getpeername d = name_of_socket "getpeername" 52 d
let number_of_flags = List.fold_left (fun all flag -> all lor match flag with MSG_OOB -> 1 | MSG_PEEK -> 2 | MSG_DONTROUTE -> 4) 0

external linux_send_to : int -> bytes -> int -> int -> int -> bytes -> int -> int = "morgana_linux_send_to" "morgana_linux_send_to"
external linux_receive_from : int -> bytes -> int -> int -> int -> bytes -> bytes -> int = "morgana_linux_receive_from" "morgana_linux_receive_from"

let recv d b offset length flags =
  check_range "recv" b offset length;
  before_reading d;
  let name, name_length = room_for_sockaddr () in
  checked "recv" "" (linux_receive_from d b offset (min length largest_piece) (number_of_flags flags) name name_length)

let recvfrom d b offset length flags =
  check_range "recvfrom" b offset length;
  before_reading d;
  let name, name_length = room_for_sockaddr () in
  let n = checked "recvfrom" "" (linux_receive_from d b offset (min length largest_piece) (number_of_flags flags) name name_length) in
  (n, sockaddr_of_bytes name (half name_length 0))

(* MSG_NOSIGNAL is not set: writing to who does not listen is a signal, as everywhere. *)
let send d b offset length flags =
  check_range "send" b offset length;
  before_writing d;
  checked "send" "" (linux_call_buffer 44 d b offset (min length largest_piece) (number_of_flags flags))

let sendto d b offset length flags address =
  check_range "sendto" b offset length;
  before_writing d;
  let name, name_length = bytes_of_sockaddr address in
  checked "sendto" "" (linux_send_to d b offset (min length largest_piece) (number_of_flags flags) name name_length)

let send_substring d s offset length flags = send d (Bytes.unsafe_of_string s) offset length flags
let sendto_substring d s offset length flags address = sendto d (Bytes.unsafe_of_string s) offset length flags address

type socket_bool_option =
  | SO_DEBUG | SO_BROADCAST | SO_REUSEADDR | SO_KEEPALIVE | SO_DONTROUTE | SO_OOBINLINE | SO_ACCEPTCONN | TCP_NODELAY | IPV6_ONLY
  | SO_REUSEPORT
[@@ocamlformat "disable"]

type socket_int_option = SO_SNDBUF | SO_RCVBUF | SO_ERROR | SO_TYPE | SO_RCVLOWAT | SO_SNDLOWAT
type socket_optint_option = SO_LINGER
type socket_float_option = SO_RCVTIMEO | SO_SNDTIMEO

(* Level and number: socket(7), tcp(7), ipv6(7). *)
let bool_option = function
  | SO_DEBUG -> (1, 1)
  | SO_BROADCAST -> (1, 6)
  | SO_REUSEADDR -> (1, 2)
  | SO_KEEPALIVE -> (1, 9)
  | SO_DONTROUTE -> (1, 5)
  | SO_OOBINLINE -> (1, 10)
  | SO_ACCEPTCONN -> (1, 30)
  | TCP_NODELAY -> (6, 1)
  | IPV6_ONLY -> (41, 26)
  | SO_REUSEPORT -> (1, 15)

let int_option = function SO_SNDBUF -> (1, 7) | SO_RCVBUF -> (1, 8) | SO_ERROR -> (1, 4) | SO_TYPE -> (1, 3) | SO_RCVLOWAT -> (1, 18) | SO_SNDLOWAT -> (1, 19)

external linux_getsockopt : int -> int -> int -> bytes -> bytes -> int = "morgana_linux_getsockopt"

let get_option name d (level, option) size =
  let value = Bytes.make size '\000' and length = Bytes.make 4 '\000' in
  Bytes.set_int32_le length 0 (Int32.of_int size);
  checked_unit name "" (linux_getsockopt d level option value length);
  value

let set_option name d (level, option) value = checked_unit name "" (linux_call_fourth_buffer 54 d level option value (Bytes.length value))

let bytes_of_int n =
  let b = Bytes.make 4 '\000' in
  Bytes.set_int32_le b 0 (Int32.of_int n);
  b

let getsockopt d option = half (get_option "getsockopt" d (bool_option option) 4) 0 <> 0
let setsockopt d option on = set_option "setsockopt" d (bool_option option) (bytes_of_int (Bool.to_int on))
let getsockopt_int d option = half (get_option "getsockopt" d (int_option option) 4) 0
let setsockopt_int d option n = set_option "setsockopt" d (int_option option) (bytes_of_int n)

let getsockopt_optint d SO_LINGER =
  let b = get_option "getsockopt" d (1, 13) 8 in
  if half b 0 = 0 then None else Some (half b 4)

let setsockopt_optint d SO_LINGER value =
  let b = Bytes.make 8 '\000' in
  Option.iter
    (fun n ->
      Bytes.set_int32_le b 0 1l;
      Bytes.set_int32_le b 4 (Int32.of_int n))
    value;
  set_option "setsockopt" d (1, 13) b

let float_option = function SO_RCVTIMEO -> (1, 20) | SO_SNDTIMEO -> (1, 21)

let getsockopt_float d option =
  let b = get_option "getsockopt" d (float_option option) 16 in
  Int64.to_float (Bytes.get_int64_le b 0) +. (Int64.to_float (Bytes.get_int64_le b 8) *. 1e-6)

let setsockopt_float d option t =
  let b = Bytes.make 16 '\000' in
  Bytes.set_int64_le b 0 (Int64.of_float (floor t));
  Bytes.set_int64_le b 8 (Int64.of_float ((t -. floor t) *. 1e6));
  set_option "setsockopt" d (float_option option) b

let getsockopt_error d = match getsockopt_int d SO_ERROR with 0 -> None | n -> Some (error_of_number n)
