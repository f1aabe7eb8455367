(* Sets up the random number generator of a unikernel, and feeds it. *)

open Lwt.Infix
module Rng = Mirage_crypto_rng

let src = Logs.Src.create "mirage-crypto-rng.mirage" ~doc:"Random number generator"

module Log = (val Logs.src_log src : Logs.LOG)

let running = ref false

let feed_from_processor rng feed sleep =
  Lwt.async (fun () ->
      let rec loop () =
        let failures = Rng.Entropy.rdrand_failures () in
        feed (Some rng) ();
        if Rng.Entropy.rdrand_failures () > failures then Log.warn (fun m -> m "the processor's generator fails");
        Mirage_sleep.ns sleep >>= loop
      in
      Mirage_sleep.ns sleep >>= loop)

(* Jitter is added to a seed, it is none by itself. *)
let entropy () =
  match Rng.Entropy.cpu_rng_bootstrap with
  | Error `Not_supported -> None
  | Ok bootstrap -> (
      match bootstrap 0 with
      | first -> Some (String.concat "" [ first; bootstrap 1; Rng.Entropy.whirlwind_bootstrap 2 ])
      | exception Failure _ -> None)

let make ?g sleep generator =
  let seed = entropy () in
  let rng = Rng.create ?g ?seed ~time:Mirage_mtime.elapsed_ns generator in
  (match (seed, Rng.Entropy.cpu_rng) with
  | Some _, Ok feed ->
      feed_from_processor rng feed sleep;
      Mirage_runtime.at_enter_iter (Rng.Entropy.timer_accumulator (Some rng))
  | _ -> Log.warn (fun m -> m "this machine has no source of entropy: the random number generator has no seed"));
  rng

let initialize ?g ?(sleep = Duration.of_sec 1) generator =
  if !running then Lwt.fail_with "entropy collection already running"
  else begin
    running := true;
    Rng.set_default_generator_later (fun () -> make ?g sleep generator);
    Lwt.return_unit
  end
