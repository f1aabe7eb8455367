(* Internet addresses, version 4 and 6, and their prefixes. *)

exception Parse_error of string * string

let parse_error message text = raise (Parse_error (message, text))
let message_of f x = match f x with v -> Ok v | exception Parse_error (message, _) -> Error (`Msg ("Ipaddr: " ^ message))

(* {1 Scopes} *)

type scope = Point | Interface | Link | Admin | Site | Organization | Global

let scopes =
  [ (Point, "point"); (Interface, "interface"); (Link, "link"); (Admin, "admin"); (Site, "site"); (Organization, "organization"); (Global, "global") ]

let string_of_scope scope = List.assoc scope scopes

let scope_of_string text =
  match List.find_opt (fun (_, name) -> String.equal name text) scopes with
  | Some (scope, _) -> Ok scope
  | None -> Error (`Msg ("unknown scope: " ^ text))

let pp_scope ppf scope = Format.pp_print_string ppf (string_of_scope scope)

(* {1 Reading}

   Parsers read [text] from [!at] on and leave [at] behind what they read. *)

let fail_at text i = if i >= String.length text then parse_error "not enough data" text else parse_error (Printf.sprintf "invalid character '%c' at %d" text.[i] i) text

let expect text at c =
  if !at < String.length text && text.[!at] = c then incr at else fail_at text !at

let expect_end text at = if !at <> String.length text then fail_at text !at

let digit base c =
  let value =
    match c with
    | '0' .. '9' -> Char.code c - Char.code '0'
    | 'a' .. 'f' -> Char.code c - Char.code 'a' + 10
    | 'A' .. 'F' -> Char.code c - Char.code 'A' + 10
    | _ -> 16
  in
  if value < base then Some value else None

(* Numbers too large for anything that is read here. *)
let limit = 0x1000000

(* A number of at least one digit, at most [limit]. *)
let number base text at =
  let start = !at in
  let rec go value =
    match if !at < String.length text then digit base text.[!at] else None with
    | Some d ->
        incr at;
        go (min limit ((value * base) + d))
    | None -> value
  in
  let value = go 0 in
  if !at = start then fail_at text !at;
  value

let whole read text =
  let at = ref 0 in
  let v = read text at in
  expect_end text at;
  v

(* The port after an address, if there is one. *)
let port ~default text at =
  if !at = String.length text then default
  else begin
    expect text at ':';
    number 10 text at
  end

let with_port read ~default text =
  let at = ref 0 in
  let address = read text at in
  let port = port ~default text at in
  expect_end text at;
  (address, port)

module V4 = struct
  type t = int32

  let compare = Int32.unsigned_compare
  let octet t i = Int32.to_int (Int32.shift_right_logical t (8 * (3 - i))) land 0xff

  let make a b c d =
    Int32.of_int (((a land 0xff) lsl 24) lor ((b land 0xff) lsl 16) lor ((c land 0xff) lsl 8) lor (d land 0xff))

  let of_int32 t = t
  let to_int32 t = t
  let of_int16 (a, b) = make (a lsr 8) a (b lsr 8) b
  let to_int16 t = ((octet t 0 lsl 8) lor octet t 1, (octet t 2 lsl 8) lor octet t 3)

  (* {2 Text} *)

  (* A number that does not begin with a zero, which might mean that it is octal. *)
  let octet_of_string text at =
    let start = !at in
    let value = number 10 text at in
    if !at - start > 1 && text.[start] = '0' then parse_error "octal notation disallowed" text;
    value

  let of_string_raw text at =
    let dot () = expect text at '.' in
    let a = octet_of_string text at in
    dot ();
    let b = octet_of_string text at in
    dot ();
    let c = octet_of_string text at in
    dot ();
    let d = octet_of_string text at in
    List.iter
      (fun (name, value) -> if value > 255 then parse_error (name ^ " octet out of bounds") text)
      [ ("first", a); ("second", b); ("third", c); ("fourth", d) ];
    make a b c d

  let of_string_exn text = whole of_string_raw text
  let of_string text = message_of of_string_exn text
  let with_port_of_string ~default text = message_of (with_port of_string_raw ~default) text
  let to_buffer b t = Printf.bprintf b "%d.%d.%d.%d" (octet t 0) (octet t 1) (octet t 2) (octet t 3)
  let to_string t = Printf.sprintf "%d.%d.%d.%d" (octet t 0) (octet t 1) (octet t 2) (octet t 3)
  let pp ppf t = Format.pp_print_string ppf (to_string t)

  (* {2 Octets} *)

  let of_octets_exn ?(off = 0) octets =
    if off < 0 || off > String.length octets - 4 then parse_error "not enough data" octets;
    String.get_int32_be octets off

  let of_octets ?off octets = message_of (of_octets_exn ?off) octets

  let write_octets_exn ?(off = 0) t b =
    if off < 0 || off > Bytes.length b - 4 then parse_error "not enough data" (Bytes.to_string b);
    Bytes.set_int32_be b off t

  let write_octets ?off t b = message_of (write_octets_exn ?off t) b
  let to_octets t = String.init 4 (fun i -> Char.chr (octet t i))

  (* {2 Other kinds of names} *)

  (* RFC 1112, 6.4 *)
  let multicast_to_mac t =
    Macaddr.of_octets_exn
      (String.init 6 (function 0 -> '\x01' | 1 -> '\x00' | 2 -> '\x5e' | 3 -> Char.chr (octet t 1 land 0x7f) | i -> Char.chr (octet t (i - 2))))

  let reverse_zone = [ "in-addr"; "arpa" ]

  let to_domain_name t =
    Domain_name.host_exn (Domain_name.of_strings_exn (List.map (fun i -> string_of_int (octet t i)) [ 3; 2; 1; 0 ] @ reverse_zone))

  let of_domain_name name =
    match Domain_name.to_strings (Domain_name.canonical name) with
    | [ d; c; b; a; zone; arpa ] when [ zone; arpa ] = reverse_zone -> (
        match of_string_exn (String.concat "." [ a; b; c; d ]) with t -> Some t | exception Parse_error _ -> None)
    | _ -> None

  (* {2 Neighbours} *)

  let succ t = if Int32.equal t (-1l) then Error (`Msg "Ipaddr: highest address has been reached") else Ok (Int32.succ t)
  let pred t = if Int32.equal t 0l then Error (`Msg "Ipaddr: lowest address has been reached") else Ok (Int32.pred t)

  (* {2 Well-known addresses} *)

  let any = make 0 0 0 0
  let unspecified = any
  let broadcast = make 255 255 255 255
  let localhost = make 127 0 0 1
  let nodes = make 224 0 0 1
  let routers = make 224 0 0 2

  module Ordered = struct
    type nonrec t = t

    let compare = compare
  end

  module Set = Set.Make (Ordered)
  module Map = Map.Make (Ordered)

  module Prefix = struct
    type addr = t
    type t = addr * int

    let compare (a, m) (b, n) = match compare a b with 0 -> Int.compare m n | c -> c
    let mask n : addr = if n <= 0 then 0l else if n >= 32 then -1l else Int32.shift_left (-1l) (32 - n)
    let make n addr = (addr, n)
    let of_addr addr = (addr, 32)
    let bits (_, n) = n
    let address (addr, _) = addr
    let netmask (_, n) = mask n
    let network (addr, n) = Int32.logand addr (mask n)
    let prefix p = (network p, bits p)
    let broadcast (addr, n) = Int32.logor addr (Int32.lognot (mask n))
    let network_address (addr, n) host = Int32.logor (network (addr, n)) (Int32.logand host (Int32.lognot (mask n)))
    let mem addr (network, n) = Int32.equal (Int32.logand addr (mask n)) (Int32.logand network (mask n))
    let subset ~subnet:(addr, n) ~network:((_, m) as network) = n >= m && mem addr network

    (* Networks of one or two addresses have no address of their own and none for broadcasts (RFC 3021). *)
    let first ((_, n) as p) = if n >= 31 then network p else Int32.succ (network p)
    let last ((_, n) as p) = if n >= 31 then broadcast p else Int32.pred (broadcast p)

    let of_string_raw text at =
      let addr = of_string_raw text at in
      expect text at '/';
      let n = number 10 text at in
      if n > 32 then parse_error "invalid prefix size" text;
      (addr, n)

    let of_string_exn text = whole of_string_raw text
    let of_string text = message_of of_string_exn text
    let show = to_string
    let to_string (addr, n) = Printf.sprintf "%s/%d" (to_string addr) n
    let to_buffer b p = Buffer.add_string b (to_string p)
    let pp ppf p = Format.pp_print_string ppf (to_string p)

    let of_netmask_exn ~netmask ~address =
      let rec find n = if n > 32 then parse_error "invalid netmask" (show netmask) else if Int32.equal (mask n) netmask then n else find (n + 1) in
      (address, find 0)

    let of_netmask ~netmask ~address = message_of (fun netmask -> of_netmask_exn ~netmask ~address) netmask

    let rec from_to a b () = if Int32.unsigned_compare a b > 0 then Seq.Nil else Seq.Cons (a, if Int32.equal a b then Seq.empty else from_to (Int32.succ a) b)
    let hosts ?(usable = true) p = if usable then from_to (first p) (last p) else from_to (network p) (broadcast p)

    let subnets n ((_, m) as p) =
      if n < m || n > 32 then Seq.empty
      else
        let size = Int32.shift_left 1l (32 - n) in
        let last = Int32.logand (broadcast p) (mask n) in
        let rec from a () = Seq.Cons ((a, n), if Int32.equal a last then Seq.empty else from (Int32.add a size)) in
        from (network p)

    let v a b c d n = (Int32.of_int ((a lsl 24) lor (b lsl 16) lor (c lsl 8) lor d), n)
    let global = v 0 0 0 0 0
    let relative = v 0 0 0 0 8
    let loopback = v 127 0 0 0 8
    let link = v 169 254 0 0 16
    let multicast = v 224 0 0 0 4
    let multicast_org = v 239 192 0 0 14
    let multicast_admin = v 239 255 0 0 16
    let multicast_link = v 224 0 0 0 24
    let private_10 = v 10 0 0 0 8
    let private_172 = v 172 16 0 0 12
    let private_192 = v 192 168 0 0 16
    let private_blocks = [ loopback; link; private_10; private_172; private_192 ]
  end

  (* RFC 2365 for multicast addresses. *)
  let scope t =
    let is_in prefix = Prefix.mem t prefix in
    if Int32.equal t any then Point
    else if Int32.equal t broadcast || is_in Prefix.relative then Admin
    else if is_in Prefix.loopback then Interface
    else if is_in Prefix.link || is_in Prefix.multicast_link then Link
    else if is_in Prefix.multicast_admin then Admin
    else if List.exists is_in [ Prefix.multicast_org; Prefix.private_10; Prefix.private_172; Prefix.private_192 ] then Organization
    else Global

  let is_global t = scope t = Global
  let is_multicast t = Prefix.mem t Prefix.multicast
  let is_private t = scope t <> Global
end

module V6 = struct
  (* Sixteen octets. *)
  type t = string

  let compare = String.compare
  let component t i = String.get_uint16_be t (2 * i)

  let of_components components =
    let b = Bytes.create 16 in
    List.iteri (fun i v -> Bytes.set_uint16_be b (2 * i) (v land 0xffff)) components;
    Bytes.to_string b

  let make a b c d e f g h = of_components [ a; b; c; d; e; f; g; h ]
  let of_int16 (a, b, c, d, e, f, g, h) = make a b c d e f g h

  let to_int16 t =
    let c = component t in
    (c 0, c 1, c 2, c 3, c 4, c 5, c 6, c 7)

  let of_int32 (a, b, c, d) =
    let octets = Bytes.create 16 in
    List.iteri (fun i v -> Bytes.set_int32_be octets (4 * i) v) [ a; b; c; d ];
    Bytes.to_string octets

  let to_int32 t = (String.get_int32_be t 0, String.get_int32_be t 4, String.get_int32_be t 8, String.get_int32_be t 12)

  let of_int64 (a, b) =
    let octets = Bytes.create 16 in
    Bytes.set_int64_be octets 0 a;
    Bytes.set_int64_be octets 8 b;
    Bytes.to_string octets

  let to_int64 t = (String.get_int64_be t 0, String.get_int64_be t 8)

  (* {2 Text} (RFC 4291, 2.2; RFC 5952) *)

  let is_hex text i = i < String.length text && Option.is_some (digit 16 text.[i])
  let is_char text i c = i < String.length text && text.[i] = c

  let components_of_string text at =
    (* The components read, last first; where among them the double colon stood. *)
    let rec after_colon found gap =
      let start = !at in
      let value = number 16 text at in
      if is_char text !at '.' && List.length found <= 6 then begin
        at := start;
        let high, low = V4.to_int16 (V4.of_string_raw text at) in
        (low :: high :: found, gap)
      end
      else begin
        let found = value :: found in
        let count = List.length found in
        let room = if gap = None then 8 else 7 in
        if is_char text !at ':' && count < room then
          if is_char text (!at + 1) ':' then
            if gap = None then begin
              at := !at + 2;
              after_gap found (Some count)
            end
            else fail_at text !at
          else begin
            incr at;
            after_colon found gap
          end
        else if is_char text !at ':' && count = 7 && gap = None && is_char text (!at + 1) ':' then begin
          at := !at + 2;
          (found, Some count)
        end
        else (found, gap)
      end
    and after_gap found gap = if is_hex text !at then after_colon found gap else (found, gap) in
    if is_char text !at ':' then begin
      incr at;
      expect text at ':';
      after_gap [] (Some 0)
    end
    else if is_hex text !at then after_colon [] None
    else parse_error "not enough data" text

  let of_bare_string text at =
    let found, gap = components_of_string text at in
    let count = List.length found in
    let components = List.rev found in
    let components =
      match gap with
      | Some position ->
          List.filteri (fun i _ -> i < position) components
          @ List.init (8 - count) (fun _ -> 0)
          @ List.filteri (fun i _ -> i >= position) components
      | None when count < 8 -> fail_at text !at
      | None -> components
    in
    (* Which component is meant is told by its place from the end when there was a gap before it. *)
    List.iteri (fun i v -> if v > 0xffff then parse_error (Printf.sprintf "component %d out of bounds" i) text) components;
    of_components components

  let of_string_raw text at =
    if is_char text !at '[' then begin
      incr at;
      let t = of_bare_string text at in
      expect text at ']';
      t
    end
    else of_bare_string text at

  let of_string_exn text = whole of_string_raw text
  let of_string text = message_of of_string_exn text
  let with_port_of_string ~default text = message_of (with_port of_string_raw ~default) text

  let is_v4_mapped t = String.equal (String.sub t 0 12) "\000\000\000\000\000\000\000\000\000\000\255\255"

  (* The longest run of zero components, the first of them if there are several, if it is longer than one: where and how long. *)
  let longest_zeros t =
    let rec length i = if i < 8 && component t i = 0 then 1 + length (i + 1) else 0 in
    let rec go i ((_, best) as found) = if i = 8 then found else go (i + 1) (if length i > best then (i, length i) else found) in
    match go 0 (-1, 1) with -1, _ -> None | found -> Some found

  let to_buffer b t =
    if is_v4_mapped t then begin
      Buffer.add_string b "::ffff:";
      V4.to_buffer b (String.get_int32_be t 12)
    end
    else begin
      let zeros = longest_zeros t in
      let rec print i separated =
        match zeros with
        | Some (start, length) when i = start ->
            Buffer.add_string b "::";
            print (i + length) true
        | _ ->
            if i < 8 then begin
              if not separated then Buffer.add_char b ':';
              Printf.bprintf b "%x" (component t i);
              print (i + 1) false
            end
      in
      print 0 true
    end

  let to_string t =
    let b = Buffer.create 40 in
    to_buffer b t;
    Buffer.contents b

  let pp ppf t = Format.pp_print_string ppf (to_string t)

  (* {2 Octets} *)

  let of_octets_exn ?(off = 0) octets =
    if off < 0 || off > String.length octets - 16 then parse_error "not enough data" octets;
    String.sub octets off 16

  let of_octets ?off octets = message_of (of_octets_exn ?off) octets

  let write_octets_exn ?(off = 0) t b =
    if off < 0 || off > Bytes.length b - 16 then parse_error "not enough data" (Bytes.to_string b);
    Bytes.blit_string t 0 b off 16

  let write_octets ?off t b = message_of (write_octets_exn ?off t) b
  let to_octets t = t

  (* {2 Other kinds of names} *)

  (* RFC 2464, 7 *)
  let multicast_to_mac t = Macaddr.of_octets_exn ("\x33\x33" ^ String.sub t 12 4)

  (* The interface identifier made of an Ethernet address (RFC 4291, appendix A). *)
  let link_address_of_mac mac =
    let m = Macaddr.to_octets mac in
    let first = Char.chr (Char.code m.[0] lxor 2) in
    "\xfe\x80\000\000\000\000\000\000" ^ String.make 1 first ^ String.sub m 1 2 ^ "\xff\xfe" ^ String.sub m 3 3

  let reverse_zone = [ "ip6"; "arpa" ]
  let nibble t i = (Char.code t.[i / 2] lsr if i land 1 = 0 then 4 else 0) land 15

  let to_domain_name t =
    let labels = List.init 32 (fun i -> Printf.sprintf "%x" (nibble t (31 - i))) in
    Domain_name.host_exn (Domain_name.of_strings_exn (labels @ reverse_zone))

  let of_domain_name name =
    let labels = Domain_name.to_strings (Domain_name.canonical name) in
    if List.length labels <> 34 || List.filteri (fun i _ -> i >= 32) labels <> reverse_zone then None
    else
      let digits = List.rev (List.filteri (fun i _ -> i < 32) labels) in
      if not (List.for_all (fun s -> String.length s = 1 && Option.is_some (digit 16 s.[0])) digits) then None
      else
        let value i = Option.get (digit 16 (List.nth digits i).[0]) in
        Some (String.init 16 (fun i -> Char.chr ((value (2 * i) lsl 4) lor value ((2 * i) + 1))))

  (* {2 Bits} *)

  let map2 f a b = String.init 16 (fun i -> Char.chr (f (Char.code a.[i]) (Char.code b.[i]) land 0xff))
  let logand = map2 ( land )
  let logor = map2 ( lor )
  let lognot t = String.map (fun c -> Char.chr (lnot (Char.code c) land 0xff)) t

  (* One more or less, wrapping around. *)
  let step delta t =
    let b = Bytes.of_string t in
    let rec go i =
      if i >= 0 then begin
        let v = Char.code t.[i] + delta in
        Bytes.set b i (Char.chr (v land 0xff));
        if v land lnot 0xff <> 0 then go (i - 1)
      end
    in
    go 15;
    Bytes.to_string b

  let lowest = String.make 16 '\000'
  let highest = String.make 16 '\255'
  let succ t = if String.equal t highest then Error (`Msg "Ipaddr: highest address has been reached") else Ok (step 1 t)
  let pred t = if String.equal t lowest then Error (`Msg "Ipaddr: lowest address has been reached") else Ok (step (-1) t)

  (* {2 Well-known addresses} *)

  let unspecified = lowest
  let localhost = make 0 0 0 0 0 0 0 1
  let interface_nodes = make 0xff01 0 0 0 0 0 0 1
  let link_nodes = make 0xff02 0 0 0 0 0 0 1
  let interface_routers = make 0xff01 0 0 0 0 0 0 2
  let link_routers = make 0xff02 0 0 0 0 0 0 2
  let site_routers = make 0xff05 0 0 0 0 0 0 2

  module Ordered = struct
    type nonrec t = t

    let compare = compare
  end

  module Set = Set.Make (Ordered)
  module Map = Map.Make (Ordered)

  module Prefix = struct
    type addr = t
    type t = addr * int

    let compare (a, m) (b, n) = match compare a b with 0 -> Int.compare m n | c -> c

    let mask n : addr =
      let n = max 0 (min 128 n) in
      String.init 16 (fun i -> Char.chr (0xff lsl (8 - max 0 (min 8 (n - (8 * i)))) land 0xff))

    let make n addr = (addr, n)
    let of_addr addr = (addr, 128)
    let bits (_, n) = n
    let address (addr, _) = addr
    let netmask (_, n) = mask n
    let network (addr, n) = logand addr (mask n)
    let prefix p = (network p, bits p)
    let network_address (addr, n) host = logor (network (addr, n)) (logand host (lognot (mask n)))
    let mem addr (network, n) = String.equal (logand addr (mask n)) (logand network (mask n))
    let subset ~subnet:(addr, n) ~network:((_, m) as network) = n >= m && mem addr network
    let highest (addr, n) = logor addr (lognot (mask n))

    (* The first address is the routers' (RFC 4291, 2.6.1), except in networks of one or two (RFC 6164). *)
    let first ((_, n) as p) = if n >= 127 then network p else step 1 (network p)
    let last = highest

    let of_string_raw text at =
      let addr = of_string_raw text at in
      expect text at '/';
      let n = number 10 text at in
      if n > 128 then parse_error "invalid prefix size" text;
      (addr, n)

    let of_string_exn text = whole of_string_raw text
    let of_string text = message_of of_string_exn text

    let to_buffer b (addr, n) =
      to_buffer b addr;
      Printf.bprintf b "/%d" n

    let show = to_string
    let to_string (addr, n) = Printf.sprintf "%s/%d" (to_string addr) n
    let pp ppf p = Format.pp_print_string ppf (to_string p)

    let of_netmask_exn ~netmask ~address =
      let rec find n = if n > 128 then parse_error "invalid netmask" (show netmask) else if String.equal (mask n) netmask then n else find (n + 1) in
      (address, find 0)

    let of_netmask ~netmask ~address = message_of (fun netmask -> of_netmask_exn ~netmask ~address) netmask
    let rec from_to a b () = Seq.Cons (a, if String.equal a b then Seq.empty else from_to (step 1 a) b)
    let hosts ?(usable = true) p = if usable then from_to (first p) (last p) else from_to (network p) (highest p)

    let subnets n ((_, m) as p) =
      if n < m || n > 128 then Seq.empty
      else
        let last = logand (highest p) (mask n) in
        (* The next subnet begins behind the highest address of this one. *)
        let rec from a () = Seq.Cons ((a, n), if String.equal a last then Seq.empty else from (step 1 (highest (a, n)))) in
        from (network p)

    let global_unicast_001 = of_string_exn "2000::/3"
    let unique_local = of_string_exn "fc00::/7"
    let link = of_string_exn "fe80::/64"
    let multicast = of_string_exn "ff00::/8"
    let ipv4_mapped = of_string_exn "::ffff:0:0/96"
    let noneui64_interface = of_string_exn "::/3"
    let solicited_node = of_string_exn "ff02::1:ff00:0/104"
  end

  let is_multicast t = Prefix.mem t Prefix.multicast

  (* RFC 4291, 2.7 for multicast addresses. *)
  let scope t =
    if String.equal t localhost then Interface
    else if String.equal t unspecified then Point
    else if Prefix.mem t Prefix.link then Link
    else if is_v4_mapped t then V4.scope (String.get_int32_be t 12)
    else if is_multicast t then
      match Char.code t.[1] land 15 with
      | 0 -> Point
      | 1 -> Interface
      | 2 | 3 -> Link
      | 4 -> Admin
      | 5 | 6 | 7 -> Site
      | 14 | 15 -> Global
      | _ -> Organization
    else Global

  let is_global t = scope t = Global
  let is_private t = scope t <> Global
end

(* {1 Both versions} *)

type ('v4, 'v6) v4v6 = V4 of 'v4 | V6 of 'v6
type t = (V4.t, V6.t) v4v6

let fold ~v4 ~v6 = function V4 a -> v4 a | V6 a -> v6 a
let v4 a = V4 a
let v6 a = V6 a

let compare a b =
  match (a, b) with V4 a, V4 b -> V4.compare a b | V6 a, V6 b -> V6.compare a b | V4 _, V6 _ -> -1 | V6 _, V4 _ -> 1

let to_string t = fold ~v4:V4.to_string ~v6:V6.to_string t
let to_buffer b t = fold ~v4:(V4.to_buffer b) ~v6:(V6.to_buffer b) t
let pp ppf t = Format.pp_print_string ppf (to_string t)

(* Reads the one or the other; when both fail, says why for each. *)
let either kind read4 read6 text at =
  let start = !at in
  try V4 (read4 text at)
  with Parse_error (message4, _) -> (
    at := start;
    try V6 (read6 text at)
    with Parse_error (message6, _) ->
      parse_error
        (if String.equal text "" then message4
         else Printf.sprintf "not an IPv4 %s: %s\nnot an IPv6 %s: %s" kind message4 kind message6)
        text)

let of_string_raw text at = either "address" V4.of_string_raw V6.of_string_raw text at
let of_string_exn text = whole of_string_raw text
let of_string text = message_of of_string_exn text
let with_port_of_string ~default text = message_of (with_port of_string_raw ~default) text
let v6_of_v4 a = V6.of_octets_exn ("\000\000\000\000\000\000\000\000\000\000\255\255" ^ V4.to_octets a)
let v4_of_v6 a = if V6.is_v4_mapped a then Some (V4.of_octets_exn ~off:12 (V6.to_octets a)) else None
let to_v4 = function V4 a -> Some a | V6 a -> v4_of_v6 a
let to_v6 = function V4 a -> v6_of_v4 a | V6 a -> a
let address_to_v6 = to_v6
let scope t = fold ~v4:V4.scope ~v6:V6.scope t
let is_global t = scope t = Global
let is_multicast t = fold ~v4:V4.is_multicast ~v6:V6.is_multicast t
let is_private t = scope t <> Global
let multicast_to_mac t = fold ~v4:V4.multicast_to_mac ~v6:V6.multicast_to_mac t
let to_domain_name t = fold ~v4:V4.to_domain_name ~v6:V6.to_domain_name t

let of_domain_name name =
  match V4.of_domain_name name with Some a -> Some (V4 a) | None -> Option.map v6 (V6.of_domain_name name)

let succ t = fold ~v4:(fun a -> Result.map v4 (V4.succ a)) ~v6:(fun a -> Result.map v6 (V6.succ a)) t
let pred t = fold ~v4:(fun a -> Result.map v4 (V4.pred a)) ~v6:(fun a -> Result.map v6 (V6.pred a)) t

let of_octets_exn octets =
  match String.length octets with
  | 4 -> V4 (V4.of_octets_exn octets)
  | 16 -> V6 (V6.of_octets_exn octets)
  | _ -> parse_error "an address has 4 or 16 octets" octets

let of_octets octets = message_of of_octets_exn octets
let to_octets t = fold ~v4:V4.to_octets ~v6:V6.to_octets t

module Ordered = struct
  type nonrec t = t

  let compare = compare
end

module Set = Set.Make (Ordered)
module Map = Map.Make (Ordered)

module Prefix = struct
  type addr = t
  type t = (V4.Prefix.t, V6.Prefix.t) v4v6

  let compare a b =
    match (a, b) with
    | V4 a, V4 b -> V4.Prefix.compare a b
    | V6 a, V6 b -> V6.Prefix.compare a b
    | V4 _, V6 _ -> -1
    | V6 _, V4 _ -> 1

  let to_string t = fold ~v4:V4.Prefix.to_string ~v6:V6.Prefix.to_string t
  let to_buffer b t = fold ~v4:(V4.Prefix.to_buffer b) ~v6:(V6.Prefix.to_buffer b) t
  let pp ppf t = Format.pp_print_string ppf (to_string t)
  let of_string_raw text at = either "prefix" V4.Prefix.of_string_raw V6.Prefix.of_string_raw text at
  let of_string_exn text = whole of_string_raw text
  let of_string text = message_of of_string_exn text
  let v6_of_v4 p = V6.Prefix.make (96 + V4.Prefix.bits p) (v6_of_v4 (V4.Prefix.address p))

  let v4_of_v6 p =
    if V6.Prefix.bits p < 96 then None
    else Option.map (V4.Prefix.make (V6.Prefix.bits p - 96)) (v4_of_v6 (V6.Prefix.address p))

  let to_v4 = function V4 p -> Some p | V6 p -> v4_of_v6 p
  let to_v6 = function V4 p -> v6_of_v4 p | V6 p -> p

  (* An address of the other version counts as the address that it is mapped to. *)
  let mem addr t =
    match (addr, t) with
    | V4 a, V4 p -> V4.Prefix.mem a p
    | _ -> V6.Prefix.mem (address_to_v6 addr) (to_v6 t)

  let subset ~subnet ~network =
    match (subnet, network) with
    | V4 subnet, V4 network -> V4.Prefix.subset ~subnet ~network
    | _ -> V6.Prefix.subset ~subnet:(to_v6 subnet) ~network:(to_v6 network)

  let of_addr a = fold ~v4:(fun a -> V4 (V4.Prefix.of_addr a)) ~v6:(fun a -> V6 (V6.Prefix.of_addr a)) a
  let address t = fold ~v4:(fun p -> V4 (V4.Prefix.address p)) ~v6:(fun p -> V6 (V6.Prefix.address p)) t
  let bits t = fold ~v4:V4.Prefix.bits ~v6:V6.Prefix.bits t
  let network t = fold ~v4:(fun p -> V4 (V4.Prefix.network p)) ~v6:(fun p -> V6 (V6.Prefix.network p)) t
  let netmask t = fold ~v4:(fun p -> V4 (V4.Prefix.netmask p)) ~v6:(fun p -> V6 (V6.Prefix.netmask p)) t
  let first t = fold ~v4:(fun p -> V4 (V4.Prefix.first p)) ~v6:(fun p -> V6 (V6.Prefix.first p)) t
  let last t = fold ~v4:(fun p -> V4 (V4.Prefix.last p)) ~v6:(fun p -> V6 (V6.Prefix.last p)) t
  let hosts ?usable t = fold ~v4:(fun p -> V4 (V4.Prefix.hosts ?usable p)) ~v6:(fun p -> V6 (V6.Prefix.hosts ?usable p)) t
  let subnets n t = fold ~v4:(fun p -> V4 (V4.Prefix.subnets n p)) ~v6:(fun p -> V6 (V6.Prefix.subnets n p)) t
end
