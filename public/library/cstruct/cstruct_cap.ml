(* Cstruct with capabilities: they are in the types only. *)

type 'a rd = < rd : unit ; .. > as 'a
type 'a wr = < wr : unit ; .. > as 'a
type rdwr = < rd : unit ; wr : unit >
type ro = < rd : unit >
type wo = < wr : unit >

include Cstruct

type 'a t = Cstruct.t

let ro t = t
let wo t = t
let pp = hexdump_pp
let sub t ~off ~len = sub t off len
let blit src ~src_off dst ~dst_off ~len = blit src src_off dst dst_off len
let blit_from_string src ~src_off dst ~dst_off ~len = blit_from_string src src_off dst dst_off len
let blit_from_bytes src ~src_off dst ~dst_off ~len = blit_from_bytes src src_off dst dst_off len
let blit_to_bytes src ~src_off dst ~dst_off ~len = blit_to_bytes src src_off dst dst_off len
let of_string ?off ?len s = of_string ?off ?len s
let of_bytes ?off ?len b = of_bytes ?off ?len b
let unsafe_to_bigarray = to_bigarray
