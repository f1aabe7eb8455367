(* The platform of a virtual machine of QEMU's kind: serial console, timer, power. *)
[@@@runtime]

open Runtime.Raw

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
    while not (Serial.has_input ()) do
      Ports.wait_for_interrupt ()
    done;
    to_int (Serial.read (address buffer + of_int offset) (of_int length))
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

(** Halts the processor until the monotonic clock shows [deadline] (a negative one: for ever) or, when [want_input], the console has
    input. Returns whether it has. *)
let wait (deadline : word) (want_input : bool) : bool =
  let waiting = ref (not (want_input && Serial.has_input ())) in
  while !waiting do
    if deadline >= 0n then begin
      let now = Timer.monotonic () in
      if now >= deadline then waiting := false else Timer.arm (deadline - now)
    end;
    if !waiting then begin
      Ports.wait_for_interrupt ();
      if want_input && Serial.has_input () then waiting := false
    end
  done;
  want_input && Serial.has_input ()
[@@primitive "morgana_platform_wait"]

(* All memory is known from the start. *)
let more_memory (_pages : word) : bool = false [@@primitive "morgana_platform_more_memory"]

external rdrand : unit -> word = "%raw_machine_rdrand"
external rdrand_works : unit -> word = "%raw_machine_rdrand_ok"

(** Fills [length] bytes from the processor's generator; returns how many it gave: 0 when there is none. *)
let entropy (buffer : bytes) (offset : int) (length : int) : int =
  if Ports.cpuid 1n 0n 2n land 0x4000_0000n = 0n then 0
  else begin
    let start = address buffer + of_int offset in
    let wanted = of_int length in
    let given = ref 0n in
    let tries = ref 0n in
    while !given < wanted && !tries < wanted + 16n do
      tries := !tries + 1n;
      if rdrand_works () <> 0n then begin
        store8 (start + !given) (rdrand ());
        given := !given + 1n
      end
    done;
    to_int !given
  end
[@@primitive "morgana_platform_entropy"]
