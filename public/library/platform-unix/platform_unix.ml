(* The platform of a Linux process: console, files, clocks, waiting, memory, entropy by system calls. *)
[@@@runtime]

open Morgana_runtime.Raw

(* What a signal interrupted that the program handles is told, so that it does. *)
let rec write_retrying descriptor address length =
  let result = Linux.write descriptor address length in
  if result = Linux.eintr && not (Morgana_runtime.Signals.any ()) then write_retrying descriptor address length else result

let rec read_retrying descriptor address length =
  let result = Linux.read descriptor address length in
  if result = Linux.eintr && not (Morgana_runtime.Signals.any ()) then read_retrying descriptor address length else result

let write (descriptor : int) (buffer : bytes) (offset : int) (length : int) : int =
  to_int (write_retrying (of_int descriptor) (address buffer + of_int offset) (of_int length))
[@@primitive "morgana_platform_write"]

(** Output without a buffer of OCaml's, for the runtime itself. *)
let write_raw address length =
  let rest = ref length and from = ref address in
  while !rest > 0n do
    let written = write_retrying 2n !from !rest in
    if written <= 0n then rest := 0n
    else begin
      from := !from + written;
      rest := !rest - written
    end
  done
[@@primitive "morgana_platform_write_raw"]

let read (descriptor : int) (buffer : bytes) (offset : int) (length : int) : int =
  to_int (read_retrying (of_int descriptor) (address buffer + of_int offset) (of_int length))
[@@primitive "morgana_platform_read"]

(* The flags of [open] here: 1 write, 2 create, 4 truncate, 8 append, 16 exclusive; Linux's: asm-generic/fcntl.h. *)
let open_file (path : string) (flags : int) (permissions : int) : int =
  let flags = of_int flags in
  let bit from to_ = if flags land from <> 0n then to_ else 0n in
  let linux = bit 1n 1n lor bit 2n 0x40n lor bit 4n 0x200n lor bit 8n 0x400n lor bit 16n 0x80n lor 0x80000n in
  to_int (Linux.openat (address path) linux (of_int permissions))
[@@primitive "morgana_platform_open"]

let close (descriptor : int) : int = to_int (Linux.close (of_int descriptor)) [@@primitive "morgana_platform_close"]

let seek (descriptor : int) (offset : int) (whence : int) : int =
  to_int (Linux.lseek (of_int descriptor) (of_int offset) (of_int whence))
[@@primitive "morgana_platform_seek"]

let exit (code : int) : unit = ignore (Linux.exit_group (of_int code)) [@@primitive "morgana_platform_exit"]
let timespec = static 16

let clock which =
  ignore (Linux.clock_gettime which timespec);
  (load timespec * 1_000_000_000n) + load (timespec + 8n)

(** Nanoseconds since some fixed moment; never goes back. *)
let clock_monotonic () : word = clock Linux.clock_monotonic [@@primitive "morgana_platform_monotonic_ns"]

(** Nanoseconds since 1970-01-01T00:00:00Z. *)
let clock_wall () : word = clock Linux.clock_realtime [@@primitive "morgana_platform_wall_ns"]

(** Processor time used. *)
let clock_processor () : word = clock Linux.clock_process [@@primitive "morgana_platform_processor_ns"]

(* struct rusage begins with two struct timeval: user, system. *)
let usage = static 144

(** Processor time used, in microseconds: by the program, by the system for it; the same two of ended children that were waited for. *)
let processor_times (buffer : bytes) : unit =
  let put who at =
    ignore (Linux.getrusage who usage);
    store (address buffer + at) ((load usage * 1_000_000n) + load (usage + 8n));
    store (address buffer + at + 8n) ((load (usage + 16n) * 1_000_000n) + load (usage + 24n))
  in
  put 0n 0n;
  put (-1n) 16n
[@@primitive "morgana_platform_processor_times"]

let poll_record = static 8

(* struct pollfd { int fd; short events; short revents; } with POLLIN = 1. *)
let wait_input deadline want_input =
  let now = clock Linux.clock_monotonic in
  let rest = if deadline > now then deadline - now else 0n in
  store timespec (rest / 1_000_000_000n);
  store (timespec + 8n) (rest mod 1_000_000_000n);
  store poll_record 0x1_0000_0000n;
  let timeout = if deadline < 0n then 0n else timespec in
  let ready = if Morgana_runtime.Signals.any () then 0n else Linux.ppoll poll_record (if want_input then 1n else 0n) timeout in
  ready > 0n

(** Sleeps until the monotonic clock shows [deadline] (a negative one: for ever) or, when [want_input], the console has input.
    Returns whether it has. May return early. *)
let wait (deadline : word) (want_input : bool) : bool = wait_input deadline want_input [@@primitive "morgana_platform_wait"]

let more_memory (pages : word) : bool =
  let wanted = pages + 2n in
  let pages = if wanted < 256n then 256n else wanted in
  let bytes = pages lsl Morgana_runtime.Pages.page_bits in
  let start = Linux.map_anonymous bytes in
  if Linux.is_error start then false
  else begin
    Morgana_runtime.Pages.add_region start bytes;
    true
  end
[@@primitive "morgana_platform_more_memory"]

(** Fills [length] bytes with random ones from the kernel; returns how many it gave. *)
let entropy (buffer : bytes) (offset : int) (length : int) : int =
  to_int (Linux.getrandom (address buffer + of_int offset) (of_int length))
[@@primitive "morgana_platform_entropy"]

(* {1 The process} *)

(* The initial stack: argc, argv…, 0, envp…, 0 (System V ABI, AMD64 supplement, 3.4.1). *)
let initial_stack = static 8

let argument (i : word) : word =
  let stack = load initial_stack in
  if i < load stack then load (stack + 8n + (i lsl 3)) else 0n
[@@primitive "morgana_platform_argument"]

let environment (i : word) : word =
  let stack = load initial_stack in
  let first = stack + 16n + (load stack lsl 3) in
  load (first + (i lsl 3))
[@@primitive "morgana_platform_environment"]

let command_line () : word = 0n [@@primitive "morgana_platform_command_line"]

(* The setting that makes every allocation collect. *)
let stress_setting = "MORGANA_GC_STRESS=1"

let same text (setting : string) =
  let n = Morgana_runtime.Fatal.length setting in
  let i = ref 0n in
  while !i < n && load8 (text + !i) = load8 (address setting + !i) do
    i := !i + 1n
  done;
  !i = n && load8 (text + n) = 0n

let rec find_stress i =
  let text = environment i in
  if text <> 0n then if same text stress_setting then store Morgana_runtime.Young.stress 1n else find_stress (i + 1n)

(* Memory comes with demand: what Linux would let a process have is not known, the stack's limit of 1 GiB is OCaml's. *)
let plenty = 0x1_0000_0000n

let initialize (stack : word) : word =
  store initial_stack stack;
  find_stress 0n;
  if not (more_memory 1024n) then Morgana_runtime.Fatal.stop "the kernel gives no memory";
  plenty
[@@primitive "morgana_platform_initialize"]

(** Offset of the local time from UTC in seconds. Programs here log in UTC, whatever the host's zone. *)
let time_zone () : word = 0n [@@primitive "morgana_platform_time_zone"]

(* {1 Signals} *)

(* struct sigaction as the kernel has it: handler, flags, restorer, mask; stack_t: address, flags, size. *)
let action = static 32
let old_action = static 32
let signal_stack_bytes = 16384n
let signal_stack = static 16384
let alternate = static 24

(* SA_ONSTACK, SA_RESTORER. *)
let handler_flags = 0x0c00_0000n

(** What happens when a signal comes: 0 what the system does by itself, 1 nothing, 2 it is noted and handled. Returns what happened
    before, or a negative error number. *)
let set_signal (signal : int) (behaviour : int) : int =
  let how = of_int behaviour in
  if how = 2n then begin
    store alternate signal_stack;
    store (alternate + 16n) signal_stack_bytes;
    ignore (Linux.sigaltstack alternate)
  end;
  store action (if how = 2n then symbol "stub.signal" else how);
  store (action + 8n) handler_flags;
  store (action + 16n) (symbol "stub.signal_return");
  store (action + 24n) (-1n);
  let result = Linux.rt_sigaction (of_int signal) action old_action in
  if result < 0n then to_int result
  else
    let before = load old_action in
    to_int (if before <= 1n then before else 2n)
[@@primitive "morgana_platform_signal"]

(** Blocks a signal (0) or lets it come again (1); returns whether it was blocked before. *)
let block_signal (signal : int) (how : int) : bool =
  store action (1n lsl sub_int signal 1);
  ignore (Linux.syscall 14n (of_int how) action old_action 8n 0n 0n);
  load old_action land load action <> 0n
[@@primitive "morgana_platform_block_signal"]

(* {1 Other programs} *)

(** Starts a program in a process of its own, which ends with 127 when there is none. *)
let start (path : string) (arguments : string array) (environment : string array) (pointers : bytes) : int =
  let pid = Linux.fork () in
  if pid = 0n then begin
    ignore (Unix_calls.execute path arguments environment pointers);
    ignore (Linux.exit_group 127n)
  end;
  to_int pid
[@@primitive "morgana_platform_start"]

let status = static 8

let await (pid : int) : int =
  let result = Linux.wait4 (of_int pid) status in
  if result < 0n then to_int result else to_int (load32 status)
[@@primitive "morgana_platform_await"]

(** poll(2): so many records of 8 bytes, for at most so many milliseconds (for ever below zero). *)
let poll (records : bytes) (count : int) (milliseconds : int) : int =
  to_int (Linux.syscall 7n (address records) (of_int count) (of_int milliseconds) 0n 0n 0n)
[@@primitive "morgana_platform_poll"]
