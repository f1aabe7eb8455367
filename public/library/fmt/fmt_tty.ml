(* Formatters of channels with what the other end shows. *)

let names_utf_8 value =
  let value = String.uppercase_ascii value in
  let n = String.length value in
  let rec go i = i + 5 <= n && (String.equal (String.sub value i 5) "UTF-8" || go (i + 1)) in
  go 0

let has_utf_8 () = List.exists (fun name -> Option.fold (Sys.getenv_opt name) ~none:false ~some:names_utf_8) [ "LANG"; "LC_ALL"; "LC_CTYPE" ]

let setup ?(style_renderer = `None) ?utf_8 channel =
  let ppf = if channel == stdout then Fmt.stdout else if channel == stderr then Fmt.stderr else Format.formatter_of_out_channel channel in
  Fmt.set_style_renderer ppf style_renderer;
  Fmt.set_utf_8 ppf (match utf_8 with Some answer -> answer | None -> has_utf_8 ());
  ppf

let setup_std_outputs ?style_renderer ?utf_8 () =
  ignore (setup ?style_renderer ?utf_8 stdout);
  ignore (setup ?style_renderer ?utf_8 stderr)
