(* Running a command in the system's shell (Sys.command). *)

open Primitives_base
external initial_environment : unit -> string array = "unix_environment"
external changed_environment : unit -> (string * string) list = "morgana_changed_environment"
external string_equal : string -> string -> bool = "caml_string_equal"
external handle_signals : unit -> unit = "morgana_handle_signals"

(** Starts a program with arguments and environment; [pointers] has room for the addresses of both, each with a zero at its end. The number of the process, or
    a negative error number. *)
external platform_start : string -> string array -> string array -> bytes -> int = "morgana_platform_start"

(** Waits until a process has ended: its status as wait(2) has it, or a negative error number. *)
external platform_await : int -> int = "morgana_platform_await"

let rec is_setting_of name setting i =
  if i = string_length name then i < string_length setting && byte setting i = 61 else i < string_length setting && byte setting i = byte name i && is_setting_of name setting (i + 1)

let rec is_changed setting changes = match changes with [] -> false | (name, _) :: rest -> is_setting_of name setting 0 || is_changed setting rest
let rec has_name name changes = match changes with [] -> false | (other, _) :: rest -> string_equal name other || has_name name rest

(* The last change of a name comes first. *)
let rec settings changes seen result =
  match changes with
  | [] -> result
  | (name, value) :: rest -> if has_name name seen then settings rest seen result else settings rest ((name, value) :: seen) ((name ^ "=" ^ value) :: result)

let environment () =
  let initial = initial_environment () and changes = changed_environment () in
  let rec kept i result = if i < 0 then result else kept (i - 1) (if is_changed (array_get initial i) changes then result else array_get initial i :: result) in
  let all = kept (array_length initial - 1) (settings changes [] []) in
  let rec length list n = match list with [] -> n | _ :: rest -> length rest (n + 1) in
  let result = array_make (length all 0) "" in
  let rec fill i list =
    match list with
    | [] -> ()
    | setting :: rest ->
        array_set result i setting;
        fill (i + 1) rest
  in
  fill 0 all;
  result

let rec await pid =
  let status = platform_await pid in
  if status = Primitives_errno.interrupted then begin
    handle_signals ();
    await pid
  end
  else Primitives_errno.checked status

(* Where there is no shell the status is the one that tells so. Commands that a signal ends have 255. *)
let caml_sys_system_command command =
  if Primitives_file.has_nul command 0 then Primitives_errno.fail_for command Primitives_errno.no_entry;
  let environment = environment () in
  let pid = platform_start "/bin/sh" [| "sh"; "-c"; command |] environment (bytes_create ((array_length environment + 5) * 8)) in
  let not_here = -38 in
  if pid = not_here then 127
  else begin
    let status = await (Primitives_errno.checked pid) in
    if status land 127 = 0 then (status lsr 8) land 255 else 255
  end
[@@primitive "caml_sys_system_command"]
