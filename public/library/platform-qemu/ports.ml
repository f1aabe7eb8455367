(* Port input and output, and the instructions that wait. *)
[@@@runtime]

open Morgana_runtime.Raw

external in8 : word -> word = "%raw_machine_in8"
external in16 : word -> word = "%raw_machine_in16"
external in32 : word -> word = "%raw_machine_in32"
external out8 : word -> word -> unit = "%raw_machine_out8"
external out16 : word -> word -> unit = "%raw_machine_out16"
external out32 : word -> word -> unit = "%raw_machine_out32"

(** Reads the time stamp counter. *)
external rdtsc : unit -> word = "%raw_machine_rdtsc"

(** [cpuid leaf subleaf register]: eax, ebx, ecx, edx are registers 0 to 3. *)
external cpuid : word -> word -> word -> word = "%raw_machine_cpuid"

external rdmsr : word -> word = "%raw_machine_rdmsr"
external wrmsr : word -> word -> unit = "%raw_machine_wrmsr"

external disable_interrupts : unit -> unit = "%raw_machine_cli"
external enable_interrupts : unit -> unit = "%raw_machine_sti"

(** Enables interrupts and halts until one has been served, with no moment in between (the shadow of [sti]); then disables them. *)
external wait_for_interrupt : unit -> unit = "%raw_machine_sti_hlt_cli"

external halt : unit -> unit = "%raw_machine_hlt"

external pause : unit -> unit = "%raw_machine_pause"
