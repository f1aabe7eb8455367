(* Names of files, with [/] between their parts. *)

let current_dir_name = "."
let parent_dir_name = ".."
let dir_sep = "/"
let null = "/dev/null"
let is_sep name i = name.[i] = '/'

let concat dir name =
  let n = String.length dir in
  if n = 0 || is_sep dir (n - 1) then dir ^ name else dir ^ dir_sep ^ name

let is_relative name = name = "" || not (is_sep name 0)

let is_implicit name =
  is_relative name && (not (String.starts_with ~prefix:"./" name)) && not (String.starts_with ~prefix:"../" name)

(* The last index up to [i] at which there is a separator, or none; -1 without any. *)
let rec last_sep name i = if i < 0 || is_sep name i then i else last_sep name (i - 1)
let rec last_other name i = if i < 0 || not (is_sep name i) then i else last_other name (i - 1)

let basename name =
  if name = "" then current_dir_name
  else begin
    let last = last_other name (String.length name - 1) in
    if last < 0 then dir_sep
    else begin
      let sep = last_sep name last in
      String.sub name (sep + 1) (last - sep)
    end
  end

let dirname name =
  if name = "" then current_dir_name
  else begin
    let last = last_other name (String.length name - 1) in
    if last < 0 then dir_sep
    else begin
      let sep = last_sep name last in
      if sep < 0 then current_dir_name
      else begin
        let last = last_other name sep in
        if last < 0 then dir_sep else String.sub name 0 (last + 1)
      end
    end
  end

let check_suffix name suffix = String.ends_with ~suffix name

let chop_suffix_opt ~suffix name =
  if check_suffix name suffix then Some (String.sub name 0 (String.length name - String.length suffix)) else None

let chop_suffix name suffix =
  match chop_suffix_opt ~suffix name with Some s -> s | None -> invalid_arg "Filename.chop_suffix"

(* Length of the extension with its dot. Dots at the beginning of the last part begin none. *)
let extension_length name =
  let rec has_stem i = i >= 0 && (not (is_sep name i)) && (name.[i] <> '.' || has_stem (i - 1)) in
  let rec from i =
    if i < 0 || is_sep name i then 0
    else if name.[i] <> '.' then from (i - 1)
    else if has_stem (i - 1) then String.length name - i
    else 0
  in
  from (String.length name - 1)

let extension name =
  let n = extension_length name in
  String.sub name (String.length name - n) n

let without_extension name n = String.sub name 0 (String.length name - n)
let remove_extension name = without_extension name (extension_length name)

let chop_extension name =
  match extension_length name with 0 -> invalid_arg "Filename.chop_extension" | n -> without_extension name n

(* {1 For the shell} *)

let quote s = "'" ^ String.concat "'\\''" (String.split_on_char '\'' s) ^ "'"

let quote_command command ?stdin ?stdout ?stderr arguments =
  let redirected sign = function None -> "" | Some name -> sign ^ quote name in
  String.concat " " (List.map quote (command :: arguments))
  ^ redirected " <" stdin ^ redirected " >" stdout
  ^ if stderr <> None && stderr = stdout then " 2>&1" else redirected " 2>" stderr

(* {1 Temporary files} *)

let temp_dir_name = ref (match Sys.getenv_opt "TMPDIR" with Some dir -> dir | None -> "/tmp")
let get_temp_dir_name () = !temp_dir_name
let set_temp_dir_name name = temp_dir_name := name

external open_descriptor : string -> open_flag list -> int -> int = "caml_sys_open"
external close_descriptor : int -> unit = "caml_sys_close"

let generator = lazy (Random.State.make_self_init ())
let attempts = 1000

(* [create name] for names that are tried until one does not exist. *)
let with_new_name dir prefix suffix create =
  let rec attempt n =
    let number = Random.State.bits (Lazy.force generator) land 0xff_ffff in
    let name = concat dir (Printf.sprintf "%s%06x%s" prefix number suffix) in
    match create name with result -> result | exception Sys_error _ when n < attempts -> attempt (n + 1)
  in
  attempt 1

let temp_file ?(temp_dir = !temp_dir_name) prefix suffix =
  with_new_name temp_dir prefix suffix (fun name ->
      close_descriptor (open_descriptor name [ Open_wronly; Open_creat; Open_excl ] 0o600);
      name)

let open_temp_file ?(mode = [ Open_text ]) ?(perms = 0o600) ?(temp_dir = !temp_dir_name) prefix suffix =
  with_new_name temp_dir prefix suffix (fun name ->
      (name, open_out_gen (Open_wronly :: Open_creat :: Open_excl :: mode) perms name))

let temp_dir ?(temp_dir = !temp_dir_name) ?(perms = 0o700) prefix suffix =
  with_new_name temp_dir prefix suffix (fun name ->
      Sys.mkdir name perms;
      name)
