(* Addresses of the Internet and of sockets. Their bytes: 4 or 16. *)

open Unix__error

type inet_addr = string
type socket_domain = PF_UNIX | PF_INET | PF_INET6
type socket_type = SOCK_STREAM | SOCK_DGRAM | SOCK_RAW | SOCK_SEQPACKET
type sockaddr = ADDR_UNIX of string | ADDR_INET of inet_addr * int

let domain_of_sockaddr = function
  | ADDR_UNIX _ -> PF_UNIX
  | ADDR_INET (a, _) -> if String.length a = 16 then PF_INET6 else PF_INET

let is_inet6_addr a = String.length a = 16

let ipv4_of_string s =
  let part p =
    match p with
    | "" -> None
    | _ when String.length p > 3 || not (String.for_all (fun c -> c >= '0' && c <= '9') p) -> None
    | _ -> ( match int_of_string ("0u" ^ p) with n when n <= 255 -> Some (Char.chr n) | _ -> None)
  in
  match List.map part (String.split_on_char '.' s) with
  | [ Some a; Some b; Some c; Some d ] -> Some (String.init 4 (fun i -> [| a; b; c; d |].(i)))
  | _ -> None

(* Groups of 16 bits, the last two perhaps as an IPv4 address. *)
let groups_of_string s =
  let is_hexadecimal p = String.length p >= 1 && String.length p <= 4 && String.for_all (function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false) p in
  let rec groups = function
    | [] -> Some []
    | [ last ] when String.contains last '.' ->
        Option.map (fun a -> [ String.get_uint16_be a 0; String.get_uint16_be a 2 ]) (ipv4_of_string last)
    | p :: rest when is_hexadecimal p -> Option.map (fun rest -> int_of_string ("0x" ^ p) :: rest) (groups rest)
    | _ -> None
  in
  if s = "" then Some [] else groups (String.split_on_char ':' s)

let rec find_double_colon s i =
  if i + 1 >= String.length s then None else if s.[i] = ':' && s.[i + 1] = ':' then Some i else find_double_colon s (i + 1)

let ipv6_of_string s =
  let bytes groups =
    let b = Bytes.create 16 in
    List.iteri (fun i n -> Bytes.set_uint16_be b (2 * i) n) groups;
    Bytes.to_string b
  in
  match find_double_colon s 0 with
  | None -> ( match groups_of_string s with Some groups when List.length groups = 8 -> Some (bytes groups) | _ -> None)
  | Some i -> (
      let before = String.sub s 0 i and after = String.sub s (i + 2) (String.length s - i - 2) in
      if String.contains before '.' then None
      else
        match (groups_of_string before, groups_of_string after) with
        | Some first, Some last when List.length first + List.length last < 8 ->
            Some (bytes (first @ List.init (8 - List.length first - List.length last) (fun _ -> 0) @ last))
        | _ -> None)

let inet_addr_of_string s =
  match if String.contains s ':' then ipv6_of_string s else ipv4_of_string s with
  | Some a -> a
  | None -> failwith "inet_addr_of_string"

let string_of_ipv4 a from =
  String.concat "." (List.init 4 (fun i -> string_of_int (Char.code a.[from + i])))

(* RFC 5952: the longest run of zero groups is left out, the first of equal ones, if it has at least two. *)
let string_of_ipv6 a =
  let group i = String.get_uint16_be a (2 * i) in
  let rec run i = if i < 8 && group i = 0 then 1 + run (i + 1) else 0 in
  let start = ref (-1) and length = ref 1 in
  for i = 0 to 7 do
    if run i > !length then begin
      start := i;
      length := run i
    end
  done;
  let hex from stop = String.concat ":" (List.init (max 0 (stop - from)) (fun i -> Printf.sprintf "%x" (group (from + i)))) in
  let embedded = !start = 0 && (!length = 6 || (!length = 5 && group 5 = 0xffff)) in
  if embedded then (if !length = 6 then "::" else "::ffff:") ^ string_of_ipv4 a 12
  else if !start < 0 then hex 0 8
  else hex 0 !start ^ "::" ^ hex (!start + !length) 8

let string_of_inet_addr a = if is_inet6_addr a then string_of_ipv6 a else string_of_ipv4 a 0
let inet_addr_any = "\000\000\000\000"
let inet_addr_loopback = "\127\000\000\001"
let inet6_addr_any = String.make 16 '\000'
let inet6_addr_loopback = String.make 15 '\000' ^ "\001"
