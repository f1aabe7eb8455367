(* Channels on sockets. *)

open Unix__error
open Unix__descriptors
open Unix__addresses
open Unix__sockets
open Unix__processes

let open_connection address =
  let d = socket ~cloexec:true (domain_of_sockaddr address) SOCK_STREAM 0 in
  (try connect d address
   with e ->
     close d;
     raise e);
  (in_channel_of_descr d, out_channel_of_descr d)

let shutdown_connection channel = shutdown (descr_of_in_channel channel) SHUTDOWN_SEND

(* Each connection has a process of its own, whose parent ends at once, so that nobody has to wait for it. *)
let establish_server serve address =
  let d = socket ~cloexec:true (domain_of_sockaddr address) SOCK_STREAM 0 in
  setsockopt d SO_REUSEADDR true;
  bind d address;
  listen d 5;
  let rec accept_one () = try accept ~cloexec:true d with Unix_error (EINTR, _, _) -> accept_one () in
  while true do
    let connection, _ = accept_one () in
    match fork () with
    | 0 ->
        if fork () <> 0 then _exit 0;
        close d;
        serve (in_channel_of_descr connection) (out_channel_of_descr connection);
        exit 0
    | pid ->
        close connection;
        ignore (wait_for pid)
  done
