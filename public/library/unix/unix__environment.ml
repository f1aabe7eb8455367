(* The settings of the environment. *)

open Unix__error

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

external linux_putenv : string -> string -> unit = "unix_putenv"

let putenv name value =
  if String.contains name '\000' then raise (Unix_error (EINVAL, "putenv", name));
  if String.contains value '\000' then raise (Unix_error (EINVAL, "putenv", name));
  (* The C function is given both in one text, and looks for the first [=]. *)
  let setting = name ^ "=" ^ value in
  let length = String.index setting '=' in
  linux_putenv (String.sub setting 0 length) (String.sub setting (length + 1) (String.length setting - length - 1))
