(* What mirage-crypto-rng 0.10 has in C: the processor's clock and generator. The generator is the platform's, as for the project's own
   generators. *)

external platform_entropy : bytes -> int -> int -> int = "morgana_platform_entropy"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

let detect () = () [@@primitive "mc_entropy_detect"]
let cycles () = Int64.to_int (monotonic_ns ()) [@@primitive "mc_cycle_counter"]

(** Which instructions there are: RDRAND is 1, RDSEED 2. The platform chooses, and has a number or 0 for either. *)
let kind () = 3 [@@primitive "mc_cpu_rng_type"]

(* Fills up [b] from [off] on; whether there was enough. *)
let rec fill b off =
  off = Bytes.length b || match platform_entropy b off (Bytes.length b - off) with n when n > 0 -> fill b (off + n) | _ -> false

let word = Bytes.create 8
let draw () = if fill word 0 then Int64.to_int (Bytes.get_int64_ne word 0) else 0
let rdrand () = draw () [@@primitive "mc_cpu_rdrand"]
let rdseed () = draw () [@@primitive "mc_cpu_rdseed"]

(** So many bytes into a buffer. Raises [Failure] where the platform has none. *)
let getrandom buffer n =
  let b = Bytes.create n in
  if not (fill b 0) then failwith "the platform has no random numbers to give";
  Crypto_memory.write b 0 buffer 0 n
[@@primitive "mc_getrandom"]
