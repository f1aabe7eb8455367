(* OCaml's package unix: errors, time, addresses, and on the target unix files, processes and sockets by Linux's system calls (their manual,
   section 2; numbers of x86-64). *)

type error =
  | E2BIG | EACCES | EAGAIN | EBADF | EBUSY | ECHILD | EDEADLK | EDOM | EEXIST | EFAULT | EFBIG | EINTR | EINVAL | EIO | EISDIR
  | EMFILE | EMLINK | ENAMETOOLONG | ENFILE | ENODEV | ENOENT | ENOEXEC | ENOLCK | ENOMEM | ENOSPC | ENOSYS | ENOTDIR | ENOTEMPTY
  | ENOTTY | ENXIO | EPERM | EPIPE | ERANGE | EROFS | ESPIPE | ESRCH | EXDEV | EWOULDBLOCK | EINPROGRESS | EALREADY | ENOTSOCK
  | EDESTADDRREQ | EMSGSIZE | EPROTOTYPE | ENOPROTOOPT | EPROTONOSUPPORT | ESOCKTNOSUPPORT | EOPNOTSUPP | EPFNOSUPPORT
  | EAFNOSUPPORT | EADDRINUSE | EADDRNOTAVAIL | ENETDOWN | ENETUNREACH | ENETRESET | ECONNABORTED | ECONNRESET | ENOBUFS | EISCONN
  | ENOTCONN | ESHUTDOWN | ETOOMANYREFS | ETIMEDOUT | ECONNREFUSED | EHOSTDOWN | EHOSTUNREACH | ELOOP | EOVERFLOW
  | EUNKNOWNERR of int
[@@ocamlformat "disable"]

exception Unix_error of error * string * string

(* Number (asm-generic/errno.h), error, the C library's message. *)
let errors =
  [
    (7, E2BIG, "Argument list too long"); (13, EACCES, "Permission denied"); (11, EAGAIN, "Resource temporarily unavailable");
    (9, EBADF, "Bad file descriptor"); (16, EBUSY, "Device or resource busy"); (10, ECHILD, "No child processes");
    (35, EDEADLK, "Resource deadlock avoided"); (33, EDOM, "Numerical argument out of domain"); (17, EEXIST, "File exists");
    (14, EFAULT, "Bad address"); (27, EFBIG, "File too large"); (4, EINTR, "Interrupted system call"); (22, EINVAL, "Invalid argument");
    (5, EIO, "Input/output error"); (21, EISDIR, "Is a directory"); (24, EMFILE, "Too many open files"); (31, EMLINK, "Too many links");
    (36, ENAMETOOLONG, "File name too long"); (23, ENFILE, "Too many open files in system"); (19, ENODEV, "No such device");
    (2, ENOENT, "No such file or directory"); (8, ENOEXEC, "Exec format error"); (37, ENOLCK, "No locks available");
    (12, ENOMEM, "Cannot allocate memory"); (28, ENOSPC, "No space left on device"); (38, ENOSYS, "Function not implemented");
    (20, ENOTDIR, "Not a directory"); (39, ENOTEMPTY, "Directory not empty"); (25, ENOTTY, "Inappropriate ioctl for device");
    (6, ENXIO, "No such device or address"); (1, EPERM, "Operation not permitted"); (32, EPIPE, "Broken pipe");
    (34, ERANGE, "Numerical result out of range"); (30, EROFS, "Read-only file system"); (29, ESPIPE, "Illegal seek");
    (3, ESRCH, "No such process"); (18, EXDEV, "Invalid cross-device link"); (-1, EWOULDBLOCK, "Resource temporarily unavailable");
    (115, EINPROGRESS, "Operation now in progress"); (114, EALREADY, "Operation already in progress");
    (88, ENOTSOCK, "Socket operation on non-socket"); (89, EDESTADDRREQ, "Destination address required");
    (90, EMSGSIZE, "Message too long"); (91, EPROTOTYPE, "Protocol wrong type for socket"); (92, ENOPROTOOPT, "Protocol not available");
    (93, EPROTONOSUPPORT, "Protocol not supported"); (94, ESOCKTNOSUPPORT, "Socket type not supported");
    (95, EOPNOTSUPP, "Operation not supported"); (96, EPFNOSUPPORT, "Protocol family not supported");
    (97, EAFNOSUPPORT, "Address family not supported by protocol"); (98, EADDRINUSE, "Address already in use");
    (99, EADDRNOTAVAIL, "Cannot assign requested address"); (100, ENETDOWN, "Network is down");
    (101, ENETUNREACH, "Network is unreachable"); (102, ENETRESET, "Network dropped connection on reset");
    (103, ECONNABORTED, "Software caused connection abort"); (104, ECONNRESET, "Connection reset by peer");
    (105, ENOBUFS, "No buffer space available"); (106, EISCONN, "Transport endpoint is already connected");
    (107, ENOTCONN, "Transport endpoint is not connected"); (108, ESHUTDOWN, "Cannot send after transport endpoint shutdown");
    (109, ETOOMANYREFS, "Too many references: cannot splice"); (110, ETIMEDOUT, "Connection timed out");
    (111, ECONNREFUSED, "Connection refused"); (112, EHOSTDOWN, "Host is down"); (113, EHOSTUNREACH, "No route to host");
    (40, ELOOP, "Too many levels of symbolic links"); (75, EOVERFLOW, "Value too large for defined data type");
  ]
[@@ocamlformat "disable"]

let error_message = function
  | EUNKNOWNERR n -> "Unknown error " ^ string_of_int n
  | error -> ( match List.find_opt (fun (_, e, _) -> e = error) errors with Some (_, _, text) -> text | None -> "Unknown error")

let error_of_number n =
  match List.find_opt (fun (number, _, _) -> number = n) errors with Some (_, error, _) -> error | None -> EUNKNOWNERR n

(* A kernel's result. *)
let checked name argument result =
  if result < 0 then raise (Unix_error (error_of_number (-result), name, argument)) else result

let checked_unit name argument result = ignore (checked name argument result)
let check_path name path = if String.contains path '\000' then raise (Unix_error (ENOENT, name, path))

let () =
  Printexc.register_printer (function
    | Unix_error (error, name, argument) ->
        let constructor =
          match error with
          | EUNKNOWNERR n -> Printf.sprintf "EUNKNOWNERR %d" n
          | _ -> (
              let names =
                [|
                  "E2BIG"; "EACCES"; "EAGAIN"; "EBADF"; "EBUSY"; "ECHILD"; "EDEADLK"; "EDOM"; "EEXIST"; "EFAULT"; "EFBIG"; "EINTR";
                  "EINVAL"; "EIO"; "EISDIR"; "EMFILE"; "EMLINK"; "ENAMETOOLONG"; "ENFILE"; "ENODEV"; "ENOENT"; "ENOEXEC"; "ENOLCK";
                  "ENOMEM"; "ENOSPC"; "ENOSYS"; "ENOTDIR"; "ENOTEMPTY"; "ENOTTY"; "ENXIO"; "EPERM"; "EPIPE"; "ERANGE"; "EROFS";
                  "ESPIPE"; "ESRCH"; "EXDEV"; "EWOULDBLOCK"; "EINPROGRESS"; "EALREADY"; "ENOTSOCK"; "EDESTADDRREQ"; "EMSGSIZE";
                  "EPROTOTYPE"; "ENOPROTOOPT"; "EPROTONOSUPPORT"; "ESOCKTNOSUPPORT"; "EOPNOTSUPP"; "EPFNOSUPPORT"; "EAFNOSUPPORT";
                  "EADDRINUSE"; "EADDRNOTAVAIL"; "ENETDOWN"; "ENETUNREACH"; "ENETRESET"; "ECONNABORTED"; "ECONNRESET"; "ENOBUFS";
                  "EISCONN"; "ENOTCONN"; "ESHUTDOWN"; "ETOOMANYREFS"; "ETIMEDOUT"; "ECONNREFUSED"; "EHOSTDOWN"; "EHOSTUNREACH";
                  "ELOOP"; "EOVERFLOW";
                |]
              in
              (* Constant constructors are numbered in order. *)
              names.((Obj.magic error : int)))
        in
        Some (Printf.sprintf "Unix.Unix_error(Unix.%s, %S, %S)" constructor name argument)
    | _ -> None)
[@@ocamlformat "disable"]

let handle_unix_error f x =
  try f x
  with Unix_error (error, name, argument) ->
    prerr_string Sys.argv.(0);
    prerr_string ": \"";
    prerr_string name;
    prerr_string "\" failed";
    if argument <> "" then begin
      prerr_string " on \"";
      prerr_string argument;
      prerr_string "\""
    end;
    prerr_string ": ";
    prerr_endline (error_message error);
    exit 2

(* {1 The process} *)

external initial_environment : unit -> string array = "unix_environment"
external changed_environment : unit -> (string * string) list = "morgana_changed_environment"

(* What was set in the meantime comes last, each name once. *)
let environment () =
  match changed_environment () with
  | [] -> initial_environment ()
  | changes ->
      let name_of setting = match String.index_opt setting '=' with Some i -> String.sub setting 0 i | None -> setting in
      let kept = List.filter (fun setting -> not (List.mem_assoc (name_of setting) changes)) (Array.to_list (initial_environment ())) in
      let changed = List.fold_left (fun seen (name, value) -> if List.mem_assoc name seen then seen else (name, value) :: seen) [] changes in
      Array.of_list (kept @ List.map (fun (name, value) -> name ^ "=" ^ value) changed)

let unsafe_environment = environment
let getenv = Sys.getenv
let unsafe_getenv = Sys.getenv

external getpid : unit -> int = "morgana_linux_getpid"
external getppid : unit -> int = "morgana_linux_getppid"
external _exit : int -> 'a = "caml_sys_exit"

(* {1 Time} *)

external gettimeofday : unit -> float = "unix_gettimeofday"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"
external wait_until : int64 -> bool -> bool = "morgana_wait"

(** Seconds east of UTC; [min_int] where nobody knows. *)
external time_zone_offset : unit -> int = "morgana_time_zone_offset"

let time () = floor (gettimeofday ())

let sleepf seconds =
  if seconds > 0. then begin
    let deadline = Int64.add (monotonic_ns ()) (Int64.of_float (seconds *. 1e9)) in
    while Int64.compare (monotonic_ns ()) deadline < 0 do
      ignore (wait_until deadline false)
    done
  end

let sleep seconds = sleepf (float_of_int seconds)

type process_times = { tms_utime : float; tms_stime : float; tms_cutime : float; tms_cstime : float }

let times () = { tms_utime = Sys.time (); tms_stime = 0.; tms_cutime = 0.; tms_cstime = 0. }

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

let floor_div a b = if a >= 0 then a / b else -((b - 1 - a) / b)
let floor_mod a b = a - (b * floor_div a b)

(* Days since 1970-01-01 of a date of the proleptic Gregorian calendar, months from 0: years begin in March, so that the leap day
   comes last. *)
let days_of_date year month day =
  let year = year + floor_div month 12 and month = floor_mod month 12 in
  let y = if month < 2 then year - 1 else year and m = floor_mod (month - 2) 12 in
  (365 * y) + floor_div y 4 - floor_div y 100 + floor_div y 400 + (((153 * m) + 2) / 5) + (day - 1) - 719468

(* The other way round, by 400-year cycles of 146097 days. *)
let date_of_days days =
  let days = days + 719468 in
  let cycle = floor_div days 146097 in
  let d = days - (cycle * 146097) in
  let y = (d - (d / 1460) + (d / 36524) - (d / 146096)) / 365 in
  let rest = d - ((365 * y) + (y / 4) - (y / 100)) in
  let m = ((5 * rest) + 2) / 153 in
  let day = rest - (((153 * m) + 2) / 5) + 1 in
  let month = if m < 10 then m + 2 else m - 10 in
  ((400 * cycle) + y + (if month < 2 then 1 else 0), month, day)

let tm_of_seconds seconds =
  let days = floor_div seconds 86400 and second = floor_mod seconds 86400 in
  let year, month, day = date_of_days days in
  {
    tm_sec = second mod 60;
    tm_min = second / 60 mod 60;
    tm_hour = second / 3600;
    tm_mday = day;
    tm_mon = month;
    tm_year = year - 1900;
    tm_wday = floor_mod (days + 4) 7;
    tm_yday = days - days_of_date year 0 1;
    tm_isdst = false;
  }

let seconds_of_float name t =
  if Float.is_nan t || Float.abs t > 6.7e16 then raise (Unix_error (EINVAL, name, "")) else int_of_float t

let offset () = match time_zone_offset () with n when n = min_int -> 0 | n -> n
let gmtime t = tm_of_seconds (seconds_of_float "gmtime" t)
let localtime t = tm_of_seconds (seconds_of_float "localtime" t + offset ())

let mktime tm =
  let days = days_of_date (tm.tm_year + 1900) tm.tm_mon 1 + tm.tm_mday - 1 in
  let local = (((((days * 24) + tm.tm_hour) * 60) + tm.tm_min) * 60) + tm.tm_sec in
  (float_of_int (local - offset ()), tm_of_seconds local)

(* {1 Addresses} Their bytes: 4 or 16. *)

type inet_addr = string
type socket_domain = PF_UNIX | PF_INET | PF_INET6
type socket_type = SOCK_STREAM | SOCK_DGRAM | SOCK_RAW | SOCK_SEQPACKET
type sockaddr = ADDR_UNIX of string | ADDR_INET of inet_addr * int

let domain_of_sockaddr = function
  | ADDR_UNIX _ -> PF_UNIX
  | ADDR_INET (a, _) -> if String.length a = 16 then PF_INET6 else PF_INET

let is_inet6_addr a = String.length a = 16

let ipv4_of_string s =
  let part p =
    match p with
    | "" -> None
    | _ when String.length p > 3 || not (String.for_all (fun c -> c >= '0' && c <= '9') p) -> None
    | _ -> ( match int_of_string ("0u" ^ p) with n when n <= 255 -> Some (Char.chr n) | _ -> None)
  in
  match List.map part (String.split_on_char '.' s) with
  | [ Some a; Some b; Some c; Some d ] -> Some (String.init 4 (fun i -> [| a; b; c; d |].(i)))
  | _ -> None

(* Groups of 16 bits, the last two perhaps as an IPv4 address. *)
let groups_of_string s =
  let is_hexadecimal p = String.length p >= 1 && String.length p <= 4 && String.for_all (function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false) p in
  let rec groups = function
    | [] -> Some []
    | [ last ] when String.contains last '.' ->
        Option.map (fun a -> [ String.get_uint16_be a 0; String.get_uint16_be a 2 ]) (ipv4_of_string last)
    | p :: rest when is_hexadecimal p -> Option.map (fun rest -> int_of_string ("0x" ^ p) :: rest) (groups rest)
    | _ -> None
  in
  if s = "" then Some [] else groups (String.split_on_char ':' s)

let rec find_double_colon s i =
  if i + 1 >= String.length s then None else if s.[i] = ':' && s.[i + 1] = ':' then Some i else find_double_colon s (i + 1)

let ipv6_of_string s =
  let bytes groups =
    let b = Bytes.create 16 in
    List.iteri (fun i n -> Bytes.set_uint16_be b (2 * i) n) groups;
    Bytes.to_string b
  in
  match find_double_colon s 0 with
  | None -> ( match groups_of_string s with Some groups when List.length groups = 8 -> Some (bytes groups) | _ -> None)
  | Some i -> (
      let before = String.sub s 0 i and after = String.sub s (i + 2) (String.length s - i - 2) in
      if String.contains before '.' then None
      else
        match (groups_of_string before, groups_of_string after) with
        | Some first, Some last when List.length first + List.length last < 8 ->
            Some (bytes (first @ List.init (8 - List.length first - List.length last) (fun _ -> 0) @ last))
        | _ -> None)

let inet_addr_of_string s =
  match if String.contains s ':' then ipv6_of_string s else ipv4_of_string s with
  | Some a -> a
  | None -> failwith "inet_addr_of_string"

let string_of_ipv4 a from =
  String.concat "." (List.init 4 (fun i -> string_of_int (Char.code a.[from + i])))

(* RFC 5952: the longest run of zero groups is left out, the first of equal ones, if it has at least two. *)
let string_of_ipv6 a =
  let group i = String.get_uint16_be a (2 * i) in
  let rec run i = if i < 8 && group i = 0 then 1 + run (i + 1) else 0 in
  let start = ref (-1) and length = ref 1 in
  for i = 0 to 7 do
    if run i > !length then begin
      start := i;
      length := run i
    end
  done;
  let hex from stop = String.concat ":" (List.init (max 0 (stop - from)) (fun i -> Printf.sprintf "%x" (group (from + i)))) in
  let embedded = !start = 0 && (!length = 6 || (!length = 5 && group 5 = 0xffff)) in
  if embedded then (if !length = 6 then "::" else "::ffff:") ^ string_of_ipv4 a 12
  else if !start < 0 then hex 0 8
  else hex 0 !start ^ "::" ^ hex (!start + !length) 8

let string_of_inet_addr a = if is_inet6_addr a then string_of_ipv6 a else string_of_ipv4 a 0
let inet_addr_any = "\000\000\000\000"
let inet_addr_loopback = "\127\000\000\001"
let inet6_addr_any = String.make 16 '\000'
let inet6_addr_loopback = String.make 15 '\000' ^ "\001"

(* {1 Files} *)

type file_descr = int
type file_perm = int

let stdin = 0
let stdout = 1
let stderr = 2

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

(* asm-generic/fcntl.h *)
let number_of_flag = function
  | O_RDONLY | O_SHARE_DELETE | O_KEEPEXEC -> 0
  | O_WRONLY -> 1
  | O_RDWR -> 2
  | O_NONBLOCK -> 0o4000
  | O_APPEND -> 0o2000
  | O_CREAT -> 0o100
  | O_TRUNC -> 0o1000
  | O_EXCL -> 0o200
  | O_NOCTTY -> 0o400
  | O_DSYNC -> 0o10000
  | O_SYNC | O_RSYNC -> 0o4010000
  | O_CLOEXEC -> 0o2000000

external linux_open : string -> int -> int -> int = "morgana_linux_open"
external platform_close : int -> int = "morgana_platform_close"
external platform_read : int -> bytes -> int -> int -> int = "morgana_platform_read"
external platform_write : int -> bytes -> int -> int -> int = "morgana_platform_write"

let openfile path flags permissions =
  check_path "open" path;
  checked "open" path (linux_open path (List.fold_left (fun all flag -> all lor number_of_flag flag) 0 flags) permissions)

let close descriptor = checked_unit "close" "" (platform_close descriptor)

let check_range name b offset length =
  if offset < 0 || length < 0 || offset > Bytes.length b - length then invalid_arg ("Unix." ^ name)

(* OCaml's functions move so much at once. *)
let largest_piece = 65536

let read descriptor b offset length =
  check_range "read" b offset length;
  checked "read" "" (platform_read descriptor b offset (min length largest_piece))

let single_write descriptor b offset length =
  check_range "single_write" b offset length;
  checked "single_write" "" (platform_write descriptor b offset (min length largest_piece))

let write descriptor b offset length =
  check_range "write" b offset length;
  let rec from offset left =
    if left > 0 then begin
      let n = checked "write" "" (platform_write descriptor b offset (min left largest_piece)) in
      from (offset + n) (left - n)
    end
  in
  from offset length;
  length

let write_substring descriptor s offset length = write descriptor (Bytes.unsafe_of_string s) offset length
let single_write_substring descriptor s offset length = single_write descriptor (Bytes.unsafe_of_string s) offset length

external in_channel_of_descr : file_descr -> in_channel = "caml_ml_open_descriptor_in"
external out_channel_of_descr : file_descr -> out_channel = "caml_ml_open_descriptor_out"
external descr_of_in_channel : in_channel -> file_descr = "caml_channel_descriptor"
external descr_of_out_channel : out_channel -> file_descr = "caml_channel_descriptor"
external linux_fsync : int -> int = "morgana_linux_fsync"

let fsync descriptor = checked_unit "fsync" "" (linux_fsync descriptor)

type seek_command = SEEK_SET | SEEK_CUR | SEEK_END

external platform_seek : int -> int -> int -> int = "morgana_platform_seek"

let lseek descriptor offset command =
  let whence = match command with SEEK_SET -> 0 | SEEK_CUR -> 1 | SEEK_END -> 2 in
  checked "lseek" "" (platform_seek descriptor offset whence)

external linux_truncate : string -> int -> int = "morgana_linux_truncate"
external linux_ftruncate : int -> int -> int = "morgana_linux_ftruncate"

let truncate path length =
  check_path "truncate" path;
  checked_unit "truncate" path (linux_truncate path length)

let ftruncate descriptor length = checked_unit "ftruncate" "" (linux_ftruncate descriptor length)

type file_kind = S_REG | S_DIR | S_CHR | S_BLK | S_LNK | S_FIFO | S_SOCK

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

external linux_stat : string -> bytes -> int = "morgana_linux_stat"
external linux_lstat : string -> bytes -> int = "morgana_linux_lstat"
external linux_fstat : int -> bytes -> int = "morgana_linux_fstat"

(* [struct stat] of x86-64. *)
let stats_of_bytes b =
  let word i = Int64.to_int (Bytes.get_int64_le b i) and half i = Int32.to_int (Bytes.get_int32_le b i) land 0xffff_ffff in
  let time i = float_of_int (word i) +. (float_of_int (word (i + 8)) *. 1e-9) in
  let mode = half 24 in
  let kind =
    match mode land 0o170000 with
    | 0o040000 -> S_DIR
    | 0o020000 -> S_CHR
    | 0o060000 -> S_BLK
    | 0o120000 -> S_LNK
    | 0o010000 -> S_FIFO
    | 0o140000 -> S_SOCK
    | _ -> S_REG
  in
  {
    st_dev = word 0;
    st_ino = word 8;
    st_kind = kind;
    st_perm = mode land 0o7777;
    st_nlink = word 16;
    st_uid = half 28;
    st_gid = half 32;
    st_rdev = word 40;
    st_size = word 48;
    st_atime = time 72;
    st_mtime = time 88;
    st_ctime = time 104;
  }

let stat_with name argument call =
  let b = Bytes.make 144 '\000' in
  checked_unit name argument (call b);
  stats_of_bytes b

let stat path =
  check_path "stat" path;
  stat_with "stat" path (linux_stat path)

let lstat path =
  check_path "lstat" path;
  stat_with "lstat" path (linux_lstat path)

let fstat descriptor = stat_with "fstat" "" (linux_fstat descriptor)

external isatty : file_descr -> bool = "morgana_platform_is_terminal"
external platform_remove : string -> int = "morgana_platform_remove"
external platform_rename : string -> string -> int = "morgana_platform_rename"
external platform_make_folder : string -> int -> int = "morgana_platform_make_folder"
external platform_remove_folder : string -> int = "morgana_platform_remove_folder"
external platform_change_folder : string -> int = "morgana_platform_change_folder"

let unlink path =
  check_path "unlink" path;
  checked_unit "unlink" path (platform_remove path)

let rename path new_path =
  check_path "rename" path;
  check_path "rename" new_path;
  checked_unit "rename" path (platform_rename path new_path)

let mkdir path permissions =
  check_path "mkdir" path;
  checked_unit "mkdir" path (platform_make_folder path permissions)

let rmdir path =
  check_path "rmdir" path;
  checked_unit "rmdir" path (platform_remove_folder path)

let chdir path =
  check_path "chdir" path;
  checked_unit "chdir" path (platform_change_folder path)

let getcwd () = Sys.getcwd ()

external linux_link : string -> string -> int = "morgana_linux_link"
external linux_symlink : string -> string -> int = "morgana_linux_symlink"
external linux_readlink : string -> bytes -> int -> int = "morgana_linux_readlink"
external linux_chmod : string -> int -> int = "morgana_linux_chmod"
external linux_access : string -> int -> int = "morgana_linux_access"
external umask : file_perm -> file_perm = "morgana_linux_umask"

let link ?follow:_ path name =
  check_path "link" path;
  check_path "link" name;
  checked_unit "link" name (linux_link path name)

let symlink ?to_dir:_ target name =
  check_path "symlink" target;
  check_path "symlink" name;
  checked_unit "symlink" name (linux_symlink target name)

let has_symlink () = true

let readlink path =
  check_path "readlink" path;
  let b = Bytes.create 4096 in
  let n = checked "readlink" path (linux_readlink path b 4096) in
  Bytes.sub_string b 0 n

let chmod path permissions =
  check_path "chmod" path;
  checked_unit "chmod" path (linux_chmod path permissions)

type access_permission = R_OK | W_OK | X_OK | F_OK

let access path permissions =
  check_path "access" path;
  let number = function R_OK -> 4 | W_OK -> 2 | X_OK -> 1 | F_OK -> 0 in
  checked_unit "access" path (linux_access path (List.fold_left (fun all p -> all lor number p) 0 permissions))

external linux_dup : int -> int = "morgana_linux_dup"
external linux_dup2 : int -> int -> int = "morgana_linux_dup2"
external linux_pipe : bytes -> int = "morgana_linux_pipe"

let dup ?cloexec:_ descriptor = checked "dup" "" (linux_dup descriptor)
let dup2 ?cloexec:_ from to_ = checked_unit "dup2" "" (linux_dup2 from to_)

let pipe ?cloexec:_ () =
  let b = Bytes.make 8 '\000' in
  checked_unit "pipe" "" (linux_pipe b);
  (Int32.to_int (Bytes.get_int32_le b 0), Int32.to_int (Bytes.get_int32_le b 4))

(* {1 Folders} All entries are read at once. *)

type dir_handle = { path : string; mutable entries : string list; mutable is_open : bool }

let entries_of path =
  match Sys.readdir path with
  | names -> "." :: ".." :: Array.to_list names
  | exception Sys_error _ ->
      (* What is wrong, as an error of this module. *)
      let kind = (stat path).st_kind in
      raise (Unix_error ((if kind = S_DIR then EACCES else ENOTDIR), "opendir", path))

let opendir path =
  check_path "opendir" path;
  (match stat path with
  | { st_kind = S_DIR; _ } -> ()
  | _ -> raise (Unix_error (ENOTDIR, "opendir", path))
  | exception Unix_error (error, _, _) -> raise (Unix_error (error, "opendir", path)));
  { path; entries = entries_of path; is_open = true }

let check_open name dir = if not dir.is_open then raise (Unix_error (EBADF, name, ""))

let readdir dir =
  check_open "readdir" dir;
  match dir.entries with
  | [] -> raise End_of_file
  | name :: rest ->
      dir.entries <- rest;
      name

let rewinddir dir =
  check_open "rewinddir" dir;
  dir.entries <- entries_of dir.path

let closedir dir =
  check_open "closedir" dir;
  dir.is_open <- false

(* {1 The process, more of it} *)

external linux_call : int -> int -> int -> int -> int -> int = "morgana_linux_call"
external linux_call_path : int -> string -> int -> int -> int = "morgana_linux_call_path"
external linux_call_path_buffer : int -> int -> string -> bytes -> int = "morgana_linux_call_path_buffer"
external linux_call_first_buffer : int -> bytes -> int -> int -> int = "morgana_linux_call_first_buffer"
external linux_call_buffer : int -> int -> bytes -> int -> int -> int -> int = "morgana_linux_call_buffer" "morgana_linux_call_buffer"
external linux_call_two_buffers : int -> int -> bytes -> bytes -> int -> int = "morgana_linux_call_two_buffers"
external linux_call_third_buffer : int -> int -> int -> bytes -> int = "morgana_linux_call_third_buffer"
external linux_call_fourth_buffer : int -> int -> int -> int -> bytes -> int -> int = "morgana_linux_call_fourth_buffer" "morgana_linux_call_fourth_buffer"

let call1 name number a = checked name "" (linux_call number a 0 0 0)
let getuid () = linux_call 102 0 0 0 0
let geteuid () = linux_call 107 0 0 0 0
let getgid () = linux_call 104 0 0 0 0
let getegid () = linux_call 108 0 0 0 0
let setuid id = ignore (call1 "setuid" 105 id)
let setgid id = ignore (call1 "setgid" 106 id)
let setsid () = call1 "setsid" 112 0
let alarm seconds = call1 "alarm" 37 seconds
let pause () = ignore (linux_call 34 0 0 0 0)
let half b i = Int32.to_int (Bytes.get_int32_le b i)

let getgroups () =
  let b = Bytes.make 262144 '\000' in
  Array.init (checked "getgroups" "" (linux_call_buffer 115 65536 b 0 0 0)) (fun i -> half b (4 * i))

let setgroups groups =
  let b = Bytes.make (4 * max 1 (Array.length groups)) '\000' in
  Array.iteri (fun i id -> Bytes.set_int32_le b (4 * i) (Int32.of_int id)) groups;
  checked_unit "setgroups" "" (linux_call_buffer 116 (Array.length groups) b 0 0 0)

(* getpriority gives 20 less the priority. *)
let nice increment =
  let wanted = 20 - checked "nice" "" (linux_call 140 0 0 0 0) + increment in
  let wanted = min 19 (max (-20) wanted) in
  checked_unit "nice" "" (linux_call 141 0 0 wanted 0);
  wanted

(* Sys numbers those signals below zero that have other numbers on other systems (signal(7), x86). *)
let signal_numbers =
  [|
    6; 14; 8; 1; 4; 2; 9; 13; 3; 11; 15; 10; 12; 17; 18; 19; 20; 21; 22; 26; 27; 7; 29; 31; 5; 23; 24; 25;
  |]
[@@ocamlformat "disable"]

let linux_signal n = if n < 0 && -n <= Array.length signal_numbers then signal_numbers.(-n - 1) else n

let sys_signal n =
  let rec find i = if i = Array.length signal_numbers then n else if signal_numbers.(i) = n then -i - 1 else find (i + 1) in
  find 0

let kill pid signal = checked_unit "kill" "" (linux_call 62 pid (linux_signal signal) 0 0)

type sigprocmask_command = SIG_SETMASK | SIG_BLOCK | SIG_UNBLOCK

let signal_set signals =
  let b = Bytes.make 8 '\000' in
  Bytes.set_int64_le b 0 (List.fold_left (fun set s -> Int64.logor set (Int64.shift_left 1L (linux_signal s - 1))) 0L signals);
  b

let signals_of_set b =
  let set = Bytes.get_int64_le b 0 in
  List.filter_map (fun n -> if Int64.logand set (Int64.shift_left 1L (n - 1)) = 0L then None else Some (sys_signal n)) (List.init 64 succ)

let sigprocmask command signals =
  let old = Bytes.make 8 '\000' in
  let how = match command with SIG_BLOCK -> 0 | SIG_UNBLOCK -> 1 | SIG_SETMASK -> 2 in
  checked_unit "sigprocmask" "" (linux_call_two_buffers 14 how (signal_set signals) old 8);
  signals_of_set old

let sigpending () =
  let b = Bytes.make 8 '\000' in
  checked_unit "sigpending" "" (linux_call_first_buffer 127 b 8 0);
  signals_of_set b

let sigsuspend signals = ignore (linux_call_first_buffer 130 (signal_set signals) 8 0)

type process_status = WEXITED of int | WSIGNALED of int | WSTOPPED of int
type wait_flag = WNOHANG | WUNTRACED

external linux_putenv : string -> string -> unit = "unix_putenv"

let putenv name value =
  if name = "" || String.contains name '=' || String.contains name '\000' then raise (Unix_error (EINVAL, "putenv", name));
  if String.contains value '\000' then raise (Unix_error (EINVAL, "putenv", value));
  linux_putenv name value

let fork () =
  Stdlib.flush_all ();
  call1 "fork" 57 0

let status_of_word w = if w land 0x7f = 0 then WEXITED ((w lsr 8) land 0xff) else if w land 0xff = 0x7f then WSTOPPED (sys_signal ((w lsr 8) land 0xff)) else WSIGNALED (sys_signal (w land 0x7f))

let waitpid flags pid =
  let options = List.fold_left (fun all flag -> all lor match flag with WNOHANG -> 1 | WUNTRACED -> 2) 0 flags in
  let b = Bytes.make 8 '\000' in
  let found = checked "waitpid" "" (linux_call_buffer 61 pid b 0 options 0) in
  (found, status_of_word (half b 0))

let wait () =
  let b = Bytes.make 8 '\000' in
  let found = checked "wait" "" (linux_call_buffer 61 (-1) b 0 0 0) in
  (found, status_of_word (half b 0))

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

let create_process_with start input output error =
  in_child (fun () ->
      redirect input output error;
      start ())

let create_process program arguments input output error = create_process_with (fun () -> execvp program arguments) input output error

let create_process_env program arguments environment input output error =
  create_process_with (fun () -> execvpe program arguments environment) input output error

(* {1 Flags of descriptors} fcntl: F_GETFD 1, F_SETFD 2, F_GETFL 3, F_SETFL 4. *)

let change_flags name get set change descriptor =
  let flags = checked name "" (linux_call 72 descriptor get 0 0) in
  checked_unit name "" (linux_call 72 descriptor set (change flags) 0)

let set_nonblock d = change_flags "set_nonblock" 3 4 (fun f -> f lor 0o4000) d
let clear_nonblock d = change_flags "clear_nonblock" 3 4 (fun f -> f land lnot 0o4000) d
let set_close_on_exec d = change_flags "set_close_on_exec" 1 2 (fun f -> f lor 1) d
let clear_close_on_exec d = change_flags "clear_close_on_exec" 1 2 (fun f -> f land lnot 1) d
let with_cloexec cloexec d = if cloexec = Some true then set_close_on_exec d
let fchmod d permissions = checked_unit "fchmod" "" (linux_call 91 d permissions 0 0)
let fchown d user group = checked_unit "fchown" "" (linux_call 93 d user group 0)

let chown path user group =
  check_path "chown" path;
  checked_unit "chown" path (linux_call_path 92 path user group)

let chroot path =
  check_path "chroot" path;
  checked_unit "chroot" path (linux_call_path 161 path 0 0)

(* S_IFIFO *)
let mkfifo path permissions =
  check_path "mkfifo" path;
  checked_unit "mkfifo" path (linux_call_path 133 path (permissions lor 0o010000) 0)

let utimes path accessed modified =
  check_path "utimes" path;
  let b = Bytes.make 32 '\000' in
  let put at t =
    let seconds = floor t in
    Bytes.set_int64_le b at (Int64.of_float seconds);
    Bytes.set_int64_le b (at + 8) (Int64.of_float ((t -. seconds) *. 1e9))
  in
  (* Both zero: now. *)
  if accessed = 0. && modified = 0. then begin
    let now = gettimeofday () in
    put 0 now;
    put 16 now
  end
  else begin
    put 0 accessed;
    put 16 modified
  end;
  checked_unit "utimes" path (linux_call_path_buffer 280 (-100) path b)

let realpath path =
  check_path "realpath" path;
  let rec follow links prefix = function
    | [] -> if prefix = "" then "/" else prefix
    | ("" | ".") :: rest -> follow links prefix rest
    | ".." :: rest -> follow links (if prefix = "" then "" else Filename.dirname prefix |> fun d -> if d = "/" then "" else d) rest
    | name :: rest -> (
        let here = prefix ^ "/" ^ name in
        match (try lstat here with Unix_error (e, _, _) -> raise (Unix_error (e, "realpath", path))).st_kind with
        | S_LNK when links > 40 -> raise (Unix_error (ELOOP, "realpath", path))
        | S_LNK ->
            let target = readlink here in
            let parts = String.split_on_char '/' target in
            follow (links + 1) (if target <> "" && target.[0] = '/' then "" else prefix) (parts @ rest)
        | _ -> follow links here rest)
  in
  let absolute = if path <> "" && path.[0] = '/' then path else getcwd () ^ "/" ^ path in
  if path = "" then raise (Unix_error (ENOENT, "realpath", path));
  follow 0 "" (String.split_on_char '/' absolute)

type small_stats = stats

module LargeFile = struct
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

  let lseek d offset command = Int64.of_int (lseek d (Int64.to_int offset) command)
  let truncate path length = truncate path (Int64.to_int length)
  let ftruncate d length = ftruncate d (Int64.to_int length)

  let large ({ st_dev; st_ino; st_kind; st_perm; st_nlink; st_uid; st_gid; st_rdev; st_size; st_atime; st_mtime; st_ctime } : small_stats) : stats =
    { st_dev; st_ino; st_kind; st_perm; st_nlink; st_uid; st_gid; st_rdev; st_size = Int64.of_int st_size; st_atime; st_mtime; st_ctime }

  let stat path = large (stat path)
  let lstat path = large (lstat path)
  let fstat d = large (fstat d)
end

(* {1 Waiting for descriptors} By poll(2): struct pollfd has the descriptor, the events wanted and those found. *)

let select reading writing exceptional timeout =
  let wanted = Hashtbl.create 7 in
  let note event d = Hashtbl.replace wanted d (event lor Option.value (Hashtbl.find_opt wanted d) ~default:0) in
  List.iter (note 1) reading;
  List.iter (note 4) writing;
  List.iter (note 2) exceptional;
  let all = Array.of_seq (Hashtbl.to_seq wanted) in
  let b = Bytes.make (8 * max 1 (Array.length all)) '\000' in
  Array.iteri
    (fun i (d, events) ->
      Bytes.set_int32_le b (8 * i) (Int32.of_int d);
      Bytes.set_int16_le b ((8 * i) + 4) events)
    all;
  let milliseconds = if timeout < 0. then -1 else int_of_float (Float.ceil (timeout *. 1e3)) in
  ignore (checked "select" "" (linux_call_first_buffer 7 b (Array.length all) milliseconds));
  let found = Hashtbl.create 7 in
  Array.iteri
    (fun i (d, _) ->
      let events = Bytes.get_uint16_le b ((8 * i) + 6) in
      (* POLLNVAL *)
      if events land 0x20 <> 0 then raise (Unix_error (EBADF, "select", ""));
      Hashtbl.replace found d events)
    all;
  (* An error or the other side's end makes reading and writing possible: they will tell. *)
  let ready mask = List.filter (fun d -> Hashtbl.find found d land mask <> 0) in
  (ready (1 lor 0x18) reading, ready (4 lor 0x8) writing, ready 2 exceptional)

(* {1 Sockets} *)

type shutdown_command = SHUTDOWN_RECEIVE | SHUTDOWN_SEND | SHUTDOWN_ALL
type msg_flag = MSG_OOB | MSG_DONTROUTE | MSG_PEEK

let number_of_domain = function PF_UNIX -> 1 | PF_INET -> 2 | PF_INET6 -> 10
let number_of_type = function SOCK_STREAM -> 1 | SOCK_DGRAM -> 2 | SOCK_RAW -> 3 | SOCK_SEQPACKET -> 5

(* struct sockaddr_un, sockaddr_in, sockaddr_in6: unix(7), ip(7), ipv6(7). *)
let bytes_of_sockaddr = function
  | ADDR_UNIX path ->
      if String.length path > 107 then raise (Unix_error (ENAMETOOLONG, "", path));
      let b = Bytes.make (2 + String.length path + 1) '\000' in
      Bytes.set_uint16_le b 0 1;
      Bytes.blit_string path 0 b 2 (String.length path);
      (b, if path <> "" && path.[0] = '\000' then 2 + String.length path else Bytes.length b)
  | ADDR_INET (a, port) when is_inet6_addr a ->
      let b = Bytes.make 28 '\000' in
      Bytes.set_uint16_le b 0 10;
      Bytes.set_uint16_be b 2 port;
      Bytes.blit_string a 0 b 8 16;
      (b, 28)
  | ADDR_INET (a, port) ->
      let b = Bytes.make 16 '\000' in
      Bytes.set_uint16_le b 0 2;
      Bytes.set_uint16_be b 2 port;
      Bytes.blit_string a 0 b 4 4;
      (b, 16)

let sockaddr_of_bytes b length =
  match if length < 2 then 1 else Bytes.get_uint16_le b 0 with
  | 2 -> ADDR_INET (Bytes.sub_string b 4 4, Bytes.get_uint16_be b 2)
  | 10 -> ADDR_INET (Bytes.sub_string b 8 16, Bytes.get_uint16_be b 2)
  | 1 ->
      let path = Bytes.sub_string b 2 (max 0 (length - 2)) in
      ADDR_UNIX (if path <> "" && path.[0] = '\000' then path else match String.index_opt path '\000' with Some i -> String.sub path 0 i | None -> path)
  | _ -> raise (Unix_error (EAFNOSUPPORT, "", ""))

let room_for_sockaddr () =
  let length = Bytes.make 4 '\000' in
  Bytes.set_int32_le length 0 128l;
  (Bytes.make 128 '\000', length)

(* SOCK_CLOEXEC *)
let cloexec_flag cloexec = if cloexec = Some true then 0o2000000 else 0
let socket ?cloexec domain kind protocol = checked "socket" "" (linux_call 41 (number_of_domain domain) (number_of_type kind lor cloexec_flag cloexec) protocol 0)

let socketpair ?cloexec domain kind protocol =
  let b = Bytes.make 8 '\000' in
  checked_unit "socketpair" "" (linux_call_fourth_buffer 53 (number_of_domain domain) (number_of_type kind lor cloexec_flag cloexec) protocol b 0);
  (half b 0, half b 4)

let accept ?cloexec d =
  let name, length = room_for_sockaddr () in
  let accepted = checked "accept" "" (linux_call_two_buffers 288 d name length (cloexec_flag cloexec)) in
  (accepted, sockaddr_of_bytes name (half length 0))

let with_address name number d address =
  let b, length = bytes_of_sockaddr address in
  checked_unit name "" (linux_call_buffer number d b 0 length 0)

let bind d address = with_address "bind" 49 d address
let connect d address = with_address "connect" 42 d address
let listen d backlog = checked_unit "listen" "" (linux_call 50 d backlog 0 0)
let shutdown d command = checked_unit "shutdown" "" (linux_call 48 d (match command with SHUTDOWN_RECEIVE -> 0 | SHUTDOWN_SEND -> 1 | SHUTDOWN_ALL -> 2) 0 0)

let name_of_socket name number d =
  let b, length = room_for_sockaddr () in
  checked_unit name "" (linux_call_two_buffers number d b length 0);
  sockaddr_of_bytes b (half length 0)

let getsockname d = name_of_socket "getsockname" 51 d
let getpeername d = name_of_socket "getpeername" 52 d
let number_of_flags = List.fold_left (fun all flag -> all lor match flag with MSG_OOB -> 1 | MSG_PEEK -> 2 | MSG_DONTROUTE -> 4) 0

external linux_send_to : int -> bytes -> int -> int -> int -> bytes -> int -> int = "morgana_linux_send_to" "morgana_linux_send_to"
external linux_receive_from : int -> bytes -> int -> int -> int -> bytes -> bytes -> int = "morgana_linux_receive_from" "morgana_linux_receive_from"

let recv d b offset length flags =
  check_range "recv" b offset length;
  let name, name_length = room_for_sockaddr () in
  checked "recv" "" (linux_receive_from d b offset (min length largest_piece) (number_of_flags flags) name name_length)

let recvfrom d b offset length flags =
  check_range "recvfrom" b offset length;
  let name, name_length = room_for_sockaddr () in
  let n = checked "recvfrom" "" (linux_receive_from d b offset (min length largest_piece) (number_of_flags flags) name name_length) in
  (n, sockaddr_of_bytes name (half name_length 0))

(* MSG_NOSIGNAL is not set: writing to who does not listen is a signal, as everywhere. *)
let send d b offset length flags =
  check_range "send" b offset length;
  checked "send" "" (linux_call_buffer 44 d b offset (min length largest_piece) (number_of_flags flags))

let sendto d b offset length flags address =
  check_range "sendto" b offset length;
  let name, name_length = bytes_of_sockaddr address in
  checked "sendto" "" (linux_send_to d b offset (min length largest_piece) (number_of_flags flags) name name_length)

let send_substring d s offset length flags = send d (Bytes.unsafe_of_string s) offset length flags
let sendto_substring d s offset length flags address = sendto d (Bytes.unsafe_of_string s) offset length flags address

type socket_bool_option =
  | SO_DEBUG | SO_BROADCAST | SO_REUSEADDR | SO_KEEPALIVE | SO_DONTROUTE | SO_OOBINLINE | SO_ACCEPTCONN | TCP_NODELAY | IPV6_ONLY
  | SO_REUSEPORT
[@@ocamlformat "disable"]

type socket_int_option = SO_SNDBUF | SO_RCVBUF | SO_ERROR | SO_TYPE | SO_RCVLOWAT | SO_SNDLOWAT
type socket_optint_option = SO_LINGER
type socket_float_option = SO_RCVTIMEO | SO_SNDTIMEO

(* Level and number: socket(7), tcp(7), ipv6(7). *)
let bool_option = function
  | SO_DEBUG -> (1, 1)
  | SO_BROADCAST -> (1, 6)
  | SO_REUSEADDR -> (1, 2)
  | SO_KEEPALIVE -> (1, 9)
  | SO_DONTROUTE -> (1, 5)
  | SO_OOBINLINE -> (1, 10)
  | SO_ACCEPTCONN -> (1, 30)
  | TCP_NODELAY -> (6, 1)
  | IPV6_ONLY -> (41, 26)
  | SO_REUSEPORT -> (1, 15)

let int_option = function SO_SNDBUF -> (1, 7) | SO_RCVBUF -> (1, 8) | SO_ERROR -> (1, 4) | SO_TYPE -> (1, 3) | SO_RCVLOWAT -> (1, 18) | SO_SNDLOWAT -> (1, 19)

external linux_getsockopt : int -> int -> int -> bytes -> bytes -> int = "morgana_linux_getsockopt"

let get_option name d (level, option) size =
  let value = Bytes.make size '\000' and length = Bytes.make 4 '\000' in
  Bytes.set_int32_le length 0 (Int32.of_int size);
  checked_unit name "" (linux_getsockopt d level option value length);
  value

let set_option name d (level, option) value = checked_unit name "" (linux_call_fourth_buffer 54 d level option value (Bytes.length value))

let bytes_of_int n =
  let b = Bytes.make 4 '\000' in
  Bytes.set_int32_le b 0 (Int32.of_int n);
  b

let getsockopt d option = half (get_option "getsockopt" d (bool_option option) 4) 0 <> 0
let setsockopt d option on = set_option "setsockopt" d (bool_option option) (bytes_of_int (Bool.to_int on))
let getsockopt_int d option = half (get_option "getsockopt" d (int_option option) 4) 0
let setsockopt_int d option n = set_option "setsockopt" d (int_option option) (bytes_of_int n)

let getsockopt_optint d SO_LINGER =
  let b = get_option "getsockopt" d (1, 13) 8 in
  if half b 0 = 0 then None else Some (half b 4)

let setsockopt_optint d SO_LINGER value =
  let b = Bytes.make 8 '\000' in
  Option.iter
    (fun n ->
      Bytes.set_int32_le b 0 1l;
      Bytes.set_int32_le b 4 (Int32.of_int n))
    value;
  set_option "setsockopt" d (1, 13) b

let float_option = function SO_RCVTIMEO -> (1, 20) | SO_SNDTIMEO -> (1, 21)

let getsockopt_float d option =
  let b = get_option "getsockopt" d (float_option option) 16 in
  Int64.to_float (Bytes.get_int64_le b 0) +. (Int64.to_float (Bytes.get_int64_le b 8) *. 1e-6)

let setsockopt_float d option t =
  let b = Bytes.make 16 '\000' in
  Bytes.set_int64_le b 0 (Int64.of_float (floor t));
  Bytes.set_int64_le b 8 (Int64.of_float ((t -. floor t) *. 1e6));
  set_option "setsockopt" d (float_option option) b

let getsockopt_error d = match getsockopt_int d SO_ERROR with 0 -> None | n -> Some (error_of_number n)

let open_connection address =
  let d = socket ~cloexec:true (domain_of_sockaddr address) SOCK_STREAM 0 in
  (try connect d address
   with e ->
     close d;
     raise e);
  (in_channel_of_descr d, out_channel_of_descr d)

let shutdown_connection channel = shutdown (descr_of_in_channel channel) SHUTDOWN_SEND

(* {1 Programs with pipes} *)

type pipes = Of_input of in_channel | Of_output of out_channel | Of_both of in_channel * out_channel | Of_full of in_channel * out_channel * in_channel

let running : (pipes * int) list ref = ref []

let pipe ?cloexec () =
  let read, write = pipe () in
  with_cloexec cloexec read;
  with_cloexec cloexec write;
  (read, write)

let dup ?cloexec d =
  let copy = dup d in
  with_cloexec cloexec copy;
  copy

let dup2 ?cloexec from to_ =
  dup2 from to_;
  with_cloexec cloexec to_

let shell_arguments command = (shell, [| shell; "-c"; command |])

let open_args_in start =
  let read, write = pipe ~cloexec:true () in
  let pid = create_process_with start stdin write stderr in
  close write;
  let channel = in_channel_of_descr read in
  running := (Of_input channel, pid) :: !running;
  channel

let open_args_out start =
  let read, write = pipe ~cloexec:true () in
  let pid = create_process_with start read stdout stderr in
  close read;
  let channel = out_channel_of_descr write in
  running := (Of_output channel, pid) :: !running;
  channel

let open_args start =
  let in_read, in_write = pipe ~cloexec:true () in
  let out_read, out_write = pipe ~cloexec:true () in
  let pid = create_process_with start out_read in_write stderr in
  close out_read;
  close in_write;
  let channels = (in_channel_of_descr in_read, out_channel_of_descr out_write) in
  running := (Of_both (fst channels, snd channels), pid) :: !running;
  channels

let open_args_full start =
  let in_read, in_write = pipe ~cloexec:true () in
  let out_read, out_write = pipe ~cloexec:true () in
  let error_read, error_write = pipe ~cloexec:true () in
  let pid = create_process_with start out_read in_write error_write in
  List.iter close [ out_read; in_write; error_write ];
  let ((input, output, errors) as channels) = (in_channel_of_descr in_read, out_channel_of_descr out_write, in_channel_of_descr error_read) in
  running := (Of_full (input, output, errors), pid) :: !running;
  channels

let open_process_args_in program arguments = open_args_in (fun () -> execvp program arguments)
let open_process_args_out program arguments = open_args_out (fun () -> execvp program arguments)
let open_process_args program arguments = open_args (fun () -> execvp program arguments)
let open_process_args_full program arguments environment = open_args_full (fun () -> execvpe program arguments environment)
let open_process_in command = open_args_in (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process_out command = open_args_out (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process command = open_args (fun () -> let program, arguments = shell_arguments command in execv program arguments)
let open_process_full command environment = open_args_full (fun () -> let program, arguments = shell_arguments command in execve program arguments environment)

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

(* {1 Users, groups, hosts} Read from the files that have them. *)

type passwd_entry = { pw_name : string; pw_passwd : string; pw_uid : int; pw_gid : int; pw_gecos : string; pw_dir : string; pw_shell : string }
type group_entry = { gr_name : string; gr_passwd : string; gr_gid : int; gr_mem : string array }

let lines_of path =
  match open_in_bin path with
  | exception Sys_error _ -> []
  | channel -> Fun.protect ~finally:(fun () -> close_in channel) (fun () -> In_channel.input_all channel |> String.split_on_char '\n')

let find_line path entry wanted = match List.find_map (fun line -> Option.bind (entry (String.split_on_char ':' line)) (fun e -> if wanted e then Some e else None)) (lines_of path) with Some e -> e | None -> raise Not_found

let passwd_entry = function
  | [ pw_name; pw_passwd; uid; gid; pw_gecos; pw_dir; pw_shell ] -> (
      match (int_of_string_opt uid, int_of_string_opt gid) with
      | Some pw_uid, Some pw_gid -> Some { pw_name; pw_passwd; pw_uid; pw_gid; pw_gecos; pw_dir; pw_shell }
      | _ -> None)
  | _ -> None

let group_entry = function
  | [ gr_name; gr_passwd; gid; members ] ->
      Option.map (fun gr_gid -> { gr_name; gr_passwd; gr_gid; gr_mem = Array.of_list (if members = "" then [] else String.split_on_char ',' members) }) (int_of_string_opt gid)
  | _ -> None

let getpwnam name = find_line "/etc/passwd" passwd_entry (fun e -> e.pw_name = name)
let getpwuid id = find_line "/etc/passwd" passwd_entry (fun e -> e.pw_uid = id)
let getgrnam name = find_line "/etc/group" group_entry (fun e -> e.gr_name = name)
let getgrgid id = find_line "/etc/group" group_entry (fun e -> e.gr_gid = id)
let getlogin () = try (getpwuid (getuid ())).pw_name with Not_found -> raise (Unix_error (ENOENT, "getlogin", ""))

let initgroups name group =
  let mine = List.filter_map (fun line -> Option.bind (group_entry (String.split_on_char ':' line)) (fun e -> if Array.mem name e.gr_mem then Some e.gr_gid else None)) (lines_of "/etc/group") in
  setgroups (Array.of_list (group :: List.filter (fun id -> id <> group) mine))

(* struct utsname: fields of 65 bytes. *)
let gethostname () =
  let b = Bytes.make 390 '\000' in
  checked_unit "gethostname" "" (linux_call_first_buffer 63 b 0 0);
  let name = Bytes.sub_string b 65 65 in
  String.sub name 0 (String.index name '\000')

(* {1 Timers} *)

type interval_timer = ITIMER_REAL | ITIMER_VIRTUAL | ITIMER_PROF
type interval_timer_status = { it_interval : float; it_value : float }

let number_of_timer = function ITIMER_REAL -> 0 | ITIMER_VIRTUAL -> 1 | ITIMER_PROF -> 2

let timer_of_bytes b =
  let time at = Int64.to_float (Bytes.get_int64_le b at) +. (Int64.to_float (Bytes.get_int64_le b (at + 8)) *. 1e-6) in
  { it_interval = time 0; it_value = time 16 }

let getitimer timer =
  let b = Bytes.make 32 '\000' in
  checked_unit "getitimer" "" (linux_call_buffer 36 (number_of_timer timer) b 0 0 0);
  timer_of_bytes b

let setitimer timer { it_interval; it_value } =
  let b = Bytes.make 32 '\000' and old = Bytes.make 32 '\000' in
  let put at t =
    Bytes.set_int64_le b at (Int64.of_float (floor t));
    Bytes.set_int64_le b (at + 8) (Int64.of_float ((t -. floor t) *. 1e6))
  in
  put 0 it_interval;
  put 16 it_value;
  checked_unit "setitimer" "" (linux_call_two_buffers 38 (number_of_timer timer) b old 0);
  timer_of_bytes old

(* {1 Locks on files} fcntl with struct flock. *)

type lock_command = F_ULOCK | F_LOCK | F_TLOCK | F_TEST | F_RLOCK | F_TRLOCK

let lockf d command length =
  let b = Bytes.make 32 '\000' in
  (* F_RDLCK 0, F_WRLCK 1, F_UNLCK 2; from where the descriptor is. *)
  Bytes.set_uint16_le b 0 (match command with F_RLOCK | F_TRLOCK -> 0 | F_ULOCK -> 2 | F_LOCK | F_TLOCK | F_TEST -> 1);
  Bytes.set_uint16_le b 2 1;
  Bytes.set_int64_le b 16 (Int64.of_int length);
  let fcntl = match command with F_TEST -> 5 | F_LOCK | F_RLOCK -> 7 | F_ULOCK | F_TLOCK | F_TRLOCK -> 6 in
  checked_unit "lockf" "" (linux_call_third_buffer 72 d fcntl b)
