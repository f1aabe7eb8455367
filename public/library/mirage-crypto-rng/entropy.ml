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

exception No_random_data

(* So many bytes from the platform; [None] when it has no generator, or the generator fails. *)
let platform n =
  let b = Bytes.create n in
  let rec fill off =
    if off = n then Some (Bytes.unsafe_to_string b)
    else
      let got = platform_entropy b off (n - off) in
      if got <= 0 then None else fill (off + got)
  in
  fill 0

let has_platform = lazy (Option.is_some (platform 1))

(* A bootstrap begins with who gives it and how much that is. *)
let cpu_rng_bootstrap =
  let bootstrap id = match platform 32 with Some data -> header id data | None -> raise No_random_data in
  fun () -> if Lazy.force has_platform then Ok bootstrap else Error `Not_supported

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

let bootstrap id = match cpu_rng_bootstrap () with Ok f -> ( try f id with No_random_data -> whirlwind_bootstrap id) | Error `Not_supported -> whirlwind_bootstrap id

(* {1 While the program runs} *)

let timer = lazy (register_source "timer")
let processor = lazy (register_source "processor")

(* Four bytes of the time. *)
let interrupt_hook () =
  let b = Bytes.create 4 in
  fun () ->
    Bytes.set_int32_le b 0 (Int64.to_int32 (monotonic_ns ()));
    Bytes.to_string b

let timer_accumulator g =
  let (`Acc handle) = Rng.accumulate g (Lazy.force timer) in
  let hook = interrupt_hook () in
  fun () -> handle (hook ())

let feed_pools g source f =
  let (`Acc handle) = Rng.accumulate g source in
  for _ = 1 to Rng.pools g do
    handle (f ())
  done

let cpu_rng () =
  if Lazy.force has_platform then
    Ok (fun g () -> feed_pools g (Lazy.force processor) (fun () -> match platform 16 with Some data -> data | None -> raise No_random_data))
  else Error `Not_supported
