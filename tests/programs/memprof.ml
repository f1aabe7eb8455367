(* needs OCaml 5.3; skip: evaluator: Gc.Memprof with every word sampled. What is counted is what is allocated. *)
module Memprof = Gc.Memprof

type counts = { mutable minor : int; mutable major : int; mutable words : int; mutable promoted : int; mutable freed : int; mutable freed_old : int }

let counts = { minor = 0; major = 0; words = 0; promoted = 0; freed = 0; freed_old = 0 }

let tracker =
  {
    Memprof.alloc_minor =
      (fun a ->
        assert (a.n_samples = a.size + 1);
        counts.minor <- counts.minor + 1;
        counts.words <- counts.words + a.n_samples;
        Some a.size);
    alloc_major =
      (fun a ->
        assert (a.n_samples = a.size + 1);
        counts.major <- counts.major + 1;
        counts.words <- counts.words + a.n_samples;
        Some (-a.size));
    promote =
      (fun size ->
        assert (size > 0);
        counts.promoted <- counts.promoted + 1;
        Some (-size));
    dealloc_minor =
      (fun size ->
        assert (size > 0);
        counts.freed <- counts.freed + 1);
    dealloc_major =
      (fun size ->
        assert (size < 0);
        counts.freed_old <- counts.freed_old + 1);
  }

let profiled name ?(rate = 1.) ?callstack_size tracker f =
  counts.minor <- 0;
  counts.major <- 0;
  counts.words <- 0;
  counts.promoted <- 0;
  counts.freed <- 0;
  counts.freed_old <- 0;
  let profile = Memprof.start ~sampling_rate:rate ?callstack_size tracker in
  let result = f () in
  Memprof.stop ();
  Printf.printf "%s: minor %d major %d words %d" name counts.minor counts.major counts.words;
  (profile, result)

let after () =
  Gc.full_major ();
  Printf.printf "; freed %d of %d\n" (counts.freed + counts.freed_old) (counts.minor + counts.major);
  assert (counts.promoted = counts.freed_old - counts.major || counts.freed + counts.promoted <= counts.minor)

let run name ?rate f =
  let profile, result = profiled name ?rate tracker f in
  ignore (Sys.opaque_identity result);
  after ();
  Memprof.discard profile

let rec build n = if n = 0 then [] else (n, n + 1) :: build (n - 1)

let () =
  run "nothing" (fun () -> 0);
  run "references" (fun () ->
      for i = 1 to 100 do
        ignore (Sys.opaque_identity (ref i))
      done);
  run "a list of pairs" (fun () -> ignore (Sys.opaque_identity (build 100)));
  run "floats" (fun () ->
      for i = 1 to 50 do
        ignore (Sys.opaque_identity (float_of_int i))
      done);
  run "strings" (fun () ->
      for i = 0 to 40 do
        ignore (Sys.opaque_identity (Bytes.create (i * 3)))
      done);
  run "arrays" (fun () ->
      for i = 1 to 40 do
        ignore (Sys.opaque_identity (Array.make i 0))
      done);
  run "large arrays" (fun () ->
      for i = 300 to 320 do
        ignore (Sys.opaque_identity (Array.make (i * 10) 0))
      done);
  run "large strings" (fun () -> ignore (Sys.opaque_identity (Bytes.create 100_000)));
  run "closures" (fun () ->
      for i = 1 to 30 do
        let a = Sys.opaque_identity i in
        ignore (Sys.opaque_identity (fun x y -> x + y + a))
      done);
  run "no samples" ~rate:0. (fun () -> ignore (Sys.opaque_identity (build 1000)))

(* What stays alive is not freed. *)
let kept = ref []

let () =
  let profile, result = profiled "kept" tracker (fun () -> build 100) in
  kept := result;
  after ();
  Memprof.discard profile;
  ignore (Sys.opaque_identity !kept)

(* Blocks that a tracker gives nothing for are not tracked. *)
let () =
  let profile, () =
    profiled "untracked"
      { tracker with alloc_minor = (fun a -> if a.size = 1 then Some a.size else (counts.minor <- counts.minor + 1; None)) }
      (fun () ->
        for i = 1 to 10 do
          ignore (Sys.opaque_identity (ref i));
          ignore (Sys.opaque_identity (i, i))
        done)
  in
  Gc.full_major ();
  Printf.printf "; freed %d\n" (counts.freed + counts.freed_old);
  Memprof.discard profile

(* An exception of a callback comes out where the program allocates. *)
exception Enough

let () =
  let n = ref 0 in
  let limited =
    { Memprof.null_tracker with
      alloc_minor =
        (fun _ ->
          incr n;
          if !n = 10 then raise Enough else None) }
  in
  let profile = Memprof.start ~sampling_rate:1. limited in
  let count = Sys.opaque_identity (ref 0) in
  (try
     while true do
       ignore (Sys.opaque_identity (ref !count));
       incr count
     done
   with Enough -> Memprof.stop ());
  Printf.printf "stopped: %b\n" (!count >= 8 && !count <= 10);
  Memprof.discard profile

(* Callbacks are not called for what callbacks allocate. *)
let () =
  let n = ref 0 in
  let profile =
    Memprof.start ~sampling_rate:1.
      { Memprof.null_tracker with
        alloc_minor =
          (fun a ->
            n := !n + a.n_samples;
            ignore (Sys.opaque_identity (build 10));
            None) }
  in
  for i = 1 to 20 do
    ignore (Sys.opaque_identity (i, i, i))
  done;
  Memprof.stop ();
  Memprof.discard profile;
  Printf.printf "callbacks that allocate: %d\n" !n

(* With a rate below one the number of samples is what it is on average, and the same in all. *)
let () =
  List.iter
    (fun rate ->
      let samples = ref 0 in
      let count (a : Memprof.allocation) =
        samples := !samples + a.n_samples;
        None
      in
      let profile = Memprof.start ~sampling_rate:rate { Memprof.null_tracker with alloc_minor = count; alloc_major = count } in
      for _ = 1 to 100 do
        ignore (Sys.opaque_identity (build 60));
        ignore (Sys.opaque_identity (Array.make 640 0))
      done;
      Memprof.stop ();
      Memprof.discard profile;
      let words = 100. *. ((60. *. 6.) +. 641.) in
      let ratio = float_of_int !samples /. (words *. rate) in
      Printf.printf "rate %g: about %.1f\n" rate (Float.round (ratio *. 5.) /. 5.))
    [ 0.9; 0.5; 0.1; 0.01 ]

(* Calls. *)
let[@inline never] allocate n = Sys.opaque_identity (ref n)

let () =
  Printexc.record_backtrace true;
  List.iter
    (fun callstack_size ->
      let seen = ref [] in
      let profile =
        Memprof.start ~sampling_rate:1. ~callstack_size
          { Memprof.null_tracker with
            alloc_minor =
              (fun a ->
                if a.size = 1 then seen := Printexc.raw_backtrace_length a.callstack :: !seen;
                None) }
      in
      ignore (allocate 1);
      Memprof.stop ();
      Memprof.discard profile;
      Printf.printf "calls, at most %d: %b\n" callstack_size (List.for_all (fun n -> n <= callstack_size && (callstack_size = 0 || n > 0)) !seen))
    [ 0; 1; 2; 100 ]

(* Where blocks come from, and after which calls. *)
let () =
  let text = Marshal.to_string (List.init 50 (fun i -> (i, string_of_int i))) [] in
  let normal = ref 0 and unmarshalled = ref 0 in
  let profile =
    Memprof.start ~sampling_rate:1.
      { Memprof.null_tracker with
        alloc_minor =
          (fun a ->
            incr (if a.source = Memprof.Marshal then unmarshalled else normal);
            None) }
  in
  let read : (int * string) list = Marshal.from_string text 0 in
  let pairs = List.rev_map (fun (i, s) -> (s, i)) read in
  Memprof.stop ();
  Memprof.discard profile;
  Printf.printf "read %d: unmarshalled %b, others %b\n" (List.length pairs) (!unmarshalled >= 150) (!normal >= 100)

let[@inline never] innermost n = Sys.opaque_identity (ref n)
let[@inline never] outer n = 1 + !(innermost n)

let () =
  let names = ref [] in
  let profile =
    Memprof.start ~sampling_rate:1.
      { Memprof.null_tracker with
        alloc_minor =
          (fun a ->
            (match Printexc.backtrace_slots a.callstack with
            | Some slots when a.size = 1 -> names := List.filter_map Printexc.Slot.name (Array.to_list slots) :: !names
            | _ -> ());
            None) }
  in
  ignore (Sys.opaque_identity (outer 1));
  Memprof.stop ();
  Memprof.discard profile;
  List.iter (fun names -> Printf.printf "through outer: %b\n" (List.mem "Memprof.outer" names)) !names

(* Profiles. *)
let error f = match f () with () -> print_endline "no error" | exception Failure m -> print_endline m | exception Invalid_argument m -> print_endline m

let () =
  error (fun () -> Memprof.stop ());
  error (fun () -> ignore (Memprof.start ~sampling_rate:1.5 Memprof.null_tracker));
  error (fun () -> ignore (Memprof.start ~sampling_rate:nan Memprof.null_tracker));
  error (fun () -> ignore (Memprof.start ~sampling_rate:0.5 ~callstack_size:(-1) Memprof.null_tracker));
  let profile = Memprof.start ~sampling_rate:0.5 Memprof.null_tracker in
  error (fun () -> ignore (Memprof.start ~sampling_rate:0.5 Memprof.null_tracker));
  error (fun () -> Memprof.discard profile);
  error Memprof.stop;
  error (fun () -> Memprof.discard profile);
  error (fun () -> Memprof.discard profile)
