(* Other programs, with channels to them. *)

open Lwt.Infix

type command = string * string array

let shell text = ("", [| "/bin/sh"; "-c"; text |])

type redirection = [ `Keep | `Dev_null | `Close | `FD_copy of Unix.file_descr | `FD_move of Unix.file_descr ]

(* In the child: what a standard descriptor is to be. *)
let redirect standard (redirection : redirection) =
  match redirection with
  | `Keep -> ()
  | `Close -> Unix.close standard
  | `Dev_null ->
      let null = Unix.openfile "/dev/null" [ O_RDWR; O_CLOEXEC ] 0 in
      Unix.dup2 ~cloexec:false null standard
  | `FD_copy d | `FD_move d -> if d = standard then Unix.clear_close_on_exec d else Unix.dup2 ~cloexec:false d standard

let start (program, arguments) env cwd stdin stdout stderr =
  let program = if program = "" && Array.length arguments > 0 then arguments.(0) else program in
  match Lwt_unix.fork () with
  | 0 -> (
      try
        redirect Unix.stdin stdin;
        redirect Unix.stdout stdout;
        redirect Unix.stderr stderr;
        Option.iter Unix.chdir cwd;
        match env with None -> Unix.execvp program arguments | Some env -> Unix.execvpe program arguments env
      with _ -> Unix._exit 127)
  | pid ->
      List.iter (function `FD_move d -> Unix.close d | _ -> ()) [ stdin; stdout; stderr ];
      pid

type state = Running | Exited of Unix.process_status

let status (_, status, _) = status

class common timeout (channels : (unit -> unit Lwt.t) list) pid =
  let ended = Lwt_unix.wait4 [] pid in
  let close_channels () = Lwt_list.iter_p (fun close -> Lwt.catch close (fun _ -> Lwt.return_unit)) channels in
  object (self)
    method pid : int = pid
    method state = match Lwt.state ended with Lwt.Return r -> Exited (status r) | Lwt.Fail _ | Lwt.Sleep -> Running
    method kill signal = if Lwt.is_sleeping ended then Unix.kill pid signal
    method terminate = self#kill Sys.sigkill
    method status : Unix.process_status Lwt.t = Lwt.protected ended >|= status
    method rusage : Lwt_unix.resource_usage Lwt.t = Lwt.protected ended >|= fun (_, _, usage) -> usage
    method close : Unix.process_status Lwt.t = close_channels () >>= fun () -> Lwt.protected ended >|= status

    initializer
      Option.iter
        (fun seconds ->
          Lwt.dont_wait
            (fun () ->
              Lwt.pick [ (Lwt_unix.sleep seconds >|= fun () -> true); (Lwt.protected ended >|= fun _ -> false) ] >>= function
              | true ->
                  self#terminate;
                  close_channels ()
              | false -> Lwt.return_unit)
            (fun _ -> ()))
        timeout
  end

class process_none ?timeout ?env ?cwd ?(stdin = `Keep) ?(stdout = `Keep) ?(stderr = `Keep) command =
  object
    inherit common timeout [] (start command env cwd stdin stdout stderr)
  end

(* A pipe, whose end for the other program goes to it. *)
let to_read () =
  let r, w = Lwt_unix.pipe_in ~cloexec:true () in
  (Lwt_io.of_fd ~mode:Lwt_io.input r, `FD_move w)

let to_write () =
  let r, w = Lwt_unix.pipe_out ~cloexec:true () in
  (Lwt_io.of_fd ~mode:Lwt_io.output w, `FD_move r)

class process_in ?timeout ?env ?cwd ?(stdin = `Keep) ?(stderr = `Keep) command =
  let channel, theirs = to_read () in
  object
    inherit common timeout [ (fun () -> Lwt_io.close channel) ] (start command env cwd stdin theirs stderr)
    method stdout = channel
  end

class process_out ?timeout ?env ?cwd ?(stdout = `Keep) ?(stderr = `Keep) command =
  let channel, theirs = to_write () in
  object
    inherit common timeout [ (fun () -> Lwt_io.close channel) ] (start command env cwd theirs stdout stderr)
    method stdin = channel
  end

class process ?timeout ?env ?cwd ?(stderr = `Keep) command =
  let output, their_input = to_write () in
  let input, their_output = to_read () in
  object
    inherit common timeout [ (fun () -> Lwt_io.close output); (fun () -> Lwt_io.close input) ] (start command env cwd their_input their_output stderr)
    method stdin = output
    method stdout = input
  end

class process_full ?timeout ?env ?cwd command =
  let output, their_input = to_write () in
  let input, their_output = to_read () in
  let errors, their_errors = to_read () in
  object
    inherit
      common
        timeout
        [ (fun () -> Lwt_io.close output); (fun () -> Lwt_io.close input); (fun () -> Lwt_io.close errors) ]
        (start command env cwd their_input their_output their_errors)

    method stdin = output
    method stdout = input
    method stderr = errors
  end

let open_process_none ?timeout ?env ?cwd ?stdin ?stdout ?stderr command = new process_none ?timeout ?env ?cwd ?stdin ?stdout ?stderr command
let open_process_in ?timeout ?env ?cwd ?stdin ?stderr command = new process_in ?timeout ?env ?cwd ?stdin ?stderr command
let open_process_out ?timeout ?env ?cwd ?stdout ?stderr command = new process_out ?timeout ?env ?cwd ?stdout ?stderr command
let open_process ?timeout ?env ?cwd ?stderr command = new process ?timeout ?env ?cwd ?stderr command
let open_process_full ?timeout ?env ?cwd command = new process_full ?timeout ?env ?cwd command
let closing process f = Lwt.finalize (fun () -> f process) (fun () -> process#close >|= fun (_ : Unix.process_status) -> ())

let with_process_none ?timeout ?env ?cwd ?stdin ?stdout ?stderr command f =
  closing (open_process_none ?timeout ?env ?cwd ?stdin ?stdout ?stderr command) f

let with_process_in ?timeout ?env ?cwd ?stdin ?stderr command f = closing (open_process_in ?timeout ?env ?cwd ?stdin ?stderr command) f
let with_process_out ?timeout ?env ?cwd ?stdout ?stderr command f = closing (open_process_out ?timeout ?env ?cwd ?stdout ?stderr command) f
let with_process ?timeout ?env ?cwd ?stderr command f = closing (open_process ?timeout ?env ?cwd ?stderr command) f
let with_process_full ?timeout ?env ?cwd command f = closing (open_process_full ?timeout ?env ?cwd command) f

(* {1 Whole runs} *)

let exec ?timeout ?env ?cwd ?stdin ?stdout ?stderr command = (open_process_none ?timeout ?env ?cwd ?stdin ?stdout ?stderr command)#close

let reading ?timeout ?env ?cwd ?stdin ?stderr command f = with_process_in ?timeout ?env ?cwd ?stdin ?stderr command (fun p -> f p#stdout)
let pread ?timeout ?env ?cwd ?stdin ?stderr command = reading ?timeout ?env ?cwd ?stdin ?stderr command (fun c -> Lwt_io.read c)
let pread_line ?timeout ?env ?cwd ?stdin ?stderr command = reading ?timeout ?env ?cwd ?stdin ?stderr command Lwt_io.read_line

(* The process is closed at the end of what it prints. *)
let until_end process next =
  Lwt_stream.from (fun () ->
      next () >>= function
      | None -> process#close >|= fun (_ : Unix.process_status) -> None
      | found -> Lwt.return found)

let pread_chars ?timeout ?env ?cwd ?stdin ?stderr command =
  let p = open_process_in ?timeout ?env ?cwd ?stdin ?stderr command in
  until_end p (fun () -> Lwt_io.read_char_opt p#stdout)

let pread_lines ?timeout ?env ?cwd ?stdin ?stderr command =
  let p = open_process_in ?timeout ?env ?cwd ?stdin ?stderr command in
  until_end p (fun () -> Lwt_io.read_line_opt p#stdout)

let writing ?timeout ?env ?cwd ?stdout ?stderr command f = with_process_out ?timeout ?env ?cwd ?stdout ?stderr command (fun p -> f p#stdin)
let pwrite ?timeout ?env ?cwd ?stdout ?stderr command text = writing ?timeout ?env ?cwd ?stdout ?stderr command (fun c -> Lwt_io.write c text)
let pwrite_line ?timeout ?env ?cwd ?stdout ?stderr command text = writing ?timeout ?env ?cwd ?stdout ?stderr command (fun c -> Lwt_io.write_line c text)
let pwrite_chars ?timeout ?env ?cwd ?stdout ?stderr command chars = writing ?timeout ?env ?cwd ?stdout ?stderr command (fun c -> Lwt_io.write_chars c chars)
let pwrite_lines ?timeout ?env ?cwd ?stdout ?stderr command lines = writing ?timeout ?env ?cwd ?stdout ?stderr command (fun c -> Lwt_io.write_lines c lines)

(* Writes while it reads: the program may print before it has read everything. *)
let feeding (p : process) write read =
  let written = Lwt.catch (fun () -> Lwt.finalize (fun () -> write p#stdin) (fun () -> Lwt_io.close p#stdin)) (function Unix.Unix_error (EPIPE, _, _) -> Lwt.return_unit | e -> Lwt.fail e) in
  Lwt.both (read p#stdout) written >|= fst

let pmap ?timeout ?env ?cwd ?stderr command text =
  with_process ?timeout ?env ?cwd ?stderr command (fun p -> feeding p (fun c -> Lwt_io.write c text) (fun c -> Lwt_io.read c))

let pmap_line ?timeout ?env ?cwd ?stderr command text =
  with_process ?timeout ?env ?cwd ?stderr command (fun p -> feeding p (fun c -> Lwt_io.write_line c text) Lwt_io.read_line)

let pmap_lines ?timeout ?env ?cwd ?stderr command lines =
  let p = open_process ?timeout ?env ?cwd ?stderr command in
  Lwt.dont_wait (fun () -> Lwt.finalize (fun () -> Lwt_io.write_lines p#stdin lines) (fun () -> Lwt_io.close p#stdin)) (fun _ -> ());
  until_end p (fun () -> Lwt_io.read_line_opt p#stdout)
