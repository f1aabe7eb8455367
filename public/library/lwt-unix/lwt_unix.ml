(* Calls of the system as promises. Those that may wait for another program wait in the main loop; those on files are made at once. *)

module Loop = Lwt_unix__loop
open Lwt.Infix

let attempt f = try Lwt.return (f ()) with e -> Lwt.fail e

let handle_unix_error f x =
  Lwt.catch (fun () -> f x) (fun e -> Unix.handle_unix_error (fun () -> raise e) ())

type process_status = Unix.process_status = WEXITED of int | WSIGNALED of int | WSTOPPED of int
type wait_flag = Unix.wait_flag = WNOHANG | WUNTRACED
type file_perm = Unix.file_perm

type open_flag = Unix.open_flag =
  | O_RDONLY
  | O_WRONLY
  | O_RDWR
  | O_NONBLOCK
  | O_APPEND
  | O_CREAT
  | O_TRUNC
  | O_EXCL
  | O_NOCTTY
  | O_DSYNC
  | O_SYNC
  | O_RSYNC
  | O_SHARE_DELETE
  | O_CLOEXEC
  | O_KEEPEXEC

type seek_command = Unix.seek_command = SEEK_SET | SEEK_CUR | SEEK_END
type file_kind = Unix.file_kind = S_REG | S_DIR | S_CHR | S_BLK | S_LNK | S_FIFO | S_SOCK

type stats = Unix.stats = {
  st_dev : int;
  st_ino : int;
  st_kind : file_kind;
  st_perm : file_perm;
  st_nlink : int;
  st_uid : int;
  st_gid : int;
  st_rdev : int;
  st_size : int;
  st_atime : float;
  st_mtime : float;
  st_ctime : float;
}

type access_permission = Unix.access_permission = R_OK | W_OK | X_OK | F_OK
type dir_handle = Unix.dir_handle
type lock_command = Unix.lock_command = F_ULOCK | F_LOCK | F_TLOCK | F_TEST | F_RLOCK | F_TRLOCK

type passwd_entry = Unix.passwd_entry = {
  pw_name : string;
  pw_passwd : string;
  pw_uid : int;
  pw_gid : int;
  pw_gecos : string;
  pw_dir : string;
  pw_shell : string;
}

type group_entry = Unix.group_entry = { gr_name : string; gr_passwd : string; gr_gid : int; gr_mem : string array }
type inet_addr = Unix.inet_addr
type socket_domain = Unix.socket_domain = PF_UNIX | PF_INET | PF_INET6
type socket_type = Unix.socket_type = SOCK_STREAM | SOCK_DGRAM | SOCK_RAW | SOCK_SEQPACKET
type sockaddr = Unix.sockaddr = ADDR_UNIX of string | ADDR_INET of inet_addr * int
type shutdown_command = Unix.shutdown_command = SHUTDOWN_RECEIVE | SHUTDOWN_SEND | SHUTDOWN_ALL
type msg_flag = Unix.msg_flag = MSG_OOB | MSG_DONTROUTE | MSG_PEEK

type socket_bool_option = Unix.socket_bool_option =
  | SO_DEBUG
  | SO_BROADCAST
  | SO_REUSEADDR
  | SO_KEEPALIVE
  | SO_DONTROUTE
  | SO_OOBINLINE
  | SO_ACCEPTCONN
  | TCP_NODELAY
  | IPV6_ONLY
  | SO_REUSEPORT

type socket_int_option = Unix.socket_int_option = SO_SNDBUF | SO_RCVBUF | SO_ERROR | SO_TYPE | SO_RCVLOWAT | SO_SNDLOWAT
type socket_optint_option = Unix.socket_optint_option = SO_LINGER
type socket_float_option = Unix.socket_float_option = SO_RCVTIMEO | SO_SNDTIMEO
type host_entry = Unix.host_entry = { h_name : string; h_aliases : string array; h_addrtype : socket_domain; h_addr_list : inet_addr array }
type protocol_entry = Unix.protocol_entry = { p_name : string; p_aliases : string array; p_proto : int }
type service_entry = Unix.service_entry = { s_name : string; s_aliases : string array; s_port : int; s_proto : string }

type addr_info = Unix.addr_info = {
  ai_family : socket_domain;
  ai_socktype : socket_type;
  ai_protocol : int;
  ai_addr : sockaddr;
  ai_canonname : string;
}

type getaddrinfo_option = Unix.getaddrinfo_option =
  | AI_FAMILY of socket_domain
  | AI_SOCKTYPE of socket_type
  | AI_PROTOCOL of int
  | AI_NUMERICHOST
  | AI_CANONNAME
  | AI_PASSIVE

type name_info = Unix.name_info = { ni_hostname : string; ni_service : string }
type getnameinfo_option = Unix.getnameinfo_option = NI_NOFQDN | NI_NUMERICHOST | NI_NAMEREQD | NI_NUMERICSERV | NI_DGRAM

(* {1 Time} *)

let sleep seconds =
  let promise, resolver = Lwt.task () in
  let timer = Loop.on_timer seconds (fun () -> Lwt.wakeup resolver ()) in
  Lwt.on_cancel promise (fun () -> Loop.stop_timer timer);
  promise

let yield = Lwt.pause

(* Lets others run when so much time has passed since the last time. *)
let auto_pause seconds =
  let limit = ref (Unix.gettimeofday () +. seconds) in
  fun () ->
    let now = Unix.gettimeofday () in
    if now >= !limit then begin
      limit := now +. seconds;
      Lwt.pause ()
    end
    else Lwt.return_unit

let auto_yield = auto_pause

exception Timeout

let () = Printexc.register_printer (function Timeout -> Some "Lwt_unix.Timeout" | _ -> None)
let timeout seconds = sleep seconds >>= fun () -> Lwt.fail Timeout
let with_timeout seconds f = Lwt.pick [ timeout seconds; Lwt.apply f () ]

(* {1 Descriptors} *)

type state = Opened | Closed | Aborted of exn

(* What was opened here does not block; of others it is not known, and nothing is changed about them: other processes may have them, too. *)
type file_descr = {
  descriptor : Unix.file_descr;
  mutable state : state;
  mutable blocking : bool;
  is_file : bool Lazy.t;
  mutable waiting : exn Lwt.u list;
}

let fd d = match d.state with Opened -> d.descriptor | Closed -> raise (Unix.Unix_error (EBADF, "check_descriptor", "")) | Aborted e -> raise e
let check_descriptor d = ignore (fd d)

let wrapped ~blocking descriptor =
  let is_file = lazy (match (Unix.fstat descriptor).st_kind with S_REG | S_DIR | S_BLK -> true | _ -> false | exception Unix.Unix_error _ -> false) in
  { descriptor; state = Opened; blocking; is_file; waiting = [] }

let of_unix_file_descr ?(blocking = true) ?(set_flags = true) descriptor =
  if (not blocking) && set_flags then Unix.set_nonblock descriptor;
  wrapped ~blocking descriptor

let non_blocking descriptor = of_unix_file_descr ~blocking:false descriptor
let stdin = wrapped ~blocking:true Unix.stdin
let stdout = wrapped ~blocking:true Unix.stdout
let stderr = wrapped ~blocking:true Unix.stderr
let state d = d.state
let unix_file_descr d = d.descriptor
let blocking d = attempt (fun () -> check_descriptor d; d.blocking)

let set_blocking ?(set_flags = true) d blocking =
  check_descriptor d;
  d.blocking <- blocking;
  if set_flags then if blocking then Unix.clear_nonblock d.descriptor else Unix.set_nonblock d.descriptor

let fail_waiting d e =
  let waiting = d.waiting in
  d.waiting <- [];
  List.iter (fun resolver -> Lwt.wakeup_later resolver e) waiting

let abort d e =
  if d.state = Opened then begin
    d.state <- Aborted e;
    fail_waiting d e
  end

type io_event = Read | Write

let ready event d =
  match event with
  | Read -> ( match Unix.select [ fd d ] [] [] 0. with [], _, _ -> false | _ -> true)
  | Write -> ( match Unix.select [] [ fd d ] [] 0. with _, [], _ -> false | _ -> true)

let readable d = ready Read d
let writable d = ready Write d

(* Waits until the descriptor is ready, is closed or aborted. *)
let wait_for event d =
  match check_descriptor d with
  | exception e -> Lwt.fail e
  | () ->
      let promise, resolver = Lwt.task () in
      let failure, failing = Lwt.wait () in
      let list = match event with Read -> Loop.reading | Write -> Loop.writing in
      let watch = ref None in
      let stop () =
        Option.iter (Loop.stop_watch list) !watch;
        watch := None;
        d.waiting <- List.filter (fun other -> other != failing) d.waiting
      in
      watch :=
        Some
          (Loop.on_descriptor list d.descriptor (fun () ->
               stop ();
               Lwt.wakeup resolver ()));
      d.waiting <- failing :: d.waiting;
      Lwt.on_success failure (fun e ->
          stop ();
          Lwt.wakeup_exn resolver e);
      Lwt.on_cancel promise stop;
      promise

let wait_read d = match readable d with true -> Lwt.return_unit | false -> wait_for Read d | exception e -> Lwt.fail e
let wait_write d = match writable d with true -> Lwt.return_unit | false -> wait_for Write d | exception e -> Lwt.fail e

exception Retry
exception Retry_read
exception Retry_write

(* Makes a call again when it could have been made without waiting. What may block is only called when the descriptor is ready. *)
let rec wrap_syscall event d call =
  let again event = wait_for event d >>= fun () -> wrap_syscall event d call in
  match
    check_descriptor d;
    if d.blocking && (not (Lazy.force d.is_file)) && not (ready event d) then raise Retry;
    call ()
  with
  | result -> Lwt.return result
  | exception (Retry | Unix.Unix_error ((EAGAIN | EWOULDBLOCK | EINTR), _, _)) -> again event
  | exception Retry_read -> again Read
  | exception Retry_write -> again Write
  | exception e -> Lwt.fail e

let register_action event d call = wait_for event d >>= fun () -> wrap_syscall event d call

let openfile path flags permissions =
  attempt (fun () ->
      let descriptor = Unix.openfile path flags permissions in
      let d = wrapped ~blocking:true descriptor in
      if Lazy.force d.is_file then d else non_blocking descriptor)

let close d =
  attempt (fun () ->
      if d.state = Closed then check_descriptor d;
      d.state <- Closed;
      fail_waiting d (Unix.Unix_error (EBADF, "close", ""));
      Unix.close d.descriptor)

let check name b offset length = if offset < 0 || length < 0 || offset > Bytes.length b - length then invalid_arg ("Lwt_unix." ^ name)

let read d b offset length =
  check "read" b offset length;
  wrap_syscall Read d (fun () -> Unix.read d.descriptor b offset length)

(* A pipe that is ready has room for so much (pipe(7)): more might block. *)
let pipe_room = 4096

let write d b offset length =
  check "write" b offset length;
  let length = if d.blocking && not (Lazy.force d.is_file) then min length pipe_room else length in
  wrap_syscall Write d (fun () -> Unix.single_write d.descriptor b offset length)

module IO_vectors = struct
  include Lwt_unix__vectors

  type _bigarray = bigarray

  let system_limit = Some limit
end

(* More is not copied at once. *)
let most_of_vectors = 65536

let readv d row =
  IO_vectors.check "Lwt_unix.readv" row;
  let b = Bytes.create (IO_vectors.room row most_of_vectors) in
  read d b 0 (Bytes.length b) >|= fun n ->
  IO_vectors.scatter row b n;
  n

let writev d row =
  IO_vectors.check "Lwt_unix.writev" row;
  let b = IO_vectors.gather row most_of_vectors in
  write d b 0 (Bytes.length b)

let write_string d s offset length = write d (Bytes.unsafe_of_string s) offset length

let at_offset d file_offset call =
  attempt (fun () ->
      let before = Unix.lseek (fd d) 0 SEEK_CUR in
      ignore (Unix.lseek (fd d) file_offset SEEK_SET);
      Fun.protect ~finally:(fun () -> ignore (Unix.lseek (fd d) before SEEK_SET)) call)

let pread d b ~file_offset offset length =
  check "pread" b offset length;
  at_offset d file_offset (fun () -> Unix.read (fd d) b offset length)

let pwrite d b ~file_offset offset length =
  check "pwrite" b offset length;
  at_offset d file_offset (fun () -> Unix.single_write (fd d) b offset length)

let pwrite_string d s ~file_offset offset length = pwrite d (Bytes.unsafe_of_string s) ~file_offset offset length
let fdatasync d = attempt (fun () -> Unix.fsync (fd d))
let dup ?cloexec d = { d with descriptor = Unix.dup ?cloexec (fd d); waiting = [] }
let dup2 ?cloexec from to_ = Unix.dup2 ?cloexec (fd from) (fd to_)
let link path name = attempt (fun () -> Unix.link path name)
let symlink ?to_dir target name = attempt (fun () -> Unix.symlink ?to_dir target name)
let file_exists path = attempt (fun () -> match Unix.stat path with _ -> true | exception Unix.Unix_error _ -> false)

let readdir_n dir n =
  attempt (fun () ->
      let rec take n found = if n = 0 then found else match Unix.readdir dir with name -> take (n - 1) (name :: found) | exception End_of_file -> found in
      Array.of_list (List.rev (take n [])))

let files_of_directory path =
  let dir = lazy (Unix.opendir path) in
  Lwt_stream.from (fun () ->
      attempt (fun () ->
          match Unix.readdir (Lazy.force dir) with
          | name -> Some name
          | exception End_of_file ->
              Unix.closedir (Lazy.force dir);
              None))

let pipe ?cloexec () =
  let r, w = Unix.pipe ?cloexec () in
  (non_blocking r, non_blocking w)

let pipe_in ?cloexec () =
  let r, w = Unix.pipe ?cloexec () in
  (non_blocking r, w)

let pipe_out ?cloexec () =
  let r, w = Unix.pipe ?cloexec () in
  (r, non_blocking w)

(* {1 Sockets} *)

let socket ?cloexec domain kind protocol = non_blocking (Unix.socket ?cloexec domain kind protocol)

let socketpair ?cloexec domain kind protocol =
  let a, b = Unix.socketpair ?cloexec domain kind protocol in
  (non_blocking a, non_blocking b)

let accept ?cloexec d =
  wrap_syscall Read d (fun () ->
      let descriptor, address = Unix.accept ?cloexec d.descriptor in
      (non_blocking descriptor, address))

(* Those that are there already, too, up to a number, and what went wrong after the first. *)
let accept_n ?cloexec d n =
  wrap_syscall Read d (fun () ->
      let rec more n found =
        if n = 0 || (found <> [] && not (readable d)) then (List.rev found, None)
        else
          match Unix.accept ?cloexec d.descriptor with
          | descriptor, address -> more (n - 1) ((non_blocking descriptor, address) :: found)
          | exception Unix.Unix_error ((EAGAIN | EWOULDBLOCK | EINTR), _, _) when found <> [] -> (List.rev found, None)
          | exception e when found <> [] -> (List.rev found, Some e)
      in
      more n [])

let connect d address =
  match Unix.connect (fd d) address with
  | () -> Lwt.return_unit
  | exception Unix.Unix_error ((EINPROGRESS | EINTR), _, _) -> (
      wait_for Write d >>= fun () ->
      match Unix.getsockopt_error d.descriptor with
      | None -> Lwt.return_unit
      | Some error -> Lwt.fail (Unix.Unix_error (error, "connect", "")))
  | exception e -> Lwt.fail e

let recv d b offset length flags = wrap_syscall Read d (fun () -> Unix.recv d.descriptor b offset length flags)
let recvfrom d b offset length flags = wrap_syscall Read d (fun () -> Unix.recvfrom d.descriptor b offset length flags)
let send d b offset length flags = wrap_syscall Write d (fun () -> Unix.send d.descriptor b offset length flags)
let sendto d b offset length flags address = wrap_syscall Write d (fun () -> Unix.sendto d.descriptor b offset length flags address)

(* {1 Signals} *)

type signal_handler_id = { signal : int; handler : int -> unit }

let handlers : signal_handler_id list ref = ref []

(* The handlers run in the main loop. *)
let install signal =
  Sys.set_signal signal
    (Sys.Signal_handle (fun signal -> Loop.note (fun () -> List.iter (fun h -> if h.signal = signal then h.handler signal) (List.rev !handlers))))

let reinstall_signal_handler signal = if List.exists (fun h -> h.signal = signal) !handlers then install signal

let on_signal signal handler =
  let id = { signal; handler } in
  ignore (Lazy.force Loop.wake_up);
  let is_first = not (List.exists (fun h -> h.signal = signal) !handlers) in
  handlers := id :: !handlers;
  if is_first then install signal;
  id

let on_signal_full signal handler =
  let rec id = { signal; handler = (fun n -> handler id n) } in
  ignore (Lazy.force Loop.wake_up);
  let is_first = not (List.exists (fun h -> h.signal = signal) !handlers) in
  handlers := id :: !handlers;
  if is_first then install signal;
  id

let disable_signal_handler id =
  handlers := List.filter (fun h -> h != id) !handlers;
  if not (List.exists (fun h -> h.signal = id.signal) !handlers) then Sys.set_signal id.signal Sys.Signal_default

let signal_count () = List.length !handlers

(* {1 Processes} *)

type resource_usage = { ru_utime : float; ru_stime : float }

let fork () =
  match Unix.fork () with
  | 0 ->
      Lwt.abandon_paused ();
      0
  | pid -> pid

(* Who waits for which process. *)
let children : (Unix.wait_flag list * int * (int * process_status) Lwt.u) list ref = ref []

(* Who hears of one may wait for the next. *)
let look_for_children () =
  let waiting = !children in
  children := [];
  let goes_on (flags, pid, resolver) =
    match Unix.waitpid (WNOHANG :: flags) pid with
    | 0, _ -> true
    | result ->
        Lwt.wakeup_later resolver result;
        false
    | exception e ->
        Lwt.wakeup_later_exn resolver e;
        false
  in
  let still = List.filter goes_on waiting in
  children := still @ !children

let watch_children = lazy (on_signal Sys.sigchld (fun _ -> look_for_children ()))

let waitpid flags pid =
  if List.mem Unix.WNOHANG flags then attempt (fun () -> Unix.waitpid flags pid)
  else begin
    ignore (Lazy.force watch_children);
    match Unix.waitpid (WNOHANG :: flags) pid with
    | 0, _ ->
        let promise, resolver = Lwt.task () in
        children := !children @ [ (flags, pid, resolver) ];
        Lwt.on_cancel promise (fun () -> children := List.filter (fun (_, _, other) -> other != resolver) !children);
        promise
    | result -> Lwt.return result
    | exception e -> Lwt.fail e
  end

let wait () = waitpid [] (-1)
let wait_count () = List.length !children

(* The kernel's account of all children, before and after. *)
let wait4 flags pid =
  let before = Unix.times () in
  waitpid flags pid >|= fun (pid, status) ->
  let after = Unix.times () in
  (pid, status, { ru_utime = after.tms_cutime -. before.tms_cutime; ru_stime = after.tms_cstime -. before.tms_cstime })

let has_wait4 = true

let system command =
  match fork () with
  | 0 -> ( try Unix.execv "/bin/sh" [| "/bin/sh"; "-c"; command |] with _ -> Unix._exit 127)
  | pid -> waitpid [] pid >|= snd
  | exception e -> Lwt.fail e

(* {1 What is called at once} *)

let truncate a b = attempt (fun () -> Unix.truncate a b)
let ftruncate a b = attempt (fun () -> Unix.ftruncate (fd a) b)
let lseek a b c = attempt (fun () -> Unix.lseek (fd a) b c)
let fsync a = attempt (fun () -> Unix.fsync (fd a))
let stat a = attempt (fun () -> Unix.stat a)
let lstat a = attempt (fun () -> Unix.lstat a)
let fstat a = attempt (fun () -> Unix.fstat (fd a))
let utimes a b c = attempt (fun () -> Unix.utimes a b c)
let isatty a = attempt (fun () -> Unix.isatty (fd a))
let unlink a = attempt (fun () -> Unix.unlink a)
let rename a b = attempt (fun () -> Unix.rename a b)
let chmod a b = attempt (fun () -> Unix.chmod a b)
let fchmod a b = attempt (fun () -> Unix.fchmod (fd a) b)
let chown a b c = attempt (fun () -> Unix.chown a b c)
let fchown a b c = attempt (fun () -> Unix.fchown (fd a) b c)
let access a b = attempt (fun () -> Unix.access a b)
let mkdir a b = attempt (fun () -> Unix.mkdir a b)
let rmdir a = attempt (fun () -> Unix.rmdir a)
let chdir a = attempt (fun () -> Unix.chdir a)
let getcwd a = attempt (fun () -> Unix.getcwd a)
let chroot a = attempt (fun () -> Unix.chroot a)
let opendir a = attempt (fun () -> Unix.opendir a)
let readdir a = attempt (fun () -> Unix.readdir a)
let rewinddir a = attempt (fun () -> Unix.rewinddir a)
let closedir a = attempt (fun () -> Unix.closedir a)
let mkfifo a b = attempt (fun () -> Unix.mkfifo a b)
let readlink a = attempt (fun () -> Unix.readlink a)
let lockf a b c = attempt (fun () -> Unix.lockf (fd a) b c)
let getlogin a = attempt (fun () -> Unix.getlogin a)
let getpwnam a = attempt (fun () -> Unix.getpwnam a)
let getgrnam a = attempt (fun () -> Unix.getgrnam a)
let getpwuid a = attempt (fun () -> Unix.getpwuid a)
let getgrgid a = attempt (fun () -> Unix.getgrgid a)
let bind a b = attempt (fun () -> Unix.bind (fd a) b)
let gethostname a = attempt (fun () -> Unix.gethostname a)
let gethostbyname a = attempt (fun () -> Unix.gethostbyname a)
let gethostbyaddr a = attempt (fun () -> Unix.gethostbyaddr a)
let getprotobyname a = attempt (fun () -> Unix.getprotobyname a)
let getprotobynumber a = attempt (fun () -> Unix.getprotobynumber a)
let getservbyname a b = attempt (fun () -> Unix.getservbyname a b)
let getservbyport a b = attempt (fun () -> Unix.getservbyport a b)
let getaddrinfo a b c = attempt (fun () -> Unix.getaddrinfo a b c)
let getnameinfo a b = attempt (fun () -> Unix.getnameinfo a b)
let tcgetattr a = attempt (fun () -> Unix.tcgetattr (fd a))
let tcsetattr a b c = attempt (fun () -> Unix.tcsetattr (fd a) b c)
let tcsendbreak a b = attempt (fun () -> Unix.tcsendbreak (fd a) b)
let tcdrain a = attempt (fun () -> Unix.tcdrain (fd a))
let tcflush a b = attempt (fun () -> Unix.tcflush (fd a) b)
let tcflow a b = attempt (fun () -> Unix.tcflow (fd a) b)
let set_close_on_exec a = Unix.set_close_on_exec (fd a)
let clear_close_on_exec a = Unix.clear_close_on_exec (fd a)
let listen a b = Unix.listen (fd a) b
let shutdown a b = Unix.shutdown (fd a) b
let getsockname a = Unix.getsockname (fd a)
let getpeername a = Unix.getpeername (fd a)
let getsockopt a b = Unix.getsockopt (fd a) b
let setsockopt a b c = Unix.setsockopt (fd a) b c
let getsockopt_int a b = Unix.getsockopt_int (fd a) b
let setsockopt_int a b c = Unix.setsockopt_int (fd a) b c
let getsockopt_optint a b = Unix.getsockopt_optint (fd a) b
let setsockopt_optint a b c = Unix.setsockopt_optint (fd a) b c
let getsockopt_float a b = Unix.getsockopt_float (fd a) b
let setsockopt_float a b c = Unix.setsockopt_float (fd a) b c
let getsockopt_error a = Unix.getsockopt_error (fd a)

let somaxconn () = 128
let run = Lwt_main.run

(* {1 Jobs} Programs that are made here have no threads of C's: a job is made at once, by whoever waits for it. *)

type async_method = Async_none | Async_detach | Async_switch

let default_async_method () = Async_detach
let set_default_async_method _ = ()
let async_method () = Async_detach
let async_method_key : async_method Lwt.key = Lwt.new_key ()
let with_async_none f = f ()
let with_async_detach f = f ()
let with_async_switch f = f ()

type 'a job = unit -> 'a

let run_job ?async_method:_ job = attempt job

let execute_job ?async_method:_ ~job ~result ~free =
  attempt (fun () -> Fun.protect ~finally:(fun () -> free job) (fun () -> result job))

let abort_jobs _ = ()
let cancel_jobs () = ()
let wait_for_jobs () = Lwt.return_unit
let pool = ref 1000
let pool_size () = !pool
let set_pool_size n = pool := n
let thread_count () = 0
let thread_waiting_count () = 0

(* {1 Notifications} *)

type notifier = { mutable call : unit -> unit; once : bool }

let notifiers : (int, notifier) Hashtbl.t = Hashtbl.create 16
let next_notifier = ref 0

let make_notification ?(once = false) call =
  incr next_notifier;
  Hashtbl.replace notifiers !next_notifier { call; once };
  !next_notifier

let stop_notification id = Hashtbl.remove notifiers id
let set_notification id call = (Hashtbl.find notifiers id).call <- call

let call_notification id =
  match Hashtbl.find_opt notifiers id with
  | None -> ()
  | Some notifier ->
      if notifier.once then stop_notification id;
      notifier.call ()

let send_notification id = Loop.note (fun () -> call_notification id)
