(* Switching the machine off: the parts of ACPI (specification 6.4, sections 4.8 and 5.2) that tell how. Every table is checked for
   its length before it is read; a table that is not as expected is ignored. *)
[@@@runtime]

open Morgana_runtime.Raw

(** Where to write what to enter the soft-off state; set by [initialize], 0 when unknown. *)
let pm1a_control_port = static 8

let pm1b_control_port = static 8
let sleep_type_a = static 8
let sleep_type_b = static 8

(** Address of the sleep control register of hardware-reduced ACPI; 0 when the machine has none. *)
let sleep_control_address = static 8

let sleep_control_is_port = static 8
let signature_rsdp = 0x2052_5450_2044_5352n
let signature_fadt = 0x5043_4146n

(* Tables larger than this are not believed. *)
let longest_table = 0x10_0000n
let table_length table = load32 (table + 4n)

(* An integer of a package in machine code: BytePrefix and a byte, OneOp, or ZeroOp; and its length. *)
let element p =
  let prefix = load8 p in
  if prefix = 0x0an then load8 (p + 1n) else if prefix = 1n then 1n else 0n

let element_bytes p = if load8 p = 0x0an then 2n else 1n

(* The byte sequence _S5_ in the machine code of a definition block, followed by a package of integers: the usual way of
   finding the sleep type without an interpreter. AML: NameOp _S5_ PackageOp length count elements. *)
let find_sleep_type dsdt =
  let length = table_length dsdt in
  if length > 36n && length < longest_table then begin
    let i = ref 36n in
    let stop = length - 16n in
    while !i < stop do
      if load32 (dsdt + !i) = 0x5f35_535fn && load8 (dsdt + !i + 4n) = 0x12n then begin
        let p = dsdt + !i + 5n in
        (* The package's length takes one byte and as many more as its two top bits say; then the element count. *)
        let first = p + (load8 p lsr 6) + 2n in
        store sleep_type_a (element first);
        store sleep_type_b (element (first + element_bytes first));
        i := stop
      end
      else i := !i + 1n
    done
  end

let read_fadt fadt =
  let length = table_length fadt in
  if length >= 72n then begin
    store pm1a_control_port (load32 (fadt + 64n) land 0xffffn);
    store pm1b_control_port (load32 (fadt + 68n) land 0xffffn);
    if length >= 256n then begin
      store sleep_control_is_port (if load8 (fadt + 244n) = 1n then 1n else 0n);
      store sleep_control_address (load (fadt + 248n))
    end;
    let dsdt = load32 (fadt + 40n) in
    if dsdt <> 0n then find_sleep_type dsdt
  end

let rec scan_table table entry_size i count =
  if i < count then begin
    let slot = table + 36n + (i * entry_size) in
    let entry = if entry_size = 8n then load slot else load32 slot in
    if load32 entry = signature_fadt then read_fadt entry else scan_table table entry_size (i + 1n) count
  end

(** Reads the tables from the root pointer that the boot protocol gave (0 if it gave none). *)
let initialize rsdp =
  if rsdp <> 0n && load rsdp = signature_rsdp then begin
    let revision = load8 (rsdp + 15n) in
    let xsdt = if revision >= 2n then load (rsdp + 24n) else 0n in
    let table = if xsdt <> 0n then xsdt else load32 (rsdp + 16n) in
    let entry_size = if xsdt <> 0n then 8n else 4n in
    let length = table_length table in
    if length > 36n && length < longest_table then scan_table table entry_size 0n ((length - 36n) / entry_size)
  end

(** Enters the soft-off state if the tables told how; returns otherwise. *)
let power_off () =
  let control = load sleep_control_address in
  if control <> 0n then begin
    let byte = (load sleep_type_a lsl 2) lor 0x20n in
    if load sleep_control_is_port <> 0n then Ports.out8 control byte else store8 control byte
  end;
  let port = load pm1a_control_port in
  if port <> 0n then Ports.out16 port ((load sleep_type_a lsl 10) lor 0x2000n);
  let port = load pm1b_control_port in
  if port <> 0n then Ports.out16 port ((load sleep_type_b lsl 10) lor 0x2000n)
