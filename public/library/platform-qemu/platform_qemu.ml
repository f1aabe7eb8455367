(* The platform of a virtual machine of QEMU's kind: serial console, timer, power. *)
[@@@runtime]

open Morgana_runtime.Raw

(* Linux's error numbers, which the channels' primitives know. *)
let ebadf = -9
let enoent = -2

let write (descriptor : int) (buffer : bytes) (offset : int) (length : int) : int =
  if descriptor = 1 || descriptor = 2 then begin
    Serial.write (address buffer + of_int offset) (of_int length);
    length
  end
  else ebadf
[@@primitive "morgana_platform_write"]

let write_raw address length = Serial.write address length [@@primitive "morgana_platform_write_raw"]

let read (descriptor : int) (buffer : bytes) (offset : int) (length : int) : int =
  if descriptor = 0 then begin
    Ports.disable_interrupts ();
    while not (Serial.has_input ()) do
      Ports.wait_for_interrupt ()
    done;
    let count = Serial.read (address buffer + of_int offset) (of_int length) in
    Ports.enable_interrupts ();
    to_int count
  end
  else ebadf
[@@primitive "morgana_platform_read"]

let open_file (_path : string) (_flags : int) (_permissions : int) : int = enoent [@@primitive "morgana_platform_open"]
let close (_descriptor : int) : int = 0 [@@primitive "morgana_platform_close"]

(* ESPIPE: the console cannot be positioned. *)
let seek (_descriptor : int) (_offset : int) (_whence : int) : int = -29 [@@primitive "morgana_platform_seek"]

(** Port of QEMU's device [isa-debug-exit]. *)
let debug_exit_port = 0xf4n

let exit (code : int) : unit =
  Ports.out32 debug_exit_port (of_int code);
  Acpi.power_off ();
  Machine.reset ()
[@@primitive "morgana_platform_exit"]

let clock_monotonic () : word = Timer.monotonic () [@@primitive "morgana_platform_monotonic_ns"]
let clock_wall () : word = Timer.wall () [@@primitive "morgana_platform_wall_ns"]

(** The processor is the program's alone. *)
let clock_processor () : word = Timer.monotonic () [@@primitive "morgana_platform_processor_ns"]

(** The same in microseconds, and what only systems with processes know: zeros. *)
let processor_times (buffer : bytes) : unit =
  store (address buffer) (Timer.monotonic () / 1000n);
  store (address buffer + 8n) 0n;
  store (address buffer + 16n) 0n;
  store (address buffer + 24n) 0n
[@@primitive "morgana_platform_processor_times"]

(** Halts the processor until the monotonic clock shows [deadline] (a negative one: for ever) or, when [want_input], the console has
    input. Returns whether it has. *)
let wait (deadline : word) (want_input : bool) : bool =
  Ports.disable_interrupts ();
  let waiting = ref (not (want_input && Serial.has_input ())) in
  while !waiting do
    if deadline >= 0n then begin
      let now = Timer.monotonic () in
      if now >= deadline then waiting := false else Timer.arm (deadline - now)
    end;
    if !waiting then begin
      if deadline < 0n || Timer.can_interrupt () then Ports.wait_for_interrupt () else Ports.pause ();
      if want_input && Serial.has_input () then waiting := false
    end
  done;
  Ports.enable_interrupts ();
  want_input && Serial.has_input ()
[@@primitive "morgana_platform_wait"]

(* All memory is known from the start. *)
let more_memory (_pages : word) : bool = false [@@primitive "morgana_platform_more_memory"]

(* A random number, or 0 when the processor has none ready. *)
external rdrand : unit -> word = "%raw_machine_rdrand"

external rdseed : unit -> word = "%raw_machine_rdseed"

let has_rdrand () = Ports.cpuid 1n 0n 2n land 0x4000_0000n <> 0n
let has_rdseed () = Ports.cpuid 0n 0n 0n >= 7n && Ports.cpuid 7n 0n 1n land 0x4_0000n <> 0n

(* How often an instruction is asked again that has nothing ready (Intel's manual, volume 1, 7.3.17, recommends 10 times for RDRAND). *)
let attempts = 64n

let random_word seed =
  let word = ref 0n and left = ref attempts in
  while !word = 0n && !left > 0n do
    left := !left - 1n;
    word := if seed then rdseed () else rdrand ()
  done;
  !word

(** Fills [length] bytes from the processor's generator, if it has one; returns how many it gave: fewer when it fails. *)
let entropy (buffer : bytes) (offset : int) (length : int) : int =
  let by_rdseed = has_rdseed () and by_rdrand = has_rdrand () in
  let start = address buffer + of_int offset and wanted = of_int length in
  let given = ref 0n and failed = ref false in
  while !given < wanted && not !failed do
    let word = if by_rdseed then random_word true else 0n in
    let word = if word = 0n && by_rdrand then random_word false else word in
    if word = 0n then failed := true
    else begin
      let rest = ref word and i = ref 0n in
      while !i < 8n && !given < wanted do
        store8 (start + !given) (!rest land 0xffn);
        rest := !rest lsr 8;
        given := !given + 1n;
        i := !i + 1n
      done
    end
  done;
  to_int !given
[@@primitive "morgana_platform_entropy"]

(* {1 The machine} *)

(* hvm_start_info of the PVH boot protocol (Xen's arch-x86/hvm/start_info.h). *)
let start_info = static 8

let argument (i : word) : word = if i = 0n then address "unikernel" else 0n [@@primitive "morgana_platform_argument"]
let[@inline always] environment (_ : word) : word = 0n [@@primitive "morgana_platform_environment"]
let command_line () : word = load (load start_info + 24n) [@@primitive "morgana_platform_command_line"]

(* Memory above 4 GiB is not mapped, so not used. *)
let highest = 0x1_0000_0000n

(* The part of [start, stop) above the image. *)
let add_range start stop lowest =
  let start = if start < lowest then lowest else start in
  let stop = if stop > highest then highest else stop in
  if start < stop then Morgana_runtime.Pages.add_region start (stop - start)

let add_memory info lowest =
  let map = load (info + 40n) in
  let count = load32 (info + 48n) in
  let i = ref 0n in
  while !i < count do
    let entry = map + (!i * 24n) in
    (* Type 1 is memory to be used. Below 1 MiB lie the firmware's tables. *)
    if load32 (entry + 16n) = 1n && load entry < highest then add_range (load entry) (load entry + load (entry + 8n)) lowest;
    i := !i + 1n
  done

let initialize (info : word) : word =
  store start_info info;
  Serial.initialize ();
  Pic.initialize ();
  Apic.initialize ();
  Timer.initialize ();
  (* The boot information was copied into the image: what the loader put behind it may be overwritten. *)
  add_memory info (symbol "image_end");
  Acpi.initialize (load (info + 32n));
  if Pic.is_present () then begin
    Pic.enable 0;
    Pic.enable 4
  end
  else Apic.route 4n;
  Serial.enable_interrupt ();
  Ports.enable_interrupts ();
  load Morgana_runtime.Pages.total_pages lsl Morgana_runtime.Pages.page_bits
[@@primitive "morgana_platform_initialize"]

let interrupt (vector : word) : word =
  let line = vector - Pic.vector_base in
  if line = 4n || vector = Apic.console_vector then Serial.receive ();
  if line < 16n then Pic.end_of_interrupt line else if vector <> Apic.spurious_vector then Apic.end_of_interrupt ();
  0n
[@@export "morgana_interrupt"]

(* The names of the processor's exceptions (Intel SDM, volume 3, table 6-1). *)
let page_fault = 14n

let fault (vector : word) (error : word) (frame : word) : word =
  if vector = 0n then address Division_by_zero
  else begin
    Morgana_runtime.Fatal.print "Fatal error: processor exception ";
    Morgana_runtime.Fatal.print_hexadecimal vector;
    Morgana_runtime.Fatal.print " error ";
    Morgana_runtime.Fatal.print_hexadecimal error;
    Morgana_runtime.Fatal.print " at ";
    Morgana_runtime.Fatal.print_hexadecimal (load (frame + 128n));
    if vector = page_fault then begin
      Morgana_runtime.Fatal.print " address ";
      Morgana_runtime.Fatal.print_hexadecimal (Machine.fault_address ())
    end;
    Morgana_runtime.Fatal.print "\n";
    exit 2;
    0n
  end
[@@export "morgana_fault"]

(** The machine knows no zone: the least integer. *)
let time_zone () : word = 1n lsl 62 [@@primitive "morgana_platform_time_zone"]

(** Nothing sends signals here. The error is ENOSYS. *)
let set_signal (_ : int) (_ : int) : int = -38 [@@primitive "morgana_platform_signal"]

let block_signal (_ : int) (_ : int) : bool = false [@@primitive "morgana_platform_block_signal"]

(** There are no other programs. The error is ENOSYS. *)
let start (_ : string) (_ : string array) (_ : string array) (_ : bytes) : int = -38 [@@primitive "morgana_platform_start"]

let await (_ : int) : int = -38 [@@primitive "morgana_platform_await"]

let poll (_ : bytes) (_ : int) (_ : int) : int = -38 [@@primitive "morgana_platform_poll"]
