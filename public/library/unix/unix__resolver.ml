(* Asking the name servers of /etc/resolv.conf: RFC 1035, over UDP; each server twice. *)

open Unix__addresses
open Unix__descriptors
open Unix__sockets

let type_a = 1
let type_ptr = 12
let type_aaaa = 28

(** The name servers and the domains in which short names are looked for. *)
let configuration () =
  let words line = List.filter (( <> ) "") (String.split_on_char ' ' (String.map (function '\t' -> ' ' | c -> c) line)) in
  let servers, domains =
    List.fold_left
      (fun (servers, domains) line ->
        match words line with
        | "nameserver" :: address :: _ -> ( match inet_addr_of_string address with a -> (a :: servers, domains) | exception Failure _ -> (servers, domains))
        | ("search" | "domain") :: names -> (servers, names)
        | _ -> (servers, domains))
      ([], [])
      (Unix__users.lines_of "/etc/resolv.conf")
  in
  ((match servers with [] -> [ inet_addr_loopback ] | _ -> List.rev servers), domains)

let labels name = List.filter (( <> ) "") (String.split_on_char '.' name)
let is_valid name = labels name <> [] && String.length name < 254 && List.for_all (fun l -> String.length l < 64) (labels name)

(* The header: identity, flags (recursion desired), one question; then the name, the type, class IN. *)
let query identity name kind =
  let b = Buffer.create 64 in
  List.iter (Buffer.add_uint16_be b) [ identity; 0x0100; 1; 0; 0; 0 ];
  List.iter
    (fun label ->
      Buffer.add_uint8 b (String.length label);
      Buffer.add_string b label)
    (labels name);
  Buffer.add_uint8 b 0;
  Buffer.add_uint16_be b kind;
  Buffer.add_uint16_be b 1;
  Buffer.contents b

exception Malformed

(* A name and the place after it. A pointer leads to an earlier place, so that there is an end. *)
let rec name_at answer at =
  if at >= String.length answer then raise Malformed;
  match String.get_uint8 answer at with
  | 0 -> ([], at + 1)
  | n when n >= 0xc0 ->
      if at + 1 >= String.length answer then raise Malformed;
      let target = String.get_uint16_be answer at land 0x3fff in
      if target >= at then raise Malformed;
      (fst (name_at answer target), at + 2)
  | n ->
      if n > 63 || at + 1 + n > String.length answer then raise Malformed;
      let rest, next = name_at answer (at + 1 + n) in
      (String.sub answer (at + 1) n :: rest, next)

(* The answers of a type: where the data is and how long. *)
let records answer kind =
  let length = String.length answer in
  if length < 12 then raise Malformed;
  let rec skip_questions n at = if n = 0 then at else skip_questions (n - 1) (snd (name_at answer at) + 4) in
  let rec collect n at found =
    if n = 0 then List.rev found
    else
      let _, at = name_at answer at in
      if at + 10 > length then raise Malformed;
      let size = String.get_uint16_be answer (at + 8) in
      if at + 10 + size > length then raise Malformed;
      collect (n - 1) (at + 10 + size) (if String.get_uint16_be answer at = kind then (at + 10, size) :: found else found)
  in
  collect (String.get_uint16_be answer 6) (skip_questions (String.get_uint16_be answer 4) 12) []

(* Answers of servers that were not asked are not heard, for the socket is connected. *)
let ask server text identity =
  let socket = socket ~cloexec:true (if is_inet6_addr server then PF_INET6 else PF_INET) SOCK_DGRAM 0 in
  Fun.protect
    ~finally:(fun () -> close socket)
    (fun () ->
      try
        connect socket (ADDR_INET (server, 53));
        ignore (send_substring socket text 0 (String.length text) []);
        let b = Bytes.create 4096 in
        let rec receive tries =
          match Unix__select.select [ socket ] [] [] 2.5 with
          | [], _, _ -> None
          | _ ->
              let n = recv socket b 0 4096 [] in
              if n >= 12 && Bytes.get_uint16_be b 0 = identity && Bytes.get_uint8 b 2 land 0x80 <> 0 then Some (Bytes.sub_string b 0 n)
              else if tries > 0 then receive (tries - 1)
              else None
        in
        receive 8
      with Unix__error.Unix_error _ -> None)

(* A server that fails or does not answer is asked again when the others did not either. *)
let answer_to servers name kind =
  let random = Random.State.make_self_init () in
  let rec first = function
    | [] -> None
    | server :: rest -> (
        let identity = Random.State.int random 0x10000 in
        match ask server (query identity name kind) identity with
        | Some answer when (match Char.code answer.[3] land 15 with 0 | 3 -> true | _ -> false) -> Some answer
        | _ -> first rest)
  in
  first (servers @ servers)

let data servers name kind =
  match answer_to servers name kind with
  | None -> []
  | Some answer -> ( try List.map (fun (at, size) -> (answer, at, size)) (records answer kind) with Malformed -> [])

(** A host's addresses. *)
let addresses host ~ipv4 ~ipv6 =
  let servers, domains = configuration () in
  let qualified = String.ends_with ~suffix:"." host and has_dot = String.contains host '.' in
  let longer = if qualified then [] else List.map (fun domain -> host ^ "." ^ domain) domains in
  let names = List.filter is_valid (if has_dot then host :: longer else longer @ [ host ]) in
  let of_type name kind length = List.filter_map (fun (answer, at, size) -> if size = length then Some (String.sub answer at size) else None) (data servers name kind) in
  let rec first = function
    | [] -> []
    | name :: rest -> (
        match (if ipv6 then of_type name type_aaaa 16 else []) @ if ipv4 then of_type name type_a 4 else [] with
        | [] -> first rest
        | found -> found)
  in
  first names

(** The name of an address: RFC 1035, section 3.5; RFC 3596, section 2.5. *)
let name_of address =
  let bytes = List.rev (List.map Char.code (List.of_seq (String.to_seq address))) in
  let name =
    if is_inet6_addr address then String.concat "." (List.map (fun b -> Printf.sprintf "%x.%x" (b land 15) (b lsr 4)) bytes) ^ ".ip6.arpa"
    else String.concat "." (List.map string_of_int bytes) ^ ".in-addr.arpa"
  in
  match data (fst (configuration ())) name type_ptr with
  | [] -> None
  | (answer, at, _) :: _ -> ( match name_at answer at with labels, _ -> Some (String.concat "." labels) | exception Malformed -> None)
