(* Processes: starting programs and waiting for them. *)

open Unix__error
open Unix__calls
open Unix__environment
open Unix__descriptors
open Unix__signals

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

external getpid : unit -> int = "morgana_linux_getpid"
external getppid : unit -> int = "morgana_linux_getppid"
external _exit : int -> 'a = "caml_sys_exit"

let setsid () = call1 "setsid" 112 0

(* getpriority gives 20 less the priority. *)
let nice increment =
  let wanted = 20 - checked "nice" "" (linux_call 140 0 0 0 0) + increment in
  let wanted = min 19 (max (-20) wanted) in
  checked_unit "nice" "" (linux_call 141 0 0 wanted 0);
  wanted

type process_status = WEXITED of int | WSIGNALED of int | WSTOPPED of int
type wait_flag = WNOHANG | WUNTRACED

let fork () = call1 "fork" 57 0

let status_of_word w = if w land 0x7f = 0 then WEXITED ((w lsr 8) land 0xff) else if w land 0xff = 0x7f then WSTOPPED (sys_signal ((w lsr 8) land 0xff)) else WSIGNALED (sys_signal (w land 0x7f))

(* With other threads it is looked now and then. *)
let rec wait_by name flags pid =
  let no_hang = 1 in
  let options = List.fold_left (fun all flag -> all lor match flag with WNOHANG -> no_hang | WUNTRACED -> 2) 0 flags in
  let b = Bytes.make 8 '\000' in
  match !waiting with
  | Some { wait } when options land no_hang = 0 -> (
      match checked name "" (linux_call_buffer 61 pid b 0 (options lor no_hang) 0) with
      | 0 ->
          wait_among_threads name flags pid wait
      | found -> (found, status_of_word (half b 0)))
  | _ ->
      let found = checked name "" (linux_call_buffer 61 pid b 0 options 0) in
      (found, status_of_word (half b 0))

and wait_among_threads name flags pid wait =
  let between = 2_000_000L in
  let before = monotonic_ns () in
  wait [] [] (Int64.add before between);
  (* Nobody else was there to wait for. *)
  if Int64.compare (monotonic_ns ()) (Int64.add before between) < 0 then Unix__time.sleepf 0.002;
  wait_by name flags pid

let waitpid flags pid = wait_by "waitpid" flags pid
let wait () = wait_by "wait" [] (-1)

external linux_execute : string -> string array -> string array -> bytes -> int = "morgana_linux_execute"

let execute name path arguments environment =
  check_path name path;
  Array.iter (fun s -> if String.contains s '\000' then raise (Unix_error (EINVAL, name, s))) arguments;
  let pointers = Bytes.create (8 * (Array.length arguments + Array.length environment + 2)) in
  ignore (checked name path (linux_execute path arguments environment pointers));
  assert false

let execve path arguments environment = execute "execve" path arguments environment
let execv path arguments = execute "execv" path arguments (environment ())

(* As the shell finds programs: in the folders of PATH, unless the name has a slash. *)
let search name path arguments environment =
  if String.contains path '/' then execute name path arguments environment
  else
    let folders = match Sys.getenv_opt "PATH" with Some p -> String.split_on_char ':' p | None -> [ "/bin"; "/usr/bin" ] in
    let rec first last = function
      | [] -> raise (Unix_error (last, name, path))
      | folder :: rest -> (
          try execute name (if folder = "" then path else folder ^ "/" ^ path) arguments environment with
          | Unix_error (((ENOENT | ENOTDIR) as e), _, _) -> first (if last = EACCES then last else e) rest
          | Unix_error (EACCES, _, _) -> first EACCES rest)
    in
    first ENOENT folders

let execvpe path arguments environment = search "execvpe" path arguments environment
let execvp path arguments = search "execvp" path arguments (environment ())
let shell = "/bin/sh"

(* What cannot be executed ends with 127, as under the shell. *)
let in_child run =
  match fork () with
  | 0 -> ( try run () with _ -> _exit 127)
  | pid -> pid

let rec wait_for pid = try snd (waitpid [] pid) with Unix_error (EINTR, _, _) -> wait_for pid
let system command = wait_for (in_child (fun () -> execv shell [| shell; "-c"; command |]))

(* Descriptors that the child shall have are moved out of the way before they are put in their places. *)
let redirect input output error =
  let aside d = if d > 2 then d else checked "dup" "" (linux_call 72 d 0 3 0) in
  let i = aside input in
  let o = aside output in
  let e = aside error in
  dup2 i 0;
  dup2 o 1;
  dup2 e 2

(* What prevents the program's start is told through a pipe, which closes when it starts. *)
let create_process_with program start input output error =
  let read_end, write_end = pipe ~cloexec:true () in
  match fork () with
  | exception e ->
      close read_end;
      close write_end;
      raise e
  | 0 -> (
      try
        redirect input output error;
        start ()
      with e ->
        let number = match e with Unix_error (error, _, _) -> number_of_error error | _ -> number_of_error ENOMEM in
        ignore (write_substring write_end (String.make 1 (Char.chr (number land 255))) 0 1);
        _exit 127)
  | pid ->
      close write_end;
      let b = Bytes.create 1 in
      let rec told () = try read read_end b 0 1 with Unix_error (EINTR, _, _) -> told () in
      let count = told () in
      close read_end;
      if count = 0 then pid
      else begin
        ignore (wait_for pid);
        raise (Unix_error (error_of_number (Char.code (Bytes.get b 0)), "create_process", program))
      end

let create_process program arguments input output error = create_process_with program (fun () -> execvp program arguments) input output error

let create_process_env program arguments environment input output error =
  create_process_with program (fun () -> execvpe program arguments environment) input output error
