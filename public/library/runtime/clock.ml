(* Clocks for ordinary code: the platform's words as boxed integers. *)

open Raw

external platform_monotonic : unit -> word = "morgana_platform_monotonic_ns"
external platform_wall : unit -> word = "morgana_platform_wall_ns"
external platform_processor : unit -> word = "morgana_platform_processor_ns"
external platform_wait : word -> bool -> bool = "morgana_platform_wait"
external platform_time_zone : unit -> word = "morgana_platform_time_zone"
external box : word -> int64 = "%int64_of_nativeint"
external unbox : int64 -> word = "%int64_to_nativeint"
external float_of_int : int -> float = "%floatofint"
external ( /. ) : float -> float -> float = "%divfloat"

let monotonic (_ : unit) : int64 = box (platform_monotonic ()) [@@primitive "morgana_monotonic_ns"]
let wall (_ : unit) : int64 = box (platform_wall ()) [@@primitive "morgana_wall_ns"]

(** Offset of the local time from UTC in seconds; [min_int] when unknown. *)
let time_zone (_ : unit) : int = to_int (platform_time_zone ()) [@@primitive "morgana_time_zone_offset"]

(** Waits until the monotonic clock shows so many nanoseconds (negative: for ever) or, if wanted, the console has input;
    tells whether it has. *)
let wait (deadline : int64) (want_input : bool) : bool = platform_wait (unbox deadline) want_input [@@primitive "morgana_wait"]

let processor_time (_ : unit) : float = float_of_int (to_int (platform_processor ())) /. 1e9 [@@primitive "caml_sys_time"]
let unix_time (_ : unit) : float = float_of_int (to_int (platform_wall ())) /. 1e9 [@@primitive "unix_gettimeofday"]
