(* Setting up memory before the program runs: young space, main stack, the collector's parameters. *)
[@@@runtime]

open Raw

let mebibyte = 0x10_0000n

(* A sixteenth of the memory, between 64 KiB and 1 MiB; OCaml's 256 Ki words where there is memory in plenty. *)
let young_bytes total =
  let share = total lsr 4 in
  let most = if share >= 128n * mebibyte then 2n * mebibyte else mebibyte in
  let share = if share > most then most else if share < 65536n then 65536n else share in
  share land 0xffff_ffff_ffff_f000n

let initial_stack_pages = 8n

(** Makes the young space for a machine with [total] bytes of memory. The supply of pages must have been filled. Returns whether there
    was enough. *)
let initialize total =
  store Major.space_overhead 120n;
  Special.initialize ();
  let bytes = young_bytes total in
  let young = Pages.allocate (bytes lsr Pages.page_bits) in
  if young = 0n then false
  else begin
    Young.initialize young bytes;
    store Old_alloc.poll_words (let share = total lsr 8 in if share > 262_144n then 262_144n else share);
    let largest = total lsr 1 in
    store Fiber.largest_stack (if largest > 0x4000_0000n then 0x4000_0000n else largest);
    true
  end

external run_main : word -> 'a -> word -> word -> 'b = "%raw_stub_run_main"

(** Runs the exported function at [code] on a new main stack. The word [uncaught_exception] tells whether an exception escaped. *)
let run code =
  let stack = Pages.allocate initial_stack_pages in
  if stack = 0n then Fatal.stop "not enough memory for the stack";
  let bytes = initial_stack_pages lsl Pages.page_bits in
  ignore (run_main code () (stack + bytes) (stack + Fiber.stack_reserve))
