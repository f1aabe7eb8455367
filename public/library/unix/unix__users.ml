(* Users and groups: those of the process, and the files that tell of them. *)

open Unix__error
open Unix__calls

let getuid () = linux_call 102 0 0 0 0
let geteuid () = linux_call 107 0 0 0 0
let getgid () = linux_call 104 0 0 0 0
let getegid () = linux_call 108 0 0 0 0
let setuid id = ignore (call1 "setuid" 105 id)
let setgid id = ignore (call1 "setgid" 106 id)

let getgroups () =
  let b = Bytes.make 262144 '\000' in
  Array.init (checked "getgroups" "" (linux_call_buffer 115 65536 b 0 0 0)) (fun i -> half b (4 * i))

let setgroups groups =
  let b = Bytes.make (4 * max 1 (Array.length groups)) '\000' in
  Array.iteri (fun i id -> Bytes.set_int32_le b (4 * i) (Int32.of_int id)) groups;
  checked_unit "setgroups" "" (linux_call_buffer 116 (Array.length groups) b 0 0 0)

type passwd_entry = { pw_name : string; pw_passwd : string; pw_uid : int; pw_gid : int; pw_gecos : string; pw_dir : string; pw_shell : string }
type group_entry = { gr_name : string; gr_passwd : string; gr_gid : int; gr_mem : string array }

let lines_of path =
  match open_in_bin path with
  | exception Sys_error _ -> []
  | channel -> Fun.protect ~finally:(fun () -> close_in channel) (fun () -> In_channel.input_all channel |> String.split_on_char '\n')

let find_line path entry wanted =
  let wanted_entry line = match entry (String.split_on_char ':' line) with Some e when wanted e -> Some e | _ -> None in
  match List.find_map wanted_entry (lines_of path) with Some e -> e | None -> raise Not_found

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

(* The user whose login began the session: proc(5). All ones where there was none. *)
let getlogin () =
  let nobody () = raise (Unix_error (ENOENT, "getlogin", "")) in
  match lines_of "/proc/self/loginuid" with
  | id :: _ when id <> "4294967295" -> (
      match int_of_string_opt id with
      | Some id -> ( try (getpwuid id).pw_name with Not_found -> nobody ())
      | None -> nobody ())
  | _ -> nobody ()

let initgroups name group =
  let mine = List.filter_map (fun line -> Option.bind (group_entry (String.split_on_char ':' line)) (fun e -> if Array.mem name e.gr_mem then Some e.gr_gid else None)) (lines_of "/etc/group") in
  setgroups (Array.of_list (group :: List.filter (fun id -> id <> group) mine))
