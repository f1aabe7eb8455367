(* The end when the run-time system itself cannot go on. *)
[@@@runtime]

open Raw

external write_raw : word -> word -> unit = "morgana_platform_write_raw"
external platform_exit : int -> unit = "morgana_platform_exit"

(* The length of an OCaml string: its words less what the last byte says. *)
let length (text : string) =
  let block = address text in
  let bytes = Block.wosize block lsl 3 in
  bytes - 1n - load8 (block + bytes - 1n)

let print (text : string) = write_raw (address text) (length text)
let digits = static 32

let print_hexadecimal word =
  let i = ref 0 in
  while !i < 16 do
    let nibble = (word lsr sub_int 60 (to_int (of_int !i * 4n))) land 15n in
    store8 (digits + of_int !i) (if nibble < 10n then nibble + 48n else nibble + 87n);
    i := add_int !i 1
  done;
  write_raw digits 16n

(** Prints the message and ends the machine with exit code 2. *)
let stop text =
  print "Fatal error: ";
  print text;
  print "\n";
  platform_exit 2

let stop_with_address text word =
  print "Fatal error: ";
  print text;
  print_hexadecimal word;
  print "\n";
  platform_exit 2

(** Prints one decimal digit. *)
let print_digit digit =
  store8 digits (digit + 48n);
  write_raw digits 1n
