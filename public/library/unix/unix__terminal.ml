(* Terminals: termios(3), ioctl_tty(2). *)

open Unix__error
open Unix__calls

type terminal_io = {
  mutable c_ignbrk : bool;
  mutable c_brkint : bool;
  mutable c_ignpar : bool;
  mutable c_parmrk : bool;
  mutable c_inpck : bool;
  mutable c_istrip : bool;
  mutable c_inlcr : bool;
  mutable c_igncr : bool;
  mutable c_icrnl : bool;
  mutable c_ixon : bool;
  mutable c_ixoff : bool;
  mutable c_opost : bool;
  mutable c_obaud : int;
  mutable c_ibaud : int;
  mutable c_csize : int;
  mutable c_cstopb : int;
  mutable c_cread : bool;
  mutable c_parenb : bool;
  mutable c_parodd : bool;
  mutable c_hupcl : bool;
  mutable c_clocal : bool;
  mutable c_isig : bool;
  mutable c_icanon : bool;
  mutable c_noflsh : bool;
  mutable c_echo : bool;
  mutable c_echoe : bool;
  mutable c_echok : bool;
  mutable c_echonl : bool;
  mutable c_vintr : char;
  mutable c_vquit : char;
  mutable c_verase : char;
  mutable c_vkill : char;
  mutable c_veof : char;
  mutable c_veol : char;
  mutable c_vmin : int;
  mutable c_vtime : int;
  mutable c_vstart : char;
  mutable c_vstop : char;
}

type setattr_when = TCSANOW | TCSADRAIN | TCSAFLUSH
type flush_queue = TCIFLUSH | TCOFLUSH | TCIOFLUSH
type flow_action = TCOOFF | TCOON | TCIOFF | TCION

(* The kernel's struct termios: flags of input, output, control and local modes (32 bits each), the discipline's byte, 19 characters. *)
let size = 36
let input_modes = 0
let output_modes = 4
let control_modes = 8
let local_modes = 12
let characters = 17

(* Places in the array of characters. *)
let vintr = 0
let vquit = 1
let verase = 2
let vkill = 3
let veof = 4
let vtime = 5
let vmin = 6
let vstart = 8
let vstop = 9
let veol = 11

(* Numbers of the speeds among the control modes: 0-15, and from 0o10001 on. *)
let cbaud = 0o10017

let speeds =
  [|
    (0, 0); (50, 1); (75, 2); (110, 3); (134, 4); (150, 5); (200, 6); (300, 7); (600, 8); (1200, 9); (1800, 10); (2400, 11); (4800, 12);
    (9600, 13); (19200, 14); (38400, 15); (57600, 0o10001); (115200, 0o10002); (230400, 0o10003); (460800, 0o10004); (500000, 0o10005);
    (576000, 0o10006); (921600, 0o10007); (1000000, 0o10010); (1152000, 0o10011); (1500000, 0o10012); (2000000, 0o10013);
    (2500000, 0o10014); (3000000, 0o10015); (3500000, 0o10016); (4000000, 0o10017);
  |]
[@@ocamlformat "disable"]

let speed_of_number number = match Array.find_opt (fun (_, n) -> n = number) speeds with Some (speed, _) -> speed | None -> 9600

let number_of_speed speed =
  match Array.find_opt (fun (s, _) -> s = speed) speeds with Some (_, n) -> n | None -> raise (Unix_error (EINVAL, "tcsetattr", ""))

let attributes name descriptor =
  let b = Bytes.make size '\000' in
  (* TCGETS *)
  checked_unit name "" (linux_call_third_buffer 16 descriptor 0x5401 b);
  b

let tcgetattr descriptor =
  let b = attributes "tcgetattr" descriptor in
  let flags at = half b at in
  let has at bit = flags at land bit <> 0 in
  let control = flags control_modes and character i = Bytes.get b (characters + i) in
  {
    c_ignbrk = has input_modes 0o1;
    c_brkint = has input_modes 0o2;
    c_ignpar = has input_modes 0o4;
    c_parmrk = has input_modes 0o10;
    c_inpck = has input_modes 0o20;
    c_istrip = has input_modes 0o40;
    c_inlcr = has input_modes 0o100;
    c_igncr = has input_modes 0o200;
    c_icrnl = has input_modes 0o400;
    c_ixon = has input_modes 0o2000;
    c_ixoff = has input_modes 0o10000;
    c_opost = has output_modes 0o1;
    c_obaud = speed_of_number (control land cbaud);
    c_ibaud = speed_of_number (control land cbaud);
    c_csize = 5 + ((control lsr 4) land 3);
    c_cstopb = (if control land 0o100 <> 0 then 2 else 1);
    c_cread = has control_modes 0o200;
    c_parenb = has control_modes 0o400;
    c_parodd = has control_modes 0o1000;
    c_hupcl = has control_modes 0o2000;
    c_clocal = has control_modes 0o4000;
    c_isig = has local_modes 0o1;
    c_icanon = has local_modes 0o2;
    c_noflsh = has local_modes 0o200;
    c_echo = has local_modes 0o10;
    c_echoe = has local_modes 0o20;
    c_echok = has local_modes 0o40;
    c_echonl = has local_modes 0o100;
    c_vintr = character vintr;
    c_vquit = character vquit;
    c_verase = character verase;
    c_vkill = character vkill;
    c_veof = character veof;
    c_veol = character veol;
    c_vmin = Char.code (character vmin);
    c_vtime = Char.code (character vtime);
    c_vstart = character vstart;
    c_vstop = character vstop;
  }

(* What the record does not tell of stays. *)
let tcsetattr descriptor moment t =
  let b = attributes "tcsetattr" descriptor in
  let set at bit on = Bytes.set_int32_le b at (Int32.of_int (if on then half b at lor bit else half b at land lnot bit)) in
  let put at mask bits = Bytes.set_int32_le b at (Int32.of_int (half b at land lnot mask lor bits)) in
  List.iter
    (fun (bit, on) -> set input_modes bit on)
    [
      (0o1, t.c_ignbrk); (0o2, t.c_brkint); (0o4, t.c_ignpar); (0o10, t.c_parmrk); (0o20, t.c_inpck); (0o40, t.c_istrip);
      (0o100, t.c_inlcr); (0o200, t.c_igncr); (0o400, t.c_icrnl); (0o2000, t.c_ixon); (0o10000, t.c_ixoff);
    ];
  set output_modes 0o1 t.c_opost;
  (* One speed for both directions, as the kernel's older calls have it; that of the output counts unless it is 0. *)
  put control_modes cbaud (number_of_speed (if t.c_obaud <> 0 then t.c_obaud else t.c_ibaud));
  if t.c_csize < 5 || t.c_csize > 8 then raise (Unix_error (EINVAL, "tcsetattr", ""));
  put control_modes 0o60 ((t.c_csize - 5) lsl 4);
  (match t.c_cstopb with
  | 1 -> set control_modes 0o100 false
  | 2 -> set control_modes 0o100 true
  | _ -> raise (Unix_error (EINVAL, "tcsetattr", "")));
  List.iter
    (fun (bit, on) -> set control_modes bit on)
    [ (0o200, t.c_cread); (0o400, t.c_parenb); (0o1000, t.c_parodd); (0o2000, t.c_hupcl); (0o4000, t.c_clocal) ];
  List.iter
    (fun (bit, on) -> set local_modes bit on)
    [
      (0o1, t.c_isig); (0o2, t.c_icanon); (0o200, t.c_noflsh); (0o10, t.c_echo); (0o20, t.c_echoe); (0o40, t.c_echok);
      (0o100, t.c_echonl);
    ];
  List.iter
    (fun (i, c) -> Bytes.set b (characters + i) c)
    [
      (vintr, t.c_vintr); (vquit, t.c_vquit); (verase, t.c_verase); (vkill, t.c_vkill); (veof, t.c_veof); (veol, t.c_veol);
      (vmin, Char.chr (t.c_vmin land 255)); (vtime, Char.chr (t.c_vtime land 255)); (vstart, t.c_vstart); (vstop, t.c_vstop);
    ];
  (* TCSETS, TCSETSW, TCSETSF *)
  let request = match moment with TCSANOW -> 0x5402 | TCSADRAIN -> 0x5403 | TCSAFLUSH -> 0x5404 in
  checked_unit "tcsetattr" "" (linux_call_third_buffer 16 descriptor request b)
[@@ocamlformat "disable"]

let ioctl name descriptor request argument = checked_unit name "" (linux_call 16 descriptor request argument 0)

(* TCSBRK sends a break when its argument is 0 and waits for the output else; TCSBRKP has its length in tenths of a second. *)
let tcsendbreak descriptor duration =
  if duration = 0 then ioctl "tcsendbreak" descriptor 0x5409 0 else ioctl "tcsendbreak" descriptor 0x5425 ((duration + 99) / 100)

let tcdrain descriptor = ioctl "tcdrain" descriptor 0x5409 1
let tcflush descriptor queue = ioctl "tcflush" descriptor 0x540b (match queue with TCIFLUSH -> 0 | TCOFLUSH -> 1 | TCIOFLUSH -> 2)
let tcflow descriptor action = ioctl "tcflow" descriptor 0x540a (match action with TCOOFF -> 0 | TCOON -> 1 | TCIOFF -> 2 | TCION -> 3)
