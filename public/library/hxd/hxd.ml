(* How bytes are dumped. *)

module Fmt = struct
  type standard = [ `Black | `Red | `Green | `Yellow | `Blue | `Magenta | `Cyan | `White ]
  type bright = [ `Bright of standard ]
  type bit8 = [ `bit8 of int * int * int ]
  type bit24 = [ `bit24 of int * int * int ]
  type grayscale = [ `Grayscale of int ]
  type style = [ `None | `Style of [ `Fg | `Bg ] * [ standard | bright | bit8 | bit24 | grayscale ] ]

  let rendering : Format.formatter list ref = ref []

  let set_style_renderer ppf renderer =
    let others = List.filter (fun ppf' -> ppf' != ppf) !rendering in
    rendering := (match renderer with `Ansi -> ppf :: others | `None -> others)

  let number : standard -> int = function
    | `Black -> 0
    | `Red -> 1
    | `Green -> 2
    | `Yellow -> 3
    | `Blue -> 4
    | `Magenta -> 5
    | `Cyan -> 6
    | `White -> 7

  (* The parameters of SGR (ECMA-48, 8.3.117) and its extensions by xterm. *)
  let parameters layer colour =
    let base = match layer with `Fg -> 30 | `Bg -> 40 in
    match colour with
    | #standard as c -> string_of_int (base + number c)
    | `Bright c -> string_of_int (base + 60 + number c)
    | `bit8 (r, g, b) -> Printf.sprintf "%d;5;%d" (base + 8) (16 + (36 * r) + (6 * g) + b)
    | `bit24 (r, g, b) -> Printf.sprintf "%d;2;%d;%d;%d" (base + 8) r g b
    | `Grayscale n -> Printf.sprintf "%d;5;%d" (base + 8) (232 + n)

  let styled ppf (style : style) text =
    match style with
    | `Style (layer, colour) when List.memq ppf !rendering ->
        (* What controls the terminal takes no room. *)
        Format.pp_print_as ppf 0 (Printf.sprintf "\027[%sm" (parameters layer colour));
        Format.pp_print_string ppf text;
        Format.pp_print_as ppf 0 "\027[0m"
    | `Style _ | `None -> Format.pp_print_string ppf text
end

type colorscheme = Fmt.style array

let colorscheme_of_array styles =
  if Array.length styles <> 256 then invalid_arg "Hxd.colorscheme_of_array: there are not 256 styles";
  Array.copy styles

let code colours c style = colours.(c land 255) <- style

let range first last colours style =
  for c = Char.code first to Char.code last do
    code colours c style
  done

let lowercase colours style = range 'a' 'z' colours style
let uppercase colours style = range 'A' 'Z' colours style
let digit colours style = range '0' '9' colours style

type form = Xxd of { group : int; colours : colorscheme } | Caml of { comments : bool; container : [ `List | `Array ] } | Caml_string
type cfg = { form : form; columns : int; long : int option; upper : bool }

let configuration form ?(cols = 16) ?long ?(uppercase = false) () =
  if cols <= 0 then invalid_arg "Hxd: there are no columns";
  { form; columns = cols; long; upper = uppercase }

let xxd ?cols ?(groupsize = 2) ?long ?uppercase colours =
  if groupsize <= 0 then invalid_arg "Hxd.xxd: groups have no bytes";
  configuration (Xxd { group = groupsize; colours }) ?cols ?long ?uppercase ()

let caml ?(with_comments = false) ?cols ?long ?uppercase container = configuration (Caml { comments = with_comments; container }) ?cols ?long ?uppercase ()
let caml_string ?cols ?long ?uppercase () = configuration Caml_string ?cols ?long ?uppercase ()
let default = xxd (Array.make 256 `None)

(* {1 Dumping} *)

let is_print c = c >= ' ' && c <= '~'
let hex cfg c = if cfg.upper then Printf.sprintf "%02X" (Char.code c) else Printf.sprintf "%02x" (Char.code c)
let shown c = if is_print c then String.make 1 c else "."

(* Lines to [f], each with its number, its first byte's place and how many bytes it has. *)
let lines cfg length f =
  let rec go i at =
    if at < length then begin
      f i at (min cfg.columns (length - at));
      go (i + 1) (at + cfg.columns)
    end
  in
  go 0 0

let pp_xxd cfg group colours first ppf s length =
  lines cfg length (fun i at count ->
      if i > 0 then Format.pp_print_cut ppf ();
      Format.fprintf ppf "%08x: " (first + at);
      for k = 0 to cfg.columns - 1 do
        if k < count then Fmt.styled ppf colours.(Char.code s.[at + k]) (hex cfg s.[at + k]) else Format.pp_print_string ppf "  ";
        if (k + 1) mod group = 0 || k = cfg.columns - 1 then Format.pp_print_char ppf ' '
      done;
      Format.pp_print_char ppf ' ';
      for k = 0 to count - 1 do
        Fmt.styled ppf colours.(Char.code s.[at + k]) (shown s.[at + k])
      done)

let escapes cfg s at count = String.concat "" (List.init count (fun k -> "\\x" ^ hex cfg s.[at + k]))

(* A comment must not end within. *)
let comment s at count = String.map (fun c -> if is_print c && c <> '*' && c <> '"' then c else '.') (String.sub s at count)

let pp_caml cfg comments container ppf s length =
  let opening, closing = match container with `List -> ("[", "]") | `Array -> ("[|", "|]") in
  lines cfg length (fun i at count ->
      if i = 0 then Format.fprintf ppf "%s " opening
      else Format.fprintf ppf "@,%s; " (match container with `List -> "" | `Array -> " ");
      Format.fprintf ppf "\"%s\"" (escapes cfg s at count);
      if comments then Format.fprintf ppf "%s (* %s *)" (String.make (4 * (cfg.columns - count)) ' ') (comment s at count));
  if length = 0 then Format.fprintf ppf "%s%s" opening closing else Format.fprintf ppf " %s" closing

let pp_caml_string cfg ppf s length =
  Format.pp_print_char ppf '"';
  lines cfg length (fun i at count ->
      if i > 0 then Format.fprintf ppf "\\@, ";
      Format.pp_print_string ppf (escapes cfg s at count));
  Format.pp_print_char ppf '"'

let pp_bytes cfg first ppf s =
  let length = match cfg.long with Some long -> min (max 0 long) (String.length s) | None -> String.length s in
  Format.pp_open_vbox ppf 0;
  (match cfg.form with
  | Xxd { group; colours } -> pp_xxd cfg group colours first ppf s length
  | Caml { comments; container } -> pp_caml cfg comments container ppf s length
  | Caml_string -> pp_caml_string cfg ppf s length);
  Format.pp_close_box ppf ()
