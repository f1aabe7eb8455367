(* What mirage-crypto-rng 0.10 has in C: the processor's clock and generator. The generator is the platform's, as for the project's own
   generators. *)

external platform_entropy : bytes -> int -> int -> int = "morgana_platform_entropy"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

let detect () = () [@@primitive "mc_entropy_detect"]
let cycles () = Int64.to_int (monotonic_ns ()) [@@primitive "mc_cycle_counter"]

(** Which instructions there are: RDRAND is 1, RDSEED 2. The platform chooses, and has a number or 0 for either. *)
let kind () = 3 [@@primitive "mc_cpu_rng_type"]

let word = Bytes.create 8

let rec draw off = if off = 8 then Int64.to_int (Bytes.get_int64_ne word 0) else match platform_entropy word off (8 - off) with n when n > 0 -> draw (off + n) | _ -> 0

let rdrand () = draw 0 [@@primitive "mc_cpu_rdrand"]
let rdseed () = draw 0 [@@primitive "mc_cpu_rdseed"]
