(* The console: a 16550 UART at COM1 (National Semiconductor PC16550D data sheet). Received bytes are taken from the chip by
   its interrupt into a ring, so that they do not wait in it while the program computes. *)
[@@@runtime]

open Morgana_runtime.Raw

let base = 0x3f8n
let data = base
let interrupt_enable = base + 1n
let line_control = base + 3n
let modem_control = base + 4n
let line_status = base + 5n
let data_ready = 1n
let transmitter_empty = 0x20n

(* Received bytes: a ring of 4096; head and tail count up for ever. *)
let ring_size = 4096n
let ring = static 4096
let head = static 8
let tail = static 8

let put byte =
  while Ports.in8 line_status land transmitter_empty = 0n do
    Ports.pause ()
  done;
  Ports.out8 data byte

(** Takes what the chip has received, as far as the ring has room: the rest stays in the chip, which holds an emulator's sender back.
    Interrupts are off when this runs. *)
let receive () =
  while load tail - load head < ring_size && Ports.in8 line_status land data_ready <> 0n do
    let byte = Ports.in8 data in
    store8 (ring + (load tail land (ring_size - 1n))) byte;
    store tail (load tail + 1n)
  done

(** 115200 baud, 8 data bits, no parity, one stop bit. The FIFOs are left as they are found: switching them on empties them (data
    sheet, FIFO control register, bit 0), and a byte may come between the last look at what has been received and the switch. *)
let initialize () =
  Ports.out8 interrupt_enable 0n;
  Ports.out8 line_control 0x80n;
  Ports.out8 data 1n;
  Ports.out8 interrupt_enable 0n;
  Ports.out8 line_control 3n;
  Ports.out8 modem_control 0x0bn

(** Has the chip interrupt when a byte has come. The interrupt controller must have been set up: a byte that is there already raises the
    line now, and controllers only see it rise. *)
let enable_interrupt () = Ports.out8 interrupt_enable 1n

let has_input () = load head <> load tail

(** Writes [length] bytes; a line feed is sent as it is. *)
let write address length =
  let i = ref 0n in
  while !i < length do
    put (load8 (address + !i));
    i := !i + 1n
  done

(** Moves up to [length] received bytes to [address]; returns how many. Interrupts are off when this runs. *)
let read address length =
  let n = ref 0n in
  while !n < length && has_input () do
    store8 (address + !n) (load8 (ring + (load head land (ring_size - 1n))));
    store head (load head + 1n);
    n := !n + 1n
  done;
  (* Where the ring was full, the line is still up and raises no further interrupt. *)
  receive ();
  !n
