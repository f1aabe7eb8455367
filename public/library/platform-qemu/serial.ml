(* The console: a 16550 UART at COM1 (National Semiconductor PC16550D data sheet). Received bytes are taken from the chip by
   its interrupt into a ring, so that none is lost while the program computes. *)
[@@@runtime]

open Runtime.Raw

let base = 0x3f8n
let data = base
let interrupt_enable = base + 1n
let fifo_control = base + 2n
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

(** Takes what the chip has received; what does not fit into the ring is dropped. Interrupts are off when this runs. *)
let receive () =
  while Ports.in8 line_status land data_ready <> 0n do
    let byte = Ports.in8 data in
    if load tail - load head < ring_size then begin
      store8 (ring + (load tail land (ring_size - 1n))) byte;
      store tail (load tail + 1n)
    end
  done

(** 115200 baud, 8 data bits, no parity, one stop bit, FIFOs on, interrupt when a byte has come. *)
let initialize () =
  Ports.out8 interrupt_enable 0n;
  (* Switching the FIFOs on empties them: what has come already is taken first. *)
  receive ();
  Ports.out8 line_control 0x80n;
  Ports.out8 data 1n;
  Ports.out8 interrupt_enable 0n;
  Ports.out8 line_control 3n;
  Ports.out8 fifo_control 0xc7n;
  Ports.out8 modem_control 0x0bn;
  Ports.out8 interrupt_enable 1n

let has_input () = load head <> load tail

(** Writes [length] bytes; a line feed is sent as it is. *)
let write address length =
  let i = ref 0n in
  while !i < length do
    put (load8 (address + !i));
    i := !i + 1n
  done

(** Moves up to [length] received bytes to [address]; returns how many. *)
let read address length =
  let n = ref 0n in
  while !n < length && has_input () do
    store8 (address + !n) (load8 (ring + (load head land (ring_size - 1n))));
    store head (load head + 1n);
    n := !n + 1n
  done;
  !n
