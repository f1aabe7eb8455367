(* Files by name. *)

open Unix__error
open Unix__calls
open Unix__descriptors

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

(* utimensat with two struct timespec. Both times zero: now, which is said by the nanoseconds 0x3fffffff (UTIME_NOW). *)
let utimes path accessed modified =
  check_path "utimes" path;
  let b = Bytes.make 32 '\000' in
  let now = accessed = 0. && modified = 0. in
  let put at t =
    let seconds = floor t in
    Bytes.set_int64_le b at (Int64.of_float seconds);
    Bytes.set_int64_le b (at + 8) (if now then 0x3fffffffL else Int64.of_float ((t -. seconds) *. 1e9))
  in
  put 0 accessed;
  put 16 modified;
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
