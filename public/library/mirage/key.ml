(* The configure-time keys of MirageOS. *)

include Functoria.Key

type mode_unix = [ `Unix | `MacOSX ]
type mode_xen = [ `Xen | `Qubes ]
type mode_solo5 = [ `Hvt | `Spt | `Virtio | `Muen | `Genode ]
type mode_unikraft = [ `Firecracker | `QEMU ]
type mode = [ mode_unix | mode_xen | mode_solo5 | mode_unikraft ]

module Modes = struct
  let all : (string * mode) list =
  [
    ("unix", `Unix);
    ("macosx", `MacOSX);
    ("xen", `Xen);
    ("virtio", `Virtio);
    ("hvt", `Hvt);
    ("muen", `Muen);
    ("qubes", `Qubes);
    ("genode", `Genode);
    ("spt", `Spt);
    ("unikraft-firecracker", `Firecracker);
    ("unikraft-qemu", `QEMU);
  ]
end

let name_of_mode mode = fst (List.find (fun (_, other) -> other = mode) Modes.all)
let pp_target ppf mode = Format.pp_print_string ppf (name_of_mode mode)

let target =
  let doc = "The target: " ^ Cmdliner.Arg.doc_alts_enum Modes.all ^ "." in
  Described.create (List.map fst Modes.all) "target" Arg.(opt (Cmdliner.Arg.enum Modes.all) `Unix (info ~docv:"TARGET" ~doc [ "t"; "target" ]))

let is_mode family = map family (value target)
let is_unix = is_mode (function #mode_unix -> true | #mode_xen | #mode_solo5 | #mode_unikraft -> false)
let is_solo5 = is_mode (function #mode_solo5 -> true | #mode_unix | #mode_xen | #mode_unikraft -> false)
let is_xen = is_mode (function #mode_xen -> true | #mode_unix | #mode_solo5 | #mode_unikraft -> false)
let is_unikraft = is_mode (function #mode_unikraft -> true | #mode_unix | #mode_xen | #mode_solo5 -> false)

(* A group's key is made once: whoever asks for it depends on the same one. *)
let grouped make =
  let made = Hashtbl.create 7 in
  fun ?(group = "") () ->
    match Hashtbl.find_opt made group with
    | Some key -> key
    | None ->
        let key = make (if group = "" then Fun.id else fun name -> group ^ "-" ^ name) (if group = "" then "the unikernel" else "the group " ^ group) in
        Hashtbl.add made group key;
        key

let choice name choices default doc =
  let doc = Printf.sprintf "%s: %s." doc (Cmdliner.Arg.doc_alts_enum choices) in
  Described.create (List.map fst choices) name Arg.(opt (Cmdliner.Arg.enum choices) default (info ~doc [ name ]))

let kv_ro =
  grouped (fun name whose -> choice (name "kv_ro") [ ("crunch", `Crunch); ("direct", `Direct) ] `Crunch ("How the files of " ^ whose ^ " are stored"))

let block =
  let choices = [ ("xenstore", `XenstoreId); ("file", `BlockFile); ("ramdisk", `Ramdisk) ] in
  grouped (fun name whose -> choice (name "block") choices `Ramdisk ("What is behind the disk of " ^ whose))

let flag name doc = create name Arg.(flag (info ~doc [ name ]))
let no_dhcp = grouped (fun name whose -> flag (name "no-dhcp") ("Give " ^ whose ^ " a fixed address instead of one by DHCP."))
let utcp = grouped (fun name whose -> flag (name "utcp") ("Use the TCP implementation uTCP for " ^ whose ^ "."))

let net =
  let choices = [ ("host", `Host); ("socket", `Host); ("ocaml", `OCaml); ("direct", `OCaml) ] in
  grouped (fun name whose ->
      let name = name "net" in
      let doc = Printf.sprintf "The network stack of %s: $(b,host), the operating system's sockets, or $(b,ocaml)." whose in
      Described.create (List.map fst choices) name Arg.(opt (Cmdliner.Arg.some (Cmdliner.Arg.enum choices)) None (info ~doc [ name ])))
