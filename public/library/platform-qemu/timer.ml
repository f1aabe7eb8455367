(* Clocks and the interval timer. Time is the time stamp counter's. Its frequency is told by the hypervisor (KVM's and VMware's CPUID leaf
   0x40000010) or the processor (Intel's leaf 0x15), or measured against the 8254 (Intel 8254 data sheet); where there is none, KVM's
   clock tells it (Linux, Documentation/virt/kvm/x86/msr.rst), or it is measured against the local interrupt controller's timer, which
   hypervisors have count nanoseconds. The 8254 and the 8259A wake the processor, or else the local controller's timer. The
   real-time clock has the date (Motorola MC146818A data sheet). *)
[@@@runtime]

open Morgana_runtime.Raw

let pit_hz = 1_193_182n
let pit_channel_0 = 0x40n
let pit_channel_2 = 0x42n
let pit_command = 0x43n
let speaker_control = 0x61n

(* Nanoseconds = ticks * scale >> 32, since [origin]. 0 until measured. *)
let scale = static 8
let origin = static 8

(** Whether there is an 8254, and whether its channel 0 can interrupt. *)
let has_pit = static 8

let pit_interrupts = static 8

(* Starts channel 2 counting down from 65535, without the speaker. *)
let start_pit () =
  Ports.out8 speaker_control (Ports.in8 speaker_control land 0xfcn lor 1n);
  Ports.out8 pit_command 0xb0n;
  Ports.out8 pit_channel_2 0xffn;
  Ports.out8 pit_channel_2 0xffn

(* The read-back command (status of channel 2) tells the mode that was just set. *)
let pit_answers () =
  Ports.out8 pit_command 0xe8n;
  Ports.in8 pit_channel_2 land 0x3fn = 0x30n

(** Starts the counter that the time stamp counter will be measured against: what it counts from now on is the measurement, which
    costs nothing while the program starts. *)
let initialize () =
  start_pit ();
  if pit_answers () then store has_pit 1n else if Apic.is_present () then Apic.count_down ();
  if load has_pit <> 0n && Pic.is_present () then store pit_interrupts 1n;
  store origin (Ports.rdtsc ())

let read_pit () =
  Ports.out8 pit_command 0x80n;
  let low = Ports.in8 pit_channel_2 in
  low lor (Ports.in8 pit_channel_2 lsl 8)

let hypervisor_khz () =
  if Ports.cpuid 1n 0n 2n land 0x8000_0000n = 0n then 0n
  else begin
    let last = Ports.cpuid 0x4000_0000n 0n 0n in
    if last >= 0x4000_0010n && last < 0x4000_ffffn then Ports.cpuid 0x4000_0010n 0n 0n else 0n
  end

let processor_khz () =
  if Ports.cpuid 0n 0n 0n < 0x15n then 0n
  else begin
    let denominator = Ports.cpuid 0x15n 0n 0n and numerator = Ports.cpuid 0x15n 0n 1n in
    let crystal = Ports.cpuid 0x15n 0n 2n in
    if denominator = 0n || numerator = 0n || crystal = 0n then 0n else crystal * numerator / denominator / 1000n
  end

(* KVM's clock: a structure in memory that the hypervisor fills when its address is written to a register. *)

let kvm_signature = 0x4b4d_564bn
let kvm_clock_feature = 8n
let kvm_clock_msr = 0x4b56_4d01n
let kvm_clock = static 32

(* What [scale] is by KVM's clock: a multiplier after a shift. 0 when there is none. *)
let kvm_scale () =
  if Ports.cpuid 1n 0n 2n land 0x8000_0000n = 0n || Ports.cpuid 0x4000_0000n 0n 1n <> kvm_signature then 0n
  else if Ports.cpuid 0x4000_0001n 0n 0n land kvm_clock_feature = 0n then 0n
  else begin
    Ports.wrmsr kvm_clock_msr (kvm_clock lor 1n);
    let multiplier = load32 (kvm_clock + 24n) and shift = load8 (kvm_clock + 28n) in
    Ports.wrmsr kvm_clock_msr 0n;
    if shift < 128n then multiplier lsl to_int shift else multiplier lsr to_int (256n - shift)
  end

let set_frequency khz = store scale ((1_000_000n lsl 32) / khz)

(* Measures over what has passed since [initialize], at least about two milliseconds. When more than the timer's 55 ms have
   passed, its output is high and the count useless: it is started again. *)
let measure_by_pit () =
  let start = ref (load origin) in
  if Ports.in8 speaker_control land 0x20n <> 0n then begin
    start_pit ();
    start := Ports.rdtsc ()
  end;
  let passed = ref (0xffffn - read_pit ()) in
  while !passed < 2400n do
    Ports.pause ();
    passed := 0xffffn - read_pit ()
  done;
  let ticks = Ports.rdtsc () - !start in
  set_frequency (ticks * pit_hz / (!passed * 1000n))

(* The same by the local controller's timer, of four seconds. *)
let measure_by_apic () =
  let start = ref (load origin) in
  if Apic.counted () = 0xffff_ffffn then begin
    Apic.count_down ();
    start := Ports.rdtsc ()
  end;
  while Apic.counted () < 2_000_000n do
    Ports.pause ()
  done;
  let passed = Apic.counted () and ticks = Ports.rdtsc () - !start in
  set_frequency (ticks * 1_000_000n / passed)

(* What a time stamp counter is supposed to count where nothing tells. *)
let usual_khz = 2_000_000n

let measure () =
  let khz = hypervisor_khz () in
  let khz = if khz <> 0n then khz else processor_khz () in
  if khz <> 0n then set_frequency khz
  else if load has_pit <> 0n then measure_by_pit ()
  else begin
    store scale (kvm_scale ());
    if load scale = 0n then if Apic.is_present () then measure_by_apic () else set_frequency usual_khz
  end

(** Nanoseconds since the machine was initialised. *)
let monotonic () =
  if load scale = 0n then measure ();
  let ticks = Ports.rdtsc () - load origin in
  let s = load scale in
  ((ticks lsr 32) * s) + (((ticks land 0xffff_ffffn) * s) lsr 32)

(* Counts of the local controller's timer in a millisecond; 0 until measured. *)
let apic_khz = static 8

let measure_apic () =
  Apic.count_down ();
  let start = monotonic () in
  while monotonic () - start < 1_000_000n do
    Ports.pause ()
  done;
  let counted = Apic.counted () and passed = monotonic () - start in
  store apic_khz ((counted * 1_000_000n / passed) + 1n)

(** Whether [arm] asks for interrupts: where nothing can interrupt, waiting is looking at the clock. *)
let can_interrupt () = load pit_interrupts <> 0n || Apic.is_present ()

(** Asks for an interrupt after [ns] nanoseconds, or sooner (the 8254 counts 55 ms at most, the other one a second). *)
let arm ns =
  if load pit_interrupts <> 0n then begin
    let ticks = if ns >= 50_000_000n then 59_659n else (ns * pit_hz / 1_000_000_000n) + 1n in
    Ports.out8 pit_command 0x30n;
    Ports.out8 pit_channel_0 (ticks land 0xffn);
    Ports.out8 pit_channel_0 (ticks lsr 8)
  end
  else if Apic.is_present () then begin
    if load apic_khz = 0n then measure_apic ();
    let ns = if ns > 1_000_000_000n then 1_000_000_000n else ns in
    let count = (ns * load apic_khz / 1_000_000n) + 1n in
    Apic.arm (if count > 0xffff_ffffn then 0xffff_ffffn else count)
  end

(* The real-time clock. *)

let cmos register =
  Ports.out8 0x70n register;
  Ports.in8 0x71n

let from_bcd binary n = if binary then n else ((n lsr 4) * 10n) + (n land 15n)

(** Days from 1970-01-01 to the given day of the proleptic Gregorian calendar (the civil-from-days arithmetic with years that
    begin in March). *)
let days_from_civil year month day =
  let y = if month <= 2n then year - 1n else year in
  let era = y / 400n in
  let year_of_era = y - (era * 400n) in
  let shifted = if month > 2n then month - 3n else month + 9n in
  let day_of_year = (((153n * shifted) + 2n) / 5n) + day - 1n in
  let day_of_era = (year_of_era * 365n) + (year_of_era / 4n) - (year_of_era / 100n) + day_of_year in
  (era * 146_097n) + day_of_era - 719_468n

(* Seconds since 1970 as the chip says; 0 when there is no chip (its registers then read as ones). *)
let read_rtc () =
  if cmos 0x0an = 0xffn then 0n
  else begin
    while cmos 0x0an land 0x80n <> 0n do
      Ports.pause ()
    done;
    let status = cmos 0x0bn in
    let binary = status land 4n <> 0n in
    let second = from_bcd binary (cmos 0n) and minute = from_bcd binary (cmos 2n) in
    let raw_hour = cmos 4n in
    let hour = from_bcd binary (raw_hour land 0x7fn) in
    let hour =
      if status land 2n <> 0n then hour
      else (hour mod 12n) + if raw_hour land 0x80n <> 0n then 12n else 0n
    in
    let day = from_bcd binary (cmos 7n) and month = from_bcd binary (cmos 8n) and year = from_bcd binary (cmos 9n) in
    let century = from_bcd binary (cmos 0x32n) in
    let century = if century >= 19n && century <= 30n then century else 20n in
    (days_from_civil ((century * 100n) + year) month day * 86_400n) + (hour * 3600n) + (minute * 60n) + second
  end

(* The wall clock's value at monotonic 0; read once. *)
let wall_origin = static 8

let wall () =
  if load wall_origin = 0n then begin
    let now = monotonic () in
    store wall_origin ((read_rtc () * 1_000_000_000n) - now)
  end;
  load wall_origin + monotonic ()
