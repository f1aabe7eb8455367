(* Command-line arguments for the OCaml runtime. *)

open Cmdliner

let docs = "OCAML RUNTIME OPTIONS"

let backtrace_arg default =
  let doc = "Whether the backtrace of an exception that nothing handles is shown." in
  Arg.(value & opt bool default & info [ "backtrace" ] ~docs ~docv:"BOOL" ~doc)

let randomize_arg default =
  let doc = "Whether hash tables are randomized, so that their order cannot be foreseen." in
  Arg.(value & opt bool default & info [ "randomize-hashtables" ] ~docs ~docv:"BOOL" ~doc)

(* {1 The collector} *)

let policies = [ ("next-fit", 0); ("first-fit", 1); ("best-fit", 2) ]

let allocation_policy =
  let parse text =
    match List.assoc_opt text policies with
    | Some policy -> Ok policy
    | None -> (
        match int_of_string_opt text with
        | Some policy when List.exists (fun (_, known) -> known = policy) policies -> Ok policy
        | _ -> Error (`Msg (Printf.sprintf "invalid value '%s', expected %s" text (Arg.doc_alts_enum ~quoted:true policies))))
  in
  let print ppf policy =
    match List.find_opt (fun (_, known) -> known = policy) policies with
    | Some (name, _) -> Format.pp_print_string ppf name
    | None -> Format.pp_print_int ppf policy
  in
  Arg.conv (parse, print)

let gc_int name ~doc default = Arg.(value & opt int default & info [ name ] ~docs ~docv:"INT" ~doc)

let gc_arg (c : Gc.control) =
  let policy =
    let doc = Printf.sprintf "The allocation policy of the major heap: %s." (Arg.doc_alts_enum policies) in
    Arg.(value & opt allocation_policy c.allocation_policy & info [ "allocation-policy" ] ~docs ~docv:"POLICY" ~doc)
  in
  let set allocation_policy minor_heap_size major_heap_increment space_overhead max_overhead verbose window_size custom_major_ratio
      custom_minor_ratio custom_minor_max_size stack_limit =
    {
      Gc.allocation_policy;
      minor_heap_size;
      major_heap_increment;
      space_overhead;
      max_overhead;
      verbose;
      window_size;
      custom_major_ratio;
      custom_minor_ratio;
      custom_minor_max_size;
      stack_limit;
    }
  in
  Term.(
    const set $ policy
    $ gc_int "minor-heap-size" c.minor_heap_size ~doc:"The size of the minor heap, in words."
    $ gc_int "major-heap-increment" c.major_heap_increment
        ~doc:"By how much the major heap grows: in words, or in per cent of its size up to 1000."
    $ gc_int "space-overhead" c.space_overhead ~doc:"The memory that may be taken by values not collected yet, in per cent of the live ones."
    $ gc_int "max-space-overhead" c.max_overhead
        ~doc:"The free memory that makes the heap be compacted, in per cent of the memory in use."
    $ gc_int "gc-verbosity" c.verbose ~doc:"What the collector tells on standard error: a sum of bits."
    $ gc_int "gc-window-size" c.window_size ~doc:"Over how many slices the work of the major collector is smoothed."
    $ gc_int "custom-major-ratio" c.custom_major_ratio
        ~doc:"The memory outside the heap that major custom values may hold, in per cent of the heap."
    $ gc_int "custom-minor-ratio" c.custom_minor_ratio
        ~doc:"The memory outside the heap that minor custom values may hold, in per cent of the minor heap."
    $ gc_int "custom-minor-max-size" c.custom_minor_max_size
        ~doc:"The memory outside the heap, in bytes, above which a custom value counts as a major one."
    $ gc_int "stack-limit" c.stack_limit ~doc:"The limit of the stack, in words.")

(* {1 All} *)

let setup ?(backtrace = Some true) ?(randomize_hashtables = Some true) ?(gc_control = Some (Gc.get ())) () =
  let optional term ~apply default =
    match default with None -> Term.const () | Some default -> Term.(const apply $ term default)
  in
  Term.(
    const (fun () () () -> ())
    $ optional backtrace_arg ~apply:Printexc.record_backtrace backtrace
    $ optional randomize_arg ~apply:(fun on -> if on then Hashtbl.randomize ()) randomize_hashtables
    $ optional gc_arg ~apply:Gc.set gc_control)
