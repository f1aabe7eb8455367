(* The part of OCaml's package unix that makes sense here: errors, time, addresses, and on the target unix files and the process. *)

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

external environment : unit -> string array = "unix_environment"

let unsafe_environment = environment
let getenv = Sys.getenv
let unsafe_getenv = Sys.getenv

external getpid : unit -> int = "morgana_linux_getpid"
external getppid : unit -> int = "morgana_linux_getppid"
external _exit : int -> 'a = "caml_sys_exit"

(* {1 Time} *)

external gettimeofday : unit -> float = "unix_gettimeofday"
external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"
external wait : int64 -> bool -> bool = "morgana_wait"

(** Seconds east of UTC; [min_int] where nobody knows. *)
external time_zone_offset : unit -> int = "morgana_time_zone_offset"

let time () = floor (gettimeofday ())

let sleepf seconds =
  if seconds > 0. then begin
    let deadline = Int64.add (monotonic_ns ()) (Int64.of_float (seconds *. 1e9)) in
    while Int64.compare (monotonic_ns ()) deadline < 0 do
      ignore (wait deadline false)
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
