(** Calls of the system as promises: those that wait for time, other programs or the network let the rest of the program go on. Functions that are not described
    do what those of {!Unix} do. *)

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

(** As {!Unix.handle_unix_error}. *)
val handle_unix_error : ('a -> 'b Lwt.t) -> 'a -> 'b Lwt.t

(** {1 Time} *)

(** Waits so many seconds. *)
val sleep : float -> unit Lwt.t

(** {!Lwt.pause}. *)
val yield : unit -> unit Lwt.t
  [@@deprecated "Use Lwt.pause instead"]

(** A function that pauses when so many seconds have passed since it did. *)
val auto_yield : float -> unit -> unit Lwt.t
  [@@deprecated "Use Lwt_unix.auto_pause instead"]

(** A function that pauses when so many seconds have passed since it did. *)
val auto_pause : float -> unit -> unit Lwt.t

(** That something took too long. *)
exception Timeout

(** Fails with {!Timeout} after so many seconds. *)
val timeout : float -> 'a Lwt.t

(** Fails with {!Timeout}, and cancels the promise, when it takes longer. *)
val with_timeout : float -> (unit -> 'a Lwt.t) -> 'a Lwt.t

(** {1 Descriptors} *)

(** An open file, pipe, socket. *)
type file_descr

(** Whether it can be used. *)
type state = Opened | Closed | Aborted of exn

val state : file_descr -> state
val unix_file_descr : file_descr -> Unix.file_descr

(** [blocking] is the mode that it has or, unless [set_flags] is false, shall have. What blocks is used only when it is ready. *)
val of_unix_file_descr : ?blocking:bool -> ?set_flags:bool -> Unix.file_descr -> file_descr

val blocking : file_descr -> bool Lwt.t
val set_blocking : ?set_flags:bool -> file_descr -> bool -> unit

(** Makes all that waits for it, and all that comes, fail. *)
val abort : file_descr -> exn -> unit

val stdin : file_descr
val stdout : file_descr
val stderr : file_descr
val openfile : string -> open_flag list -> file_perm -> file_descr Lwt.t
val close : file_descr -> unit Lwt.t
val read : file_descr -> bytes -> int -> int -> int Lwt.t

(** Writes what can be written at once; how many bytes. *)
val write : file_descr -> bytes -> int -> int -> int Lwt.t

val write_string : file_descr -> string -> int -> int -> int Lwt.t
(** Rows of slices of buffers that one call reads into or writes out. *)
module IO_vectors : sig
  type t
  type _bigarray = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t

  val create : unit -> t

  (** A slice at the end of the row, by its offset and length. *)
  val append_bytes : t -> bytes -> int -> int -> unit

  val append_bigarray : t -> _bigarray -> int -> int -> unit

  (** Without the first so many bytes. *)
  val drop : t -> int -> unit

  (** Whether it has no byte. *)
  val is_empty : t -> bool

  val byte_count : t -> int

  (** How many slices one call takes. *)
  val system_limit : int option
end

(** Reads into the slices what can be read at once; how many bytes. Raises [Invalid_argument] when a slice is not within its buffer. *)
val readv : file_descr -> IO_vectors.t -> int Lwt.t

(** Writes of the slices what can be written at once; how many bytes. Raises [Invalid_argument] when a slice is not within its buffer. *)
val writev : file_descr -> IO_vectors.t -> int Lwt.t

val pread : file_descr -> bytes -> file_offset:int -> int -> int -> int Lwt.t
val pwrite : file_descr -> bytes -> file_offset:int -> int -> int -> int Lwt.t
val pwrite_string : file_descr -> string -> file_offset:int -> int -> int -> int Lwt.t
val readable : file_descr -> bool
val writable : file_descr -> bool

(** Waits until it can be read. *)
val wait_read : file_descr -> unit Lwt.t

(** Waits until it can be written to. *)
val wait_write : file_descr -> unit Lwt.t

val fdatasync : file_descr -> unit Lwt.t
val dup : ?cloexec:bool -> file_descr -> file_descr
val dup2 : ?cloexec:bool -> file_descr -> file_descr -> unit
val link : string -> string -> unit Lwt.t
val symlink : ?to_dir:bool -> string -> string -> unit Lwt.t
val file_exists : string -> bool Lwt.t

(** So many names at most. *)
val readdir_n : dir_handle -> int -> string array Lwt.t

(** The names in a folder. *)
val files_of_directory : string -> string Lwt_stream.t

val pipe : ?cloexec:bool -> unit -> file_descr * file_descr
val pipe_in : ?cloexec:bool -> unit -> file_descr * Unix.file_descr
val pipe_out : ?cloexec:bool -> unit -> Unix.file_descr * file_descr

(** {1 Sockets} *)

val socket : ?cloexec:bool -> socket_domain -> socket_type -> int -> file_descr
val socketpair : ?cloexec:bool -> socket_domain -> socket_type -> int -> file_descr * file_descr
val accept : ?cloexec:bool -> file_descr -> (file_descr * sockaddr) Lwt.t

(** So many connections at most of those that wait, at least one; and what went wrong after it. *)
val accept_n : ?cloexec:bool -> file_descr -> int -> ((file_descr * sockaddr) list * exn option) Lwt.t

val connect : file_descr -> sockaddr -> unit Lwt.t
val recv : file_descr -> bytes -> int -> int -> msg_flag list -> int Lwt.t
val recvfrom : file_descr -> bytes -> int -> int -> msg_flag list -> (int * sockaddr) Lwt.t
val send : file_descr -> bytes -> int -> int -> msg_flag list -> int Lwt.t
val sendto : file_descr -> bytes -> int -> int -> msg_flag list -> sockaddr -> int Lwt.t
val somaxconn : unit -> int

(** {1 Processes and signals} *)

val fork : unit -> int
val wait : unit -> (int * process_status) Lwt.t
val waitpid : wait_flag list -> int -> (int * process_status) Lwt.t

(** Processor times. *)
type resource_usage = { ru_utime : float; ru_stime : float }

(** {!waitpid}, with what children have used meanwhile. *)
val wait4 : wait_flag list -> int -> (int * process_status * resource_usage) Lwt.t

val has_wait4 : bool

(** How many promises wait for processes. *)
val wait_count : unit -> int

val system : string -> process_status Lwt.t

(** A function that was set for a signal. *)
type signal_handler_id

(** Calls the function in the main loop when the signal comes. *)
val on_signal : int -> (int -> unit) -> signal_handler_id

val on_signal_full : int -> (signal_handler_id -> int -> unit) -> signal_handler_id
val disable_signal_handler : signal_handler_id -> unit
val signal_count : unit -> int
val reinstall_signal_handler : int -> unit

(** {1 Other calls} Made at once. *)

val truncate : string -> int -> unit Lwt.t
val ftruncate : file_descr -> int -> unit Lwt.t
val lseek : file_descr -> int -> seek_command -> int Lwt.t
val fsync : file_descr -> unit Lwt.t
val stat : string -> stats Lwt.t
val lstat : string -> stats Lwt.t
val fstat : file_descr -> stats Lwt.t
val utimes : string -> float -> float -> unit Lwt.t
val isatty : file_descr -> bool Lwt.t
val unlink : string -> unit Lwt.t
val rename : string -> string -> unit Lwt.t
val chmod : string -> file_perm -> unit Lwt.t
val fchmod : file_descr -> file_perm -> unit Lwt.t
val chown : string -> int -> int -> unit Lwt.t
val fchown : file_descr -> int -> int -> unit Lwt.t
val access : string -> access_permission list -> unit Lwt.t
val mkdir : string -> file_perm -> unit Lwt.t
val rmdir : string -> unit Lwt.t
val chdir : string -> unit Lwt.t
val getcwd : unit -> string Lwt.t
val chroot : string -> unit Lwt.t
val opendir : string -> dir_handle Lwt.t
val readdir : dir_handle -> string Lwt.t
val rewinddir : dir_handle -> unit Lwt.t
val closedir : dir_handle -> unit Lwt.t
val mkfifo : string -> file_perm -> unit Lwt.t
val readlink : string -> string Lwt.t
val lockf : file_descr -> lock_command -> int -> unit Lwt.t
val getlogin : unit -> string Lwt.t
val getpwnam : string -> passwd_entry Lwt.t
val getgrnam : string -> group_entry Lwt.t
val getpwuid : int -> passwd_entry Lwt.t
val getgrgid : int -> group_entry Lwt.t
val bind : file_descr -> sockaddr -> unit Lwt.t
val gethostname : unit -> string Lwt.t
val gethostbyname : string -> host_entry Lwt.t
val gethostbyaddr : inet_addr -> host_entry Lwt.t
val getprotobyname : string -> protocol_entry Lwt.t
val getprotobynumber : int -> protocol_entry Lwt.t
val getservbyname : string -> string -> service_entry Lwt.t
val getservbyport : int -> string -> service_entry Lwt.t
val getaddrinfo : string -> string -> getaddrinfo_option list -> addr_info list Lwt.t
val getnameinfo : sockaddr -> getnameinfo_option list -> name_info Lwt.t
val tcgetattr : file_descr -> Unix.terminal_io Lwt.t
val tcsetattr : file_descr -> Unix.setattr_when -> Unix.terminal_io -> unit Lwt.t
val tcsendbreak : file_descr -> int -> unit Lwt.t
val tcdrain : file_descr -> unit Lwt.t
val tcflush : file_descr -> Unix.flush_queue -> unit Lwt.t
val tcflow : file_descr -> Unix.flow_action -> unit Lwt.t
val set_close_on_exec : file_descr -> unit
val clear_close_on_exec : file_descr -> unit
val listen : file_descr -> int -> unit
val shutdown : file_descr -> shutdown_command -> unit
val getsockname : file_descr -> sockaddr
val getpeername : file_descr -> sockaddr
val getsockopt : file_descr -> socket_bool_option -> bool
val setsockopt : file_descr -> socket_bool_option -> bool -> unit
val getsockopt_int : file_descr -> socket_int_option -> int
val setsockopt_int : file_descr -> socket_int_option -> int -> unit
val getsockopt_optint : file_descr -> socket_optint_option -> int option
val setsockopt_optint : file_descr -> socket_optint_option -> int option -> unit
val getsockopt_float : file_descr -> socket_float_option -> float
val setsockopt_float : file_descr -> socket_float_option -> float -> unit
val getsockopt_error : file_descr -> Unix.error option

(** {1 For other libraries} *)

exception Retry
exception Retry_read
exception Retry_write

(** What a call waits for. *)
type io_event = Read | Write

(** Makes a call, again whenever it would have blocked or raises one of the exceptions above and the descriptor is ready. *)
val wrap_syscall : io_event -> file_descr -> (unit -> 'a) -> 'a Lwt.t

(** {!wrap_syscall}, after the descriptor is ready. *)
val register_action : io_event -> file_descr -> (unit -> 'a) -> 'a Lwt.t

(** Raises unless it can be used. *)
val check_descriptor : file_descr -> unit

(** {!Lwt_main.run}. *)
val run : 'a Lwt.t -> 'a
  [@@deprecated "Use Lwt_main.run"]

(** {1 Jobs} There are no threads of C's here: a job is done at once by whoever waits for it, and how it is to be done changes nothing. *)

type async_method = Async_none | Async_detach | Async_switch

val default_async_method : unit -> async_method [@@deprecated "It is always Async_detach"]
val set_default_async_method : async_method -> unit [@@deprecated "It does nothing"]
val async_method : unit -> async_method [@@deprecated "It is always Async_detach"]
val async_method_key : async_method Lwt.key [@@deprecated "It is ignored"]
val with_async_none : (unit -> 'a) -> 'a [@@deprecated "It calls the function"]
val with_async_detach : (unit -> 'a) -> 'a [@@deprecated "It calls the function"]
val with_async_switch : (unit -> 'a) -> 'a [@@deprecated "It calls the function"]

(** Something to be done that gives an ['a]. C functions make such, which are not linked here. *)
type 'a job

val run_job : ?async_method:async_method -> 'a job -> 'a Lwt.t
val execute_job : ?async_method:async_method -> job:'a job -> result:('a job -> 'b) -> free:('a job -> unit) -> 'b Lwt.t [@@deprecated "Use run_job"]

(** Pending jobs fail; there are none. *)
val abort_jobs : exn -> unit

val cancel_jobs : unit -> unit
val wait_for_jobs : unit -> unit Lwt.t

(** What {!set_pool_size} said, 1000 at first; nothing depends on it. *)
val pool_size : unit -> int

val set_pool_size : int -> unit

(** Threads that do jobs: 0. *)
val thread_count : unit -> int

val thread_waiting_count : unit -> int

(** {1 Notifications} Functions that the main loop calls when another thread, or a signal's handler, asks it to. *)

(** Its number. With [once] it is forgotten when it has been called. *)
val make_notification : ?once:bool -> (unit -> unit) -> int

(** Lets the main loop call it. May be called from anywhere. *)
val send_notification : int -> unit

val stop_notification : int -> unit

(** Calls it at once; nothing happens when there is none of this number. *)
val call_notification : int -> unit

(** Raises [Not_found] when there is none of this number. *)
val set_notification : int -> (unit -> unit) -> unit
