(* Bytes outside of the heap: what the system is given is copied, a piece at a time. *)

open Lwt.Infix

type t = Bigstringaf.t

let create n : t = Bigarray.(Array1.create char c_layout n)

external length : t -> int = "%caml_ba_dim_1"
external get : t -> int -> char = "%caml_ba_ref_1"
external set : t -> int -> char -> unit = "%caml_ba_set_1"
external unsafe_get : t -> int -> char = "%caml_ba_unsafe_ref_1"
external unsafe_set : t -> int -> char -> unit = "%caml_ba_unsafe_set_1"

let of_string s = Bigstringaf.of_string s ~off:0 ~len:(String.length s)
let of_bytes b = of_string (Bytes.unsafe_to_string b)
let to_string b = Bigstringaf.substring b ~off:0 ~len:(length b)
let to_bytes b = Bytes.unsafe_of_string (to_string b)

let check name size offset count = if offset < 0 || count < 0 || offset > size - count then invalid_arg ("Lwt_bytes." ^ name)

let unsafe_blit source from target at count = Bigstringaf.blit source ~src_off:from target ~dst_off:at ~len:count
let unsafe_blit_from_string source from target at count = Bigstringaf.blit_from_string source ~src_off:from target ~dst_off:at ~len:count
let unsafe_blit_from_bytes source from target at count = Bigstringaf.blit_from_bytes source ~src_off:from target ~dst_off:at ~len:count
let unsafe_blit_to_bytes source from target at count = Bigstringaf.blit_to_bytes source ~src_off:from target ~dst_off:at ~len:count

let blit source from target at count =
  check "blit" (length source) from count;
  check "blit" (length target) at count;
  unsafe_blit source from target at count

let blit_from_string source from target at count =
  check "blit_from_string" (String.length source) from count;
  check "blit_from_string" (length target) at count;
  unsafe_blit_from_string source from target at count

let blit_from_bytes source from target at count =
  check "blit_from_bytes" (Bytes.length source) from count;
  check "blit_from_bytes" (length target) at count;
  unsafe_blit_from_bytes source from target at count

let blit_to_bytes source from target at count =
  check "blit_to_bytes" (length source) from count;
  check "blit_to_bytes" (Bytes.length target) at count;
  unsafe_blit_to_bytes source from target at count

let proxy b offset count = Bigarray.Array1.sub b offset count

let extract b offset count =
  check "extract" (length b) offset count;
  Bigstringaf.copy b ~off:offset ~len:count

let copy b = Bigstringaf.copy b ~off:0 ~len:(length b)
let unsafe_fill b offset count c = Bigarray.Array1.fill (Bigarray.Array1.sub b offset count) c

let fill b offset count c =
  check "fill" (length b) offset count;
  unsafe_fill b offset count c

(* {1 Input and output} *)

(* More is not copied at once. *)
let most = 65536

let reading name b offset count input =
  check name (length b) offset count;
  let buffer = Bytes.create (min count most) in
  input buffer (Bytes.length buffer) >|= fun (n, result) ->
  unsafe_blit_from_bytes buffer 0 b offset n;
  result

let writing name b offset count output =
  check name (length b) offset count;
  let count = min count most in
  let buffer = Bytes.create count in
  unsafe_blit_to_bytes b offset buffer 0 count;
  output buffer count

let counted n = (n, n)
let read d b offset count = reading "read" b offset count (fun buffer n -> Lwt_unix.read d buffer 0 n >|= counted)
let recv d b offset count flags = reading "recv" b offset count (fun buffer n -> Lwt_unix.recv d buffer 0 n flags >|= counted)

let recvfrom d b offset count flags =
  reading "recvfrom" b offset count (fun buffer n -> Lwt_unix.recvfrom d buffer 0 n flags >|= fun (n, from) -> (n, (n, from)))

let write d b offset count = writing "write" b offset count (fun buffer n -> Lwt_unix.write d buffer 0 n)
let send d b offset count flags = writing "send" b offset count (fun buffer n -> Lwt_unix.send d buffer 0 n flags)
let sendto d b offset count flags address = writing "sendto" b offset count (fun buffer n -> Lwt_unix.sendto d buffer 0 n flags address)
let page_size = 4096
