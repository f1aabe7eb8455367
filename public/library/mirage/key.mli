(** The configure-time keys of MirageOS. *)

include module type of struct
  include Functoria.Key
end

type mode_unix = [ `Unix | `MacOSX ]
type mode_xen = [ `Xen | `Qubes ]
type mode_solo5 = [ `Hvt | `Spt | `Virtio | `Muen | `Genode ]
type mode_unikraft = [ `Firecracker | `QEMU ]
type mode = [ mode_unix | mode_xen | mode_solo5 | mode_unikraft ]

(** By their names on the command line. *)
module Modes : sig
  val all : (string * mode) list
end

(** [-t], [--target]. *)
val target : mode key

val pp_target : mode Fmt.t
val is_unix : bool value
val is_solo5 : bool value
val is_xen : bool value
val is_unikraft : bool value

(** {1 Keys of groups} A group's name is a prefix of the option's: [--in-net]. *)

(** [--kv_ro]. *)
val kv_ro : ?group:string -> unit -> [ `Crunch | `Direct ] key

(** [--block]. *)
val block : ?group:string -> unit -> [ `XenstoreId | `BlockFile | `Ramdisk ] key

(** [--no-dhcp]. *)
val no_dhcp : ?group:string -> unit -> bool key

(** [--utcp]. *)
val utcp : ?group:string -> unit -> bool key

(** [--net]. *)
val net : ?group:string -> unit -> [ `OCaml | `Host ] option key
