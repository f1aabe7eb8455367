(* Pretty printing to channels: a formatter's output is kept as orders, which the channel gets one after the other. *)

open Lwt.Infix

type formatter = { commit : unit -> unit Lwt.t; fmt : Format.formatter }
type order = String of string * int * int | Flush

let make_formatter ~commit ~fmt () = { commit; fmt }
let get_formatter f = f.fmt
let write_pending f = f.commit ()

let flush f =
  Format.pp_print_flush f.fmt ();
  f.commit ()

let formatter_of note = Format.make_formatter (fun s from count -> note (String (s, from, count))) (fun () -> note Flush)

let make_stream () =
  let stream, push = Lwt_stream.create () in
  (stream, make_formatter ~commit:Lwt.return ~fmt:(formatter_of (fun order -> push (Some order))) ())

let write_order channel = function
  | String (s, from, count) -> Lwt_io.write_from_string_exactly channel s from count
  | Flush -> Lwt_io.flush channel

let of_channel channel =
  let orders = Queue.create () in
  let rec write channel = match Queue.take_opt orders with None -> Lwt.return_unit | Some order -> write_order channel order >>= fun () -> write channel in
  make_formatter ~commit:(fun () -> Lwt_io.atomic write channel) ~fmt:(formatter_of (fun order -> Queue.add order orders)) ()

let stdout = of_channel Lwt_io.stdout
let stderr = of_channel Lwt_io.stderr
let kfprintf k f format = Format.kfprintf (fun _ -> k f (f.commit ())) f.fmt format
let fprintf f format = kfprintf (fun _ written -> written) f format
let ikfprintf k f format = Format.ikfprintf (fun _ -> k f Lwt.return_unit) f.fmt format
let ifprintf f format = ikfprintf (fun _ written -> written) f format
let printf format = fprintf stdout format
let eprintf format = fprintf stderr format
