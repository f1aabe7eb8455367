(** OCaml's package unix. Errors, time and addresses are there on all targets, files, processes, sockets, users and terminals on the target
    [unix] (a program for another target that uses them does not build). *)

(** {1 Errors} *)

(** Errors of the operating system. *)
type error =
  | E2BIG | EACCES | EAGAIN | EBADF | EBUSY | ECHILD | EDEADLK | EDOM | EEXIST | EFAULT | EFBIG | EINTR | EINVAL | EIO | EISDIR
  | EMFILE | EMLINK | ENAMETOOLONG | ENFILE | ENODEV | ENOENT | ENOEXEC | ENOLCK | ENOMEM | ENOSPC | ENOSYS | ENOTDIR | ENOTEMPTY
  | ENOTTY | ENXIO | EPERM | EPIPE | ERANGE | EROFS | ESPIPE | ESRCH | EXDEV | EWOULDBLOCK | EINPROGRESS | EALREADY | ENOTSOCK
  | EDESTADDRREQ | EMSGSIZE | EPROTOTYPE | ENOPROTOOPT | EPROTONOSUPPORT | ESOCKTNOSUPPORT | EOPNOTSUPP | EPFNOSUPPORT
  | EAFNOSUPPORT | EADDRINUSE | EADDRNOTAVAIL | ENETDOWN | ENETUNREACH | ENETRESET | ECONNABORTED | ECONNRESET | ENOBUFS | EISCONN
  | ENOTCONN | ESHUTDOWN | ETOOMANYREFS | ETIMEDOUT | ECONNREFUSED | EHOSTDOWN | EHOSTUNREACH | ELOOP | EOVERFLOW
  | EUNKNOWNERR of int

(** An error, the function, and its argument or [""]. *)
exception Unix_error of error * string * string

(** What the error means, as the C library says it. *)
val error_message : error -> string

(** [handle_unix_error f x] is [f x]; prints a {!Unix_error} and ends the program with code 2. *)
val handle_unix_error : ('a -> 'b) -> 'a -> 'b

(** {1 The process} *)

(** The settings of the environment, as [name=value]. *)
val environment : unit -> string array

(** {!environment}. *)
val unsafe_environment : unit -> string array

(** A setting. Raises [Not_found]. *)
val getenv : string -> string

(** {!getenv}. *)
val unsafe_getenv : string -> string

(** The process's number. *)
external getpid : unit -> int = "morgana_linux_getpid"

(** The number of the process that started this one. *)
external getppid : unit -> int = "morgana_linux_getppid"

(** Ends the program at once, without [at_exit]. *)
external _exit : int -> 'a = "caml_sys_exit"

(** {1 Time} *)

(** Processor times used, in seconds: by the process, by the system for it, and both of ended children. Where there are no processes the last
    three are zero. *)
type process_times = { tms_utime : float; tms_stime : float; tms_cutime : float; tms_cstime : float }

(** A date and time: seconds, minutes, hours, day of the month from 1, month from 0, years since 1900, day of the week from Sunday = 0,
    day of the year from 0, whether it is summer time. *)
type tm = {
  tm_sec : int;
  tm_min : int;
  tm_hour : int;
  tm_mday : int;
  tm_mon : int;
  tm_year : int;
  tm_wday : int;
  tm_yday : int;
  tm_isdst : bool;
}

(** Seconds since 1970-01-01 00:00 UTC, whole. *)
val time : unit -> float

(** Seconds since 1970-01-01 00:00 UTC. *)
external gettimeofday : unit -> float = "unix_gettimeofday"

(** The date in UTC. Raises {!Unix_error} for numbers that are no dates. *)
val gmtime : float -> tm

(** The date in the local time zone: that of [TZ] (a name or rules), else of [/etc/localtime]; UTC on platforms without these. *)
val localtime : float -> tm

(** The seconds of a local date, and the date with all fields in their ranges; [tm_wday], [tm_yday] and [tm_isdst] are not looked
    at. *)
val mktime : tm -> float * tm

(** Waits so many seconds. *)
val sleep : int -> unit

(** {!sleep} of a fraction.
    @since 4.03 *)
val sleepf : float -> unit

(** Times used. *)
val times : unit -> process_times

(** {1 Addresses} *)

(** An IPv4 or IPv6 address. *)
type inet_addr

(** Reads an address. Raises [Failure]. *)
val inet_addr_of_string : string -> inet_addr

(** Writes an address (IPv6 as RFC 5952 says). *)
val string_of_inet_addr : inet_addr -> string

(** [0.0.0.0]. *)
val inet_addr_any : inet_addr

(** [127.0.0.1]. *)
val inet_addr_loopback : inet_addr

(** [::]. *)
val inet6_addr_any : inet_addr

(** [::1]. *)
val inet6_addr_loopback : inet_addr

(** Whether it is an IPv6 address.
    @since 4.12 *)
val is_inet6_addr : inet_addr -> bool

(** Families of addresses. *)
type socket_domain = PF_UNIX | PF_INET | PF_INET6

(** Kinds of sockets. *)
type socket_type = SOCK_STREAM | SOCK_DGRAM | SOCK_RAW | SOCK_SEQPACKET

(** Addresses of sockets: a path; an address and a port. *)
type sockaddr = ADDR_UNIX of string | ADDR_INET of inet_addr * int

(** The family of an address. *)
val domain_of_sockaddr : sockaddr -> socket_domain

(** {1 Files} All functions raise {!Unix_error}. *)

(** An open file. *)
type file_descr

(** Permissions, as [0o644]. *)
type file_perm = int

(** The standard input. *)
val stdin : file_descr

(** The standard output. *)
val stdout : file_descr

(** The standard error output. *)
val stderr : file_descr

(** How files are opened: the flags of Linux's [open]; [O_SHARE_DELETE] and [O_KEEPEXEC] mean nothing. *)
type open_flag =
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

(** Opens a file; the permissions are for a new one. *)
val openfile : string -> open_flag list -> file_perm -> file_descr

(** Closes a file. *)
val close : file_descr -> unit

(** Waits until the data is on the disk.
    @since 4.08 *)
val fsync : file_descr -> unit

(** [read f b offset length] reads at most [length] bytes; 0 at the end. Raises [Invalid_argument] unless the range lies in [b], as the
    next ones. *)
val read : file_descr -> bytes -> int -> int -> int

(** Writes all bytes. *)
val write : file_descr -> bytes -> int -> int -> int

(** Writes as many bytes as the kernel takes at once; how many. *)
val single_write : file_descr -> bytes -> int -> int -> int

(** {!write} of a string.
    @since 4.02 *)
val write_substring : file_descr -> string -> int -> int -> int

(** {!single_write} of a string.
    @since 4.02 *)
val single_write_substring : file_descr -> string -> int -> int -> int

(** {!read} into a bigarray of bytes.
    @since 5.2 *)
val read_bigarray : file_descr -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> int

(** {!write} from a bigarray of bytes.
    @since 5.2 *)
val write_bigarray : file_descr -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> int

(** {!single_write} from a bigarray of bytes.
    @since 5.2 *)
val single_write_bigarray : file_descr -> (_, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> int

(** A channel that reads the file. *)
external in_channel_of_descr : file_descr -> in_channel = "caml_ml_open_descriptor_in"

(** A channel that writes to the file. *)
external out_channel_of_descr : file_descr -> out_channel = "caml_ml_open_descriptor_out"

(** The file of a channel. *)
external descr_of_in_channel : in_channel -> file_descr = "caml_channel_descriptor"

(** The file of a channel. *)
external descr_of_out_channel : out_channel -> file_descr = "caml_channel_descriptor"

(** From where {!lseek} counts. *)
type seek_command = SEEK_SET | SEEK_CUR | SEEK_END

(** Moves to an offset; the new one from the beginning. *)
val lseek : file_descr -> int -> seek_command -> int

(** Sets a file's length. *)
val truncate : string -> int -> unit

(** Sets an open file's length. *)
val ftruncate : file_descr -> int -> unit

(** What a name stands for. *)
type file_kind = S_REG | S_DIR | S_CHR | S_BLK | S_LNK | S_FIFO | S_SOCK

(** What is known of a file; times in seconds since 1970. *)
type stats = {
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

(** Of the file that a name stands for. *)
val stat : string -> stats

(** Of a link itself. *)
val lstat : string -> stats

(** Of an open file. *)
val fstat : file_descr -> stats

(** Whether it is a terminal. *)
external isatty : file_descr -> bool = "morgana_platform_is_terminal"

(** Removes a file. *)
val unlink : string -> unit

(** Renames a file. *)
val rename : string -> string -> unit

(** Gives a file another name; [follow] is not looked at. *)
val link : ?follow:bool -> string -> string -> unit

(** Makes a link to a path. *)
val symlink : ?to_dir:bool -> string -> string -> unit

(** [true].
    @since 4.03 *)
val has_symlink : unit -> bool

(** The path of a link. *)
val readlink : string -> string

(** What may be asked of {!access}. *)
type access_permission = R_OK | W_OK | X_OK | F_OK

(** Sets permissions. *)
val chmod : string -> file_perm -> unit

(** Sets which permissions new files do not get; the old ones. *)
external umask : file_perm -> file_perm = "morgana_linux_umask"

(** Raises {!Unix_error} unless all these things are allowed. *)
val access : string -> access_permission list -> unit

(** Another descriptor of an open file; [cloexec] is not looked at. *)
val dup : ?cloexec:bool -> file_descr -> file_descr

(** Makes the second descriptor one of the first one's file. *)
val dup2 : ?cloexec:bool -> file_descr -> file_descr -> unit

(** A pipe: where to read, where to write. *)
val pipe : ?cloexec:bool -> unit -> file_descr * file_descr

(** {1 Folders} *)

(** Makes a folder. *)
val mkdir : string -> file_perm -> unit

(** Removes an empty folder. *)
val rmdir : string -> unit

(** Changes the current folder. *)
val chdir : string -> unit

(** The current folder. *)
val getcwd : unit -> string

(** A folder that is being read. *)
type dir_handle

(** Opens a folder. *)
val opendir : string -> dir_handle

(** The next name. Raises [End_of_file]. *)
val readdir : dir_handle -> string

(** Begins again. *)
val rewinddir : dir_handle -> unit

(** Closes a folder. *)
val closedir : dir_handle -> unit

(** {1 More of the process} *)

(** [putenv name value]: also for programs that are started from now on. *)
val putenv : string -> string -> unit

val nice : int -> int
val getuid : unit -> int
val geteuid : unit -> int
val getgid : unit -> int
val getegid : unit -> int
val setuid : int -> unit
val setgid : int -> unit
val getgroups : unit -> int array
val setgroups : int array -> unit
val initgroups : string -> int -> unit
val setsid : unit -> int

(** {1 Signals} Numbered as [Sys] has them. *)

val kill : int -> int -> unit

type sigprocmask_command = SIG_SETMASK | SIG_BLOCK | SIG_UNBLOCK

val sigprocmask : sigprocmask_command -> int list -> int list
val sigpending : unit -> int list
val sigsuspend : int list -> unit
val pause : unit -> unit

(** Seconds left of the alarm before, 0 when there was none. *)
val alarm : int -> int

type interval_timer = ITIMER_REAL | ITIMER_VIRTUAL | ITIMER_PROF
type interval_timer_status = { it_interval : float; it_value : float }

val getitimer : interval_timer -> interval_timer_status
val setitimer : interval_timer -> interval_timer_status -> interval_timer_status

(** {1 Other programs} *)

type process_status = WEXITED of int | WSIGNALED of int | WSTOPPED of int
type wait_flag = WNOHANG | WUNTRACED

(** The copy gets 0, the original the copy's number. What channels hold, both have. *)
val fork : unit -> int

val wait : unit -> int * process_status
val waitpid : wait_flag list -> int -> int * process_status
val execv : string -> string array -> 'a
val execve : string -> string array -> string array -> 'a
val execvp : string -> string array -> 'a
val execvpe : string -> string array -> string array -> 'a
val system : string -> process_status
val create_process : string -> string array -> file_descr -> file_descr -> file_descr -> int
val create_process_env : string -> string array -> string array -> file_descr -> file_descr -> file_descr -> int
val open_process_in : string -> in_channel
val open_process_out : string -> out_channel
val open_process : string -> in_channel * out_channel
val open_process_full : string -> string array -> in_channel * out_channel * in_channel
val open_process_args_in : string -> string array -> in_channel
val open_process_args_out : string -> string array -> out_channel
val open_process_args : string -> string array -> in_channel * out_channel
val open_process_args_full : string -> string array -> string array -> in_channel * out_channel * in_channel
val process_in_pid : in_channel -> int
val process_out_pid : out_channel -> int
val process_pid : in_channel * out_channel -> int
val process_full_pid : in_channel * out_channel * in_channel -> int
val close_process_in : in_channel -> process_status
val close_process_out : out_channel -> process_status
val close_process : in_channel * out_channel -> process_status
val close_process_full : in_channel * out_channel * in_channel -> process_status

(** {1 More of files} *)

val set_nonblock : file_descr -> unit
val clear_nonblock : file_descr -> unit
val set_close_on_exec : file_descr -> unit
val clear_close_on_exec : file_descr -> unit
val fchmod : file_descr -> file_perm -> unit
val chown : string -> int -> int -> unit
val fchown : file_descr -> int -> int -> unit
val chroot : string -> unit
val mkfifo : string -> file_perm -> unit

(** [utimes path accessed modified]; both 0: now. *)
val utimes : string -> float -> float -> unit

(** The path without links, [.] and [..]. *)
val realpath : string -> string

type lock_command = F_ULOCK | F_LOCK | F_TLOCK | F_TEST | F_RLOCK | F_TRLOCK

val lockf : file_descr -> lock_command -> int -> unit

(** Those that can be read, written, and have something exceptional, waited for so many seconds; for ever below zero. *)
val select : file_descr list -> file_descr list -> file_descr list -> float -> file_descr list * file_descr list * file_descr list

(** Sizes as [int64]. *)
module LargeFile : sig
  val lseek : file_descr -> int64 -> seek_command -> int64
  val truncate : string -> int64 -> unit
  val ftruncate : file_descr -> int64 -> unit

  type stats = {
    st_dev : int;
    st_ino : int;
    st_kind : file_kind;
    st_perm : file_perm;
    st_nlink : int;
    st_uid : int;
    st_gid : int;
    st_rdev : int;
    st_size : int64;
    st_atime : float;
    st_mtime : float;
    st_ctime : float;
  }

  val stat : string -> stats
  val lstat : string -> stats
  val fstat : file_descr -> stats
end

(** {1 Sockets} *)

type shutdown_command = SHUTDOWN_RECEIVE | SHUTDOWN_SEND | SHUTDOWN_ALL
type msg_flag = MSG_OOB | MSG_DONTROUTE | MSG_PEEK

val socket : ?cloexec:bool -> socket_domain -> socket_type -> int -> file_descr
val socketpair : ?cloexec:bool -> socket_domain -> socket_type -> int -> file_descr * file_descr
val accept : ?cloexec:bool -> file_descr -> file_descr * sockaddr
val bind : file_descr -> sockaddr -> unit
val connect : file_descr -> sockaddr -> unit
val listen : file_descr -> int -> unit
val shutdown : file_descr -> shutdown_command -> unit
val getsockname : file_descr -> sockaddr
val getpeername : file_descr -> sockaddr
val recv : file_descr -> bytes -> int -> int -> msg_flag list -> int
val recvfrom : file_descr -> bytes -> int -> int -> msg_flag list -> int * sockaddr
val send : file_descr -> bytes -> int -> int -> msg_flag list -> int
val send_substring : file_descr -> string -> int -> int -> msg_flag list -> int
val sendto : file_descr -> bytes -> int -> int -> msg_flag list -> sockaddr -> int
val sendto_substring : file_descr -> string -> int -> int -> msg_flag list -> sockaddr -> int

type socket_bool_option =
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

type socket_int_option = SO_SNDBUF | SO_RCVBUF | SO_ERROR | SO_TYPE | SO_RCVLOWAT | SO_SNDLOWAT
type socket_optint_option = SO_LINGER
type socket_float_option = SO_RCVTIMEO | SO_SNDTIMEO

val getsockopt : file_descr -> socket_bool_option -> bool
val setsockopt : file_descr -> socket_bool_option -> bool -> unit
val getsockopt_int : file_descr -> socket_int_option -> int
val setsockopt_int : file_descr -> socket_int_option -> int -> unit
val getsockopt_optint : file_descr -> socket_optint_option -> int option
val setsockopt_optint : file_descr -> socket_optint_option -> int option -> unit
val getsockopt_float : file_descr -> socket_float_option -> float
val setsockopt_float : file_descr -> socket_float_option -> float -> unit
val getsockopt_error : file_descr -> error option
val open_connection : sockaddr -> in_channel * out_channel
val shutdown_connection : in_channel -> unit

(** {1 Users, groups, the host} From [/etc/passwd], [/etc/group]. Raise [Not_found]. *)

type passwd_entry = { pw_name : string; pw_passwd : string; pw_uid : int; pw_gid : int; pw_gecos : string; pw_dir : string; pw_shell : string }
type group_entry = { gr_name : string; gr_passwd : string; gr_gid : int; gr_mem : string array }

val getlogin : unit -> string
val getpwnam : string -> passwd_entry
val getpwuid : int -> passwd_entry
val getgrnam : string -> group_entry
val getgrgid : int -> group_entry
val gethostname : unit -> string

(** {1 Hosts, services, protocols} From [/etc/hosts] and the name servers of [/etc/resolv.conf], [/etc/services], [/etc/protocols]. *)

type host_entry = { h_name : string; h_aliases : string array; h_addrtype : socket_domain; h_addr_list : inet_addr array }
type protocol_entry = { p_name : string; p_aliases : string array; p_proto : int }
type service_entry = { s_name : string; s_aliases : string array; s_port : int; s_proto : string }

(** The following raise [Not_found]. *)

val gethostbyname : string -> host_entry
val gethostbyaddr : inet_addr -> host_entry
val getprotobyname : string -> protocol_entry
val getprotobynumber : int -> protocol_entry

(** A service by its name and protocol. *)
val getservbyname : string -> string -> service_entry

(** A service by its port and protocol. *)
val getservbyport : int -> string -> service_entry

type addr_info = { ai_family : socket_domain; ai_socktype : socket_type; ai_protocol : int; ai_addr : sockaddr; ai_canonname : string }

type getaddrinfo_option =
  | AI_FAMILY of socket_domain
  | AI_SOCKTYPE of socket_type
  | AI_PROTOCOL of int
  | AI_NUMERICHOST
  | AI_CANONNAME
  | AI_PASSIVE

(** The addresses of a host (by name or number) and service (by name or port), none when there is no such. *)
val getaddrinfo : string -> string -> getaddrinfo_option list -> addr_info list

type name_info = { ni_hostname : string; ni_service : string }
type getnameinfo_option = NI_NOFQDN | NI_NUMERICHOST | NI_NAMEREQD | NI_NUMERICSERV | NI_DGRAM

(** The names of a host and service; numbers where there are none. Raises [Not_found]. *)
val getnameinfo : sockaddr -> getnameinfo_option list -> name_info

(** Serves each connection to the address in a process of its own; does not return. *)
val establish_server : (in_channel -> out_channel -> unit) -> sockaddr -> unit

(** {1 Files as bigarrays} *)

(** [map_file d ?pos kind layout shared dimensions] is the file's contents from [pos] on. Changes reach the file when it is [shared]. A major
    dimension of -1 is told by the size of the file; a smaller file grows. *)
val map_file : file_descr -> ?pos:int64 -> ('a, 'b) Bigarray.kind -> 'c Bigarray.layout -> bool -> int array -> ('a, 'b, 'c) Bigarray.Genarray.t

(** {1 Terminals} The fields are those of termios(3). *)

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

val tcgetattr : file_descr -> terminal_io
val tcsetattr : file_descr -> setattr_when -> terminal_io -> unit
val tcsendbreak : file_descr -> int -> unit
val tcdrain : file_descr -> unit
val tcflush : file_descr -> flush_queue -> unit
val tcflow : file_descr -> flow_action -> unit
