(* Disks and key-value stores. *)

open Functoria.DSL
open Base

let quoted = Printf.sprintf "%S"
let ( $$ ) = Impl.( $ )
let connect_all = Network.connect_all

(* {1 Disks} *)

type block = Block

let block = named "block" (typ Block)
let target_keys = [ Key.v Key.target ]

let block_packages =
  Key.match_ (Key.value Key.target) (function
    | #Key.mode_unix -> [ package "mirage-block-unix" ~min:"2.14.2" ~max:"3.0.0" ]
    | #Key.mode_xen -> [ package "mirage-block-xen" ~min:"2.0.0" ~max:"3.0.0" ~sublibs:[ "front" ] ]
    | #Key.mode_solo5 -> [ package "mirage-block-solo5" ~min:"0.8.0" ~max:"0.9.0" ]
    | #Key.mode_unikraft -> [ package "mirage-block-unikraft" ~min:"1.0.0" ~max:"2.0.0" ])

(* Xen numbers its disks: the n-th that a configuration names is the n-th of the machine (51712 is xvda, 16 apart). *)
let disks : (string, int) Hashtbl.t = Hashtbl.create 7

let disk_number name =
  match Hashtbl.find_opt disks name with
  | Some n -> n
  | None ->
      let n = Hashtbl.length disks in
      Hashtbl.add disks name n;
      n

let file_device name =
  let number = disk_number name in
  let connect info modname _ =
    match Functoria.Info.get info Key.target with
    | #Key.mode_xen -> code ~pos:__POS__ "%s.connect %S" modname (string_of_int (51712 + (16 * number)))
    | `Muen -> failwith "Block devices are not supported on the target muen."
    | _ -> code ~pos:__POS__ "%s.connect %S" modname name
  in
  device ~packages_v:block_packages ~keys:target_keys ~connect "Block" block

let xenstore_device id =
  let connect info modname _ =
    match Functoria.Info.get info Key.target with
    | #Key.mode_xen -> code ~pos:__POS__ "%s.connect %S" modname id
    | mode -> failwith (Fmt.str "XenStore identifiers of block devices do not exist on the target %a." Key.pp_target mode)
  in
  device ~packages_v:block_packages ~keys:target_keys ~connect "Block" block

let ramdisk_device name =
  let connect _ modname _ = code ~pos:__POS__ "%s.connect ~name:%S" modname name in
  device ~packages:[ package "mirage-block-ramdisk" ~min:"0.5" ] ~connect "Ramdisk" block

let block_of_file name = Impl.made "block_of_file" ~parameters:[ positional (quoted name) ] (file_device name)
let block_of_xenstore_id id = Impl.made "block_of_xenstore_id" ~parameters:[ positional (quoted id) ] (xenstore_device id)
let ramdisk name = Impl.made "ramdisk" ~parameters:[ positional (quoted name) ] (ramdisk_device name)

let generic_block ?group:g ?key name =
  let choice = match key with Some value -> value | None -> Key.value (Key.block ?group:g ()) in
  Impl.made "generic_block" ~parameters:(group g @ unwritable "key" key @ [ positional (quoted name) ])
    (Impl.match_ choice ~default:(ramdisk_device name) [ (`XenstoreId, xenstore_device name); (`BlockFile, file_device name) ])

let ccm_block ?nonce_len key underlying =
  let connect _ modname = function
    | [ block; key ] ->
        let nonce_len = match nonce_len with None -> "" | Some n -> Printf.sprintf " ~nonce_len:%s" (Written.int n) in
        code ~pos:__POS__
          "(let key = match %s with None -> failwith \"the disk is encrypted: a key is needed\" | Some key -> if String.length key > 2 && \
           String.sub key 0 2 = \"0x\" then String.sub key 2 (String.length key - 2) else key in %s.connect%s ~key:(Cstruct.of_hex key) %s)"
          key modname nonce_len block
    | _ -> connect_err "ccm_block" 2
  in
  let parameters = given "nonce_len" Written.int nonce_len @ [ positional (argument_text key) ] in
  let ccm =
    device ~packages:[ package "mirage-block-ccm" ~min:"2.0.0" ~max:"3.0.0" ] ~runtime_args:[ Runtime_arg.v key ] ~connect "Block_ccm.Make" (block @-> block)
  in
  Impl.made "ccm_block" ~parameters ~inputs:[ dep underlying ] (ccm $$ underlying)

(* {1 Stores that are read} *)

type kv_ro = Kv_ro

let kv_ro = named "kv_ro" (typ Kv_ro)

(* The module that holds a folder's files: the letters and digits of its name are kept. *)
let crunched_module folder =
  "Static_" ^ String.lowercase_ascii (String.map (function ('a' .. 'z' | 'A' .. 'Z' | '0' .. '9') as c -> c | _ -> '_') folder)

(* By module: what was crunched. *)
let crunched : (string * string) list ref = ref []

let crunch_device folder =
  let name = crunched_module folder in
  let rec free name = match List.assoc_opt name !crunched with Some other when other <> folder -> free (name ^ "_") | _ -> name in
  let name = free name in
  if not (List.mem_assoc name !crunched) then crunched := (name, folder) :: !crunched;
  let connect _ modname _ = code ~pos:__POS__ "%s.connect ()" modname in
  let packages = [ package "mirage-kv" ~min:"6.1.1" ~max:"7.0.0"; package "crunch" ~min:"4.0.0" ~max:"5.0.0" ~build:true ~scope:`Switch ] in
  device ~packages ~connect name kv_ro

let unix_folder_package = package "mirage-kv-unix" ~min:"4.0.0"

let folder_device folder t =
  let connect _ modname _ = code ~pos:__POS__ "%s.connect %S" modname folder in
  device ~packages:[ unix_folder_package ] ~connect "Mirage_kv_unix" t

let direct_device folder = Impl.if_ Key.is_unix (folder_device folder kv_ro) (crunch_device folder)
let crunch folder = Impl.made "crunch" ~parameters:[ positional (quoted folder) ] (crunch_device folder)
let direct_kv_ro folder = Impl.made "direct_kv_ro" ~parameters:[ positional (quoted folder) ] (direct_device folder)

let generic_kv_ro ?group:g ?key folder =
  let choice = match key with Some value -> value | None -> Key.value (Key.kv_ro ?group:g ()) in
  Impl.made "generic_kv_ro" ~parameters:(group g @ unwritable "key" key @ [ positional (quoted folder) ])
    (Impl.match_ choice ~default:(crunch_device folder) [ (`Direct, direct_device folder) ])

let tar = package "tar-mirage" ~min:"3.0.0" ~max:"4.0.0"
let tar_ro_device = device ~packages:[ tar ] ~connect:(connect_all "tar_kv_ro" 1) "Tar_mirage.Make_KV_RO" (block @-> kv_ro)
let tar_kv_ro block = Impl.made "tar_kv_ro" ~inputs:[ dep block ] (tar_ro_device $$ block)
let fat_device = device ~packages:[ package "fat-filesystem" ~min:"0.15.0" ] ~connect:(connect_all "fat_ro" 1) "Fat.KV_RO" (block @-> kv_ro)
let fat_ro block = Impl.made "fat_ro" ~inputs:[ dep block ] (fat_device $$ block)

let text_key name default doc = Key.create name Key.Arg.(opt Cmdliner.Arg.string default (info ~docv:"NAME" ~doc [ name ]))
let disk_name = text_key "disk-name" "docteur" "The name of the disk with the files."
let disk_output = text_key "disk-output" "disk.img" "The file of the disk's image."

let docteur ?(mode = `Fast) ?(name = disk_name) ?(output = disk_output) ?(analyze = Runtime_arg.Internal.analyze) ?branch ?extra_deps:(_ = ([] : string list)) remote =
  let connect info modname arguments =
    let disk = match Functoria.Info.get info Key.target with #Key.mode_unix -> Functoria.Info.get info output | _ -> Functoria.Info.get info name in
    match (mode, arguments) with
    | `Fast, [ analyze ] ->
        code ~pos:__POS__ "(%s.connect ~analyze:%s %S >|= function Ok t -> t | Error e -> failwith (Format.asprintf \"%%a\" %s.pp_error e))" modname analyze disk modname
    | `Light, [ _ ] -> code ~pos:__POS__ "(%s.connect %S >|= function Ok t -> t | Error e -> failwith (Format.asprintf \"%%a\" %s.pp_error e))" modname disk modname
    | _ -> connect_err "docteur" 1
  in
  let variant = match mode with `Fast -> "Fast" | `Light -> "Light" in
  let keys = [ Key.v Key.target; Key.v name; Key.v output ] in
  let on_unix = device ~packages:[ package "docteur-unix" ~min:"0.0.6" ] ~keys ~runtime_args:[ Runtime_arg.v analyze ] ~connect ("Docteur_unix." ^ variant) kv_ro in
  let on_solo5 = device ~packages:[ package "docteur-solo5" ~min:"0.0.6" ] ~keys ~runtime_args:[ Runtime_arg.v analyze ] ~connect ("Docteur_solo5." ^ variant) kv_ro in
  let parameters =
    (match mode with `Fast -> [] | `Light -> [ labelled "mode" "`Light" ]) @ given "branch" quoted branch @ [ positional (quoted remote) ]
  in
  Impl.made "docteur" ~parameters (Impl.if_ Key.is_unix on_unix on_solo5)

(* {1 Stores that are written} *)

type kv_rw = Kv_rw

let kv_rw = named "kv_rw" (typ Kv_rw)
let direct_kv_rw folder = Impl.made "direct_kv_rw" ~parameters:[ positional (quoted folder) ] (folder_device folder kv_rw)

let kv_rw_mem () =
  let connect _ modname _ = code ~pos:__POS__ "%s.connect ()" modname in
  Impl.made "kv_rw_mem" ~parameters:[ positional "()" ] (device ~packages:[ package "mirage-kv-mem" ~min:"4.0.0" ~max:"5.0.0" ] ~connect "Mirage_kv_mem" kv_rw)

let chamelon ~program_block_size block_impl =
  let connect _ modname = function
    | [ block; size ] ->
        code ~pos:__POS__ "(%s.connect ~program_block_size:%s %s >|= function Ok t -> t | Error e -> failwith (Format.asprintf \"%%a\" %s.pp_error e))" modname
          size block modname
    | _ -> connect_err "chamelon" 2
  in
  let kv =
    device ~packages:[ package "chamelon" ~min:"0.2.0" ~sublibs:[ "kv" ] ] ~runtime_args:[ Runtime_arg.v program_block_size ] ~connect "Kv.Make" (block @-> kv_rw)
  in
  Impl.made "chamelon" ~parameters:[ labelled "program_block_size" (argument_text program_block_size) ] ~inputs:[ dep block_impl ] (kv $$ block_impl)

let tar_rw_device = device ~packages:[ tar ] ~connect:(connect_all "tar_kv_rw" 1) "Tar_mirage.Make_KV_RW" (block @-> kv_rw)
let tar_kv_rw block = Impl.made "tar_kv_rw" ~inputs:[ dep block ] (tar_rw_device $$ block)
