(* Programs with channels to their standard descriptors. *)

open Unix__error
open Unix__descriptors
open Unix__processes

type pipes = Of_input of in_channel | Of_output of out_channel | Of_both of in_channel * out_channel | Of_full of in_channel * out_channel * in_channel

let running : (pipes * int) list ref = ref []

let shell_arguments command = (shell, [| shell; "-c"; command |])

let open_args_in program start =
  let read, write = pipe ~cloexec:true () in
  let pid = create_process_with program start stdin write stderr in
  close write;
  let channel = in_channel_of_descr read in
  running := (Of_input channel, pid) :: !running;
  channel

let open_args_out program start =
  let read, write = pipe ~cloexec:true () in
  let pid = create_process_with program start read stdout stderr in
  close read;
  let channel = out_channel_of_descr write in
  running := (Of_output channel, pid) :: !running;
  channel

let open_args program start =
  let in_read, in_write = pipe ~cloexec:true () in
  let out_read, out_write = pipe ~cloexec:true () in
  let pid = create_process_with program start out_read in_write stderr in
  close out_read;
  close in_write;
  let channels = (in_channel_of_descr in_read, out_channel_of_descr out_write) in
  running := (Of_both (fst channels, snd channels), pid) :: !running;
  channels

let open_args_full program start =
  let in_read, in_write = pipe ~cloexec:true () in
  let out_read, out_write = pipe ~cloexec:true () in
  let error_read, error_write = pipe ~cloexec:true () in
  let pid = create_process_with program start out_read in_write error_write in
  List.iter close [ out_read; in_write; error_write ];
  let ((input, output, errors) as channels) = (in_channel_of_descr in_read, out_channel_of_descr out_write, in_channel_of_descr error_read) in
  running := (Of_full (input, output, errors), pid) :: !running;
  channels

let open_process_args_in program arguments = open_args_in program (fun () -> execvp program arguments)
let open_process_args_out program arguments = open_args_out program (fun () -> execvp program arguments)
let open_process_args program arguments = open_args program (fun () -> execvp program arguments)
let open_process_args_full program arguments environment = open_args_full program (fun () -> execvpe program arguments environment)
let open_process_in command = open_args_in shell (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process_out command = open_args_out shell (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process command = open_args shell (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process_full command environment = open_args_full shell (fun () -> let program, arguments = shell_arguments command in execve program arguments environment)

let same a b =
  match (a, b) with
  | Of_input a, Of_input b -> a == b
  | Of_output a, Of_output b -> a == b
  | Of_both (a, c), Of_both (b, d) -> a == b && c == d
  | Of_full (a, c, e), Of_full (b, d, f) -> a == b && c == d && e == f
  | _ -> false

let pid_of name pipes = match List.find_opt (fun (p, _) -> same p pipes) !running with Some (_, pid) -> pid | None -> raise (Unix_error (EBADF, name, ""))

let forget name pipes =
  let pid = pid_of name pipes in
  running := List.filter (fun (p, _) -> not (same p pipes)) !running;
  pid

let process_in_pid c = pid_of "process_in_pid" (Of_input c)
let process_out_pid c = pid_of "process_out_pid" (Of_output c)
let process_pid (i, o) = pid_of "process_pid" (Of_both (i, o))
let process_full_pid (i, o, e) = pid_of "process_full_pid" (Of_full (i, o, e))

(* The program may have ended: what it did not read is lost. *)
let close_output c = try close_out c with Sys_error _ -> ()

let close_process_in c =
  let pid = forget "close_process_in" (Of_input c) in
  close_in c;
  wait_for pid

let close_process_out c =
  let pid = forget "close_process_out" (Of_output c) in
  close_output c;
  wait_for pid

let close_process (i, o) =
  let pid = forget "close_process" (Of_both (i, o)) in
  close_in i;
  close_output o;
  wait_for pid

let close_process_full (i, o, e) =
  let pid = forget "close_process_full" (Of_full (i, o, e)) in
  close_in i;
  close_output o;
  close_in e;
  wait_for pid
