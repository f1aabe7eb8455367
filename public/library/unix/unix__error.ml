(* Errors of the operating system. *)

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

let number_of_error = function
  | EUNKNOWNERR n -> n
  | error -> ( match List.find_opt (fun (_, e, _) -> e = error) errors with Some (number, _, _) -> number | None -> 0)

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
