(* Ethernet: frames and the signature of the layer. *)

module Packet = struct
  type proto = [ `ARP | `IPv4 | `IPv6 ]

  let pp_proto ppf = function
    | `ARP -> Fmt.string ppf "ARP"
    | `IPv4 -> Fmt.string ppf "IPv4"
    | `IPv6 -> Fmt.string ppf "IPv6"

  type t = { source : Macaddr.t; destination : Macaddr.t; ethertype : proto }

  let pp ppf t = Fmt.pf ppf "%a -> %a: %a" Macaddr.pp t.source Macaddr.pp t.destination pp_proto t.ethertype
  let equal a b = Macaddr.compare a.source b.source = 0 && Macaddr.compare a.destination b.destination = 0 && a.ethertype = b.ethertype
  let proto_to_int = function `ARP -> 0x0806 | `IPv4 -> 0x0800 | `IPv6 -> 0x86dd
  let int_to_proto = function 0x0806 -> Some `ARP | 0x0800 -> Some `IPv4 | 0x86dd -> Some `IPv6 | _ -> None

  (* Two addresses and the type. *)
  let sizeof_ethernet = 14

  let of_cstruct frame =
    if Cstruct.length frame < sizeof_ethernet then
      Error (Printf.sprintf "frame too small to contain a valid ethernet header: %d bytes" (Cstruct.length frame))
    else
      let ethertype = Cstruct.BE.get_uint16 frame 12 in
      match int_to_proto ethertype with
      | None -> Error (Printf.sprintf "unknown ethertype 0x%x in frame" ethertype)
      | Some ethertype ->
          let address off = Macaddr.of_octets_exn (Cstruct.to_string ~off ~len:6 frame) in
          Ok ({ destination = address 0; source = address 6; ethertype }, Cstruct.shift frame sizeof_ethernet)

  let fill t frame =
    Cstruct.blit_from_string (Macaddr.to_octets t.destination) 0 frame 0 6;
    Cstruct.blit_from_string (Macaddr.to_octets t.source) 0 frame 6 6;
    Cstruct.BE.set_uint16 frame 12 (proto_to_int t.ethertype)

  let into_cstruct t frame =
    if Cstruct.length frame < sizeof_ethernet then Error "frame too small to contain a valid ethernet header"
    else begin
      fill t frame;
      Ok ()
    end

  let make_cstruct t =
    let frame = Cstruct.create sizeof_ethernet in
    fill t frame;
    frame
end

type error = [ `Exceeds_mtu ]

let pp_error ppf = function `Exceeds_mtu -> Fmt.string ppf "exceeds MTU"

module type S = sig
  type nonrec error = private [> error ]

  val pp_error : error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t
  val write : t -> ?src:Macaddr.t -> Macaddr.t -> Packet.proto -> ?size:int -> (Cstruct.t -> int) -> (unit, error) result Lwt.t
  val mac : t -> Macaddr.t
  val mtu : t -> int

  val input :
    arpv4:(Cstruct.t -> unit Lwt.t) ->
    ipv4:(Cstruct.t -> unit Lwt.t) ->
    ipv6:(Cstruct.t -> unit Lwt.t) ->
    t ->
    Cstruct.t ->
    unit Lwt.t
end

let src = Logs.Src.create "ethernet" ~doc:"Ethernet"

module Log = (val Logs.src_log src : Logs.LOG)

module Make (Net : Mirage_net.S) = struct
  type nonrec error = [ error | `Net of Net.error ]

  let pp_error ppf = function `Exceeds_mtu as e -> pp_error ppf e | `Net e -> Net.pp_error ppf e

  type t = { net : Net.t }

  let connect net = Lwt.return { net }
  let disconnect _ = Lwt.return_unit
  let mac t = Net.mac t.net
  let mtu t = Net.mtu t.net

  let write t ?src destination ethertype ?size payload =
    let source = Option.value src ~default:(mac t) in
    let room = match size with None -> mtu t | Some size -> size in
    if room > mtu t || room < 0 then Lwt.return (Error `Exceeds_mtu)
    else
      let fill frame =
        Packet.fill { source; destination; ethertype } frame;
        Packet.sizeof_ethernet + payload (Cstruct.shift frame Packet.sizeof_ethernet)
      in
      Lwt.map (Result.map_error (fun e -> `Net e)) (Net.write t.net ~size:(Packet.sizeof_ethernet + room) fill)

  (* Frames for this interface, and for all or several, go to the layer above; a frame that claims to come from a group is dropped. *)
  let input ~arpv4 ~ipv4 ~ipv6 t frame =
    match Packet.of_cstruct frame with
    | Error reason ->
        Log.debug (fun m -> m "dropping a frame: %s" reason);
        Lwt.return_unit
    | Ok (header, payload) ->
        let destination = header.destination in
        let is_ours = Macaddr.compare destination (mac t) = 0 || not (Macaddr.is_unicast destination) in
        if not is_ours then Lwt.return_unit
        else (match header.ethertype with `ARP -> arpv4 | `IPv4 -> ipv4 | `IPv6 -> ipv6) payload
end
