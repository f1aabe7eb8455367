(* skip: evaluator; needs: /dev/ptmx *)
(* Terminals and their settings. *)
let p = Printf.printf
let e f = try f () with Unix.Unix_error (error, name, argument) -> p "error %s %s %S\n" (Unix.error_message error) name argument | Failure m -> p "failure %s\n" m | Invalid_argument m -> p "invalid %s\n" m | Not_found -> p "not found\n"

(* The controlling side of a pseudo terminal is one, too. *)
let terminals () =
  e (fun () -> ignore (Unix.tcgetattr Unix.stdin));
  let d = Unix.openfile "/dev/ptmx" [ Unix.O_RDWR; Unix.O_NOCTTY ] 0 in
  let t = Unix.tcgetattr d in
  p "%b %b %d %d %C %d\n" t.c_icanon t.c_echo t.c_csize t.c_obaud t.c_vintr t.c_cstopb;
  Unix.tcsetattr d Unix.TCSANOW { t with c_icanon = false; c_echo = false; c_vmin = 1; c_vtime = 0; c_obaud = 9600; c_ibaud = 9600 };
  let t = Unix.tcgetattr d in
  p "%b %b %d %d %d\n" t.c_icanon t.c_echo t.c_vmin t.c_vtime t.c_obaud;
  Unix.tcflush d Unix.TCIOFLUSH;
  e (fun () -> Unix.tcsetattr d Unix.TCSADRAIN { t with c_csize = 9 });
  e (fun () -> Unix.tcsetattr d Unix.TCSADRAIN { t with c_obaud = 12345 });
  Unix.close d

let () = terminals ()
