(* Where entropy comes from: the processor's generator (or the kernel's, in a process) and, as a supplement, the jitter of time. *)

external platform_entropy : bytes -> int -> int -> int = "morgana_platform_entropy"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

type source = Rng.source

(* {1 Sources} *)

let registered : source list ref = ref []
let sources () = List.rev !registered

let register_source name =
  let source = (List.length !registered, name) in
  registered := source :: !registered;
  source

let id (id, _) = id
let pp_source ppf (id, name) = Format.fprintf ppf "[%d] %s" id name

(* What goes before data in a pool. *)
let header source data = Printf.sprintf "%c%c%s" (Char.chr (source land 0xff)) (Char.chr (String.length data land 0xff)) data

(* {1 The processor or the kernel} *)

let calls = ref 0
let failures = ref 0

(* So many bytes from the platform; [None] when it has no generator, or the generator fails. *)
let platform n =
  let b = Bytes.create n in
  let rec fill off =
    if off = n then Some (Bytes.unsafe_to_string b)
    else begin
      incr calls;
      let got = platform_entropy b off (n - off) in
      if got <= 0 then begin
        incr failures;
        None
      end
      else fill (off + got)
    end
  in
  fill 0

(* The platform chooses the instruction. *)
let rdrand_calls () = !calls
let rdrand_failures () = !failures
let rdseed_calls () = 0
let rdseed_failures () = 0

(* A bootstrap begins with who gives it and how much that is. Whether there is a generator is found out by asking it: nothing is asked of the
   machine where nobody draws. *)
let from_platform id = match platform 32 with Some data -> header id data | None -> failwith "the processor has no random numbers to give"
let cpu_rng_bootstrap : (int -> string, [ `Not_supported ]) result = Ok from_platform

(* {1 Jitter} *)

(* The low bits of the clock, gathered while memory and time are used irregularly: each round depends on the times before it. *)
let whirlwind_bootstrap id =
  let rounds = 1024 in
  let pool = Array.make 256 0 in
  let b = Bytes.create (4 * 64) in
  let at = ref 0 in
  for i = 0 to rounds - 1 do
    let t = Int64.to_int (monotonic_ns ()) in
    let index = (t lxor (t lsr 7) lxor !at) land 255 in
    for k = 0 to (t land 7) + 1 do
      let j = (index + (k * 37)) land 255 in
      pool.(j) <- (pool.(j) * 0x5bd1e995) + t + k
    done;
    at := !at + (pool.(index) land 255) + 1;
    let place = 4 * (i land 63) in
    let old = Bytes.get_int32_le b place in
    Bytes.set_int32_le b place (Int32.logxor (Int32.add (Int32.mul old 0x01000193l) (Int32.of_int t)) (Int32.of_int pool.((index * 7) land 255)))
  done;
  header id (Digestif.SHA256.to_raw_string (Digestif.SHA256.digest_bytes b))

let bootstrap id =
  match cpu_rng_bootstrap with Ok f -> ( try f id with Failure _ -> whirlwind_bootstrap id) | Error `Not_supported -> whirlwind_bootstrap id

(* {1 While the program runs} *)

let timer = lazy (register_source "timer")
let processor = lazy (register_source "processor")

(* Four bytes of the time. *)
let interrupt_hook () =
  let b = Bytes.create 4 in
  Bytes.set_int32_le b 0 (Int64.to_int32 (monotonic_ns ()));
  Bytes.unsafe_to_string b

let timer_accumulator g =
  let (`Acc handle) = Rng.accumulate g (Lazy.force timer) in
  fun () -> handle (interrupt_hook ())

let feed_pools g source f =
  let (`Acc handle) = Rng.accumulate g source in
  for _ = 1 to Rng.pools g do
    match f () with Ok data -> handle data | Error `No_random_available -> ()
  done

let feed_from_platform g () = feed_pools g (Lazy.force processor) (fun () -> Option.to_result ~none:`No_random_available (platform 16))
let cpu_rng : (Rng.g option -> unit -> unit, [ `Not_supported ]) result = Ok feed_from_platform

(* {1 Soundness} *)

let test () =
  let differs name f = if String.equal (f ()) (f ()) then failwith (Printf.sprintf "Mirage_crypto_rng.entropy_test: %s gave the same twice" name) in
  differs "the jitter" (fun () -> whirlwind_bootstrap 0);
  (match platform 16 with None -> () | Some _ -> differs "the processor's generator" (fun () -> Option.value (platform 16) ~default:""));
  let rec moves left = left > 0 && ((not (String.equal (interrupt_hook ()) (interrupt_hook ()))) || moves (left - 1)) in
  if not (moves 1000) then failwith "Mirage_crypto_rng.entropy_test: the clock stands"
