(* Combinators of formatters: a formatter of values of type 'a is a function that prints one. *)

let invalid_arg' = invalid_arg

type 'a t = Format.formatter -> 'a -> unit

(* {1 Output} *)

let stdout = Format.std_formatter
let stderr = Format.err_formatter
let pf = Format.fprintf
let pr = Format.printf
let epr = Format.eprintf
let str = Format.asprintf
let kpf = Format.kfprintf

let kstr k fmt = Format.kasprintf k fmt
let failwith fmt = kstr failwith fmt
let failwith_notrace fmt = kstr (fun s -> raise_notrace (Failure s)) fmt
let invalid_arg fmt = kstr invalid_arg' fmt
let error fmt = kstr (fun s -> Error s) fmt
let error_msg fmt = kstr (fun s -> Error (`Msg s)) fmt

(* {1 What is known of a formatter} Whether it shows UTF-8 and renders styles: kept beside the formatters, as a list of weak
   associations would be too much for the two or three that ever have settings. *)

type style_renderer = [ `Ansi_tty | `None ]
type settings = { utf_8 : bool; renderer : style_renderer }

let default_settings = { utf_8 = true; renderer = `None }
let known : (Format.formatter * settings) list ref = ref []
let settings ppf = match List.assq_opt ppf !known with Some s -> s | None -> default_settings
let set_settings ppf s = known := (ppf, s) :: List.remove_assq ppf !known
let utf_8 ppf = (settings ppf).utf_8
let set_utf_8 ppf utf_8 = set_settings ppf { (settings ppf) with utf_8 }
let style_renderer ppf = (settings ppf).renderer
let set_style_renderer ppf renderer = set_settings ppf { (settings ppf) with renderer }

let with_buffer ?like buffer =
  let ppf = Format.formatter_of_buffer buffer in
  (match like with
  | None -> ()
  | Some like -> if List.mem_assq like !known then set_settings ppf (settings like));
  ppf

let str_like like fmt =
  let buffer = Buffer.create 64 in
  let ppf = with_buffer ~like buffer in
  let finish ppf =
    Format.pp_print_flush ppf ();
    known := List.remove_assq ppf !known;
    Buffer.contents buffer
  in
  Format.kfprintf finish ppf fmt

(* {1 Combinators} *)

let flush ppf _ = Format.pp_print_flush ppf ()
let nop _ _ = ()
let any fmt ppf _ = Format.fprintf ppf fmt
let using f pp ppf v = pp ppf (f v)
let const pp v ppf _ = pp ppf v
let fmt fmt ppf = Format.fprintf ppf fmt

(* {1 Separators} *)

let cut ppf _ = Format.pp_print_cut ppf ()
let sp ppf _ = Format.pp_print_space ppf ()
let sps n ppf _ = Format.pp_print_break ppf n 0

let comma ppf _ =
  Format.pp_print_string ppf ",";
  sp ppf ()

let semi ppf _ =
  Format.pp_print_string ppf ";";
  sp ppf ()

(* {1 Sequences} *)

let append pp0 pp1 ppf v =
  pp0 ppf v;
  pp1 ppf v

let ( ++ ) = append

let iter ?sep:(pp_sep = cut) iterate pp ppf v =
  let first = ref true in
  iterate
    (fun x ->
      if !first then first := false else pp_sep ppf ();
      pp ppf x)
    v

let concat ?sep pps ppf v = iter ?sep List.iter (fun ppf pp -> pp ppf v) ppf pps
let iter_bindings ?sep iterate pp ppf v = iter ?sep (fun f -> iterate (fun k v -> f (k, v))) pp ppf v

(* {1 Boxes and brackets} *)

let in_box open_box pp ppf v =
  open_box ppf;
  pp ppf v;
  Format.pp_close_box ppf ()

let box ?(indent = 0) pp = in_box (fun ppf -> Format.pp_open_box ppf indent) pp
let hbox pp = in_box (fun ppf -> Format.pp_open_hbox ppf ()) pp
let vbox ?(indent = 0) pp = in_box (fun ppf -> Format.pp_open_vbox ppf indent) pp
let hvbox ?(indent = 0) pp = in_box (fun ppf -> Format.pp_open_hvbox ppf indent) pp
let hovbox ?(indent = 0) pp = in_box (fun ppf -> Format.pp_open_hovbox ppf indent) pp

let between left right pp ppf v =
  Format.pp_print_string ppf left;
  pp ppf v;
  Format.pp_print_string ppf right

let parens pp = box ~indent:1 (between "(" ")" pp)
let brackets pp = box ~indent:1 (between "[" "]" pp)
let oxford_brackets pp = box ~indent:2 (between "[|" "|]" pp)
let braces pp = box ~indent:1 (between "{" "}" pp)

(* The mark counts as one column, however many bytes it has. *)
let quote ?(mark = "\"") pp =
  let mark ppf = Format.pp_print_as ppf 1 mark in
  box ~indent:1 (fun ppf v ->
      mark ppf;
      pp ppf v;
      mark ppf)

(* {1 Styles} *)

type color = [ `Black | `Blue | `Cyan | `Green | `Magenta | `Red | `White | `Yellow ]

type style =
  [ `None
  | `Bold
  | `Faint
  | `Italic
  | `Underline
  | `Reverse
  | `Fg of [ color | `Hi of color ]
  | `Bg of [ color | `Hi of color ]
  | color ]

let color_number = function
  | `Black -> 0
  | `Red -> 1
  | `Green -> 2
  | `Yellow -> 3
  | `Blue -> 4
  | `Magenta -> 5
  | `Cyan -> 6
  | `White -> 7

(* ECMA-48's "select graphic rendition" parameters; 90 and 100 begin the bright colours. *)
let style_code : style -> string = function
  | `None -> "0"
  | `Bold -> "1"
  | `Faint -> "2"
  | `Italic -> "3"
  | `Underline -> "4"
  | `Reverse -> "7"
  | `Fg (`Hi c) -> string_of_int (90 + color_number c)
  | `Fg (#color as c) -> string_of_int (30 + color_number c)
  | `Bg (`Hi c) -> string_of_int (100 + color_number c)
  | `Bg (#color as c) -> string_of_int (40 + color_number c)
  | #color as c -> string_of_int (30 + color_number c)

let escape ppf code = Format.pp_print_as ppf 0 ("\027[" ^ code ^ "m")

(* Styles that are on, by formatter, so that the end of an inner one brings back the outer ones. *)
let active : (Format.formatter * string list) list ref = ref []

let styled style pp ppf v =
  match style_renderer ppf with
  | `None -> pp ppf v
  | `Ansi_tty ->
      let outer = Option.value (List.assq_opt ppf !active) ~default:[] in
      let set codes = active := (if codes = [] then List.remove_assq ppf !active else (ppf, codes) :: List.remove_assq ppf !active) in
      let code = style_code style in
      let inner = match style with `None -> [] | _ -> code :: outer in
      set inner;
      escape ppf code;
      Fun.protect
        ~finally:(fun () ->
          set outer;
          escape ppf (String.concat ";" ("0" :: List.rev outer)))
        (fun () -> pp ppf v)

(* {1 Records} *)

let id = Fun.id
let label_string = styled (`Fg `Yellow) Format.pp_print_string

let field ?(label = label_string) ?(sep = any ":@ ") name project pp ppf v =
  Format.fprintf ppf "@[<1>%a%a%a@]" label name sep () pp (project v)

let record ?(sep = cut) fields = vbox (concat ~sep fields)

(* {1 Base types} *)

let bool = Format.pp_print_bool
let int = Format.pp_print_int
let nativeint ppf v = Format.fprintf ppf "%nd" v
let int32 ppf v = Format.fprintf ppf "%ld" v
let int64 ppf v = Format.fprintf ppf "%Ld" v
let uint ppf v = Format.fprintf ppf "%u" v
let uint32 ppf v = Format.fprintf ppf "%lu" v
let uint64 ppf v = Format.fprintf ppf "%Lu" v
let unativeint ppf v = Format.fprintf ppf "%nu" v
let char = Format.pp_print_char
let string = Format.pp_print_string
let buffer ppf b = Format.pp_print_string ppf (Buffer.contents b)
let exn ppf e = Format.pp_print_string ppf (Printexc.to_string e)

(* Lines of [s], each printed with a forced newline between. *)
let print_lines print ppf s =
  List.iteri
    (fun i line ->
      if i > 0 then Format.pp_force_newline ppf ();
      print ppf line)
    (String.split_on_char '\n' s)

let lines ppf s = print_lines Format.pp_print_string ppf s

let exn_backtrace ppf (e, backtrace) =
  let text = Printexc.raw_backtrace_to_string backtrace in
  let n = String.length text in
  let text = if n > 0 && text.[n - 1] = '\n' then String.sub text 0 (n - 1) else text in
  Format.fprintf ppf "@[<v>Exception: %a@,%a@]" exn e lines (if text = "" then "No backtrace available." else text)

let float ppf v = Format.fprintf ppf "%g" v

(* Rounded to [digits] decimals, half away from zero. *)
let float_dfrac digits ppf v =
  let scale = 10. ** Float.of_int digits in
  let scaled = Float.round (v *. scale) in
  Format.fprintf ppf "%g" (if Float.abs scaled < 1e15 then scaled /. scale else v)

let float_dsig digits ppf v =
  if v = 0. || not (Float.is_finite v) then Format.fprintf ppf "%g" v
  else begin
    let exponent = Float.floor (Float.log10 (Float.abs v)) in
    let scale = 10. ** (Float.of_int digits -. exponent) in
    Format.fprintf ppf "%g" (Float.round (v *. scale) /. scale)
  end

let pair ?sep:(pp_sep = cut) pp0 pp1 ppf (v0, v1) =
  pp0 ppf v0;
  pp_sep ppf ();
  pp1 ppf v1

let option ?(none = nop) pp ppf = function None -> none ppf () | Some v -> pp ppf v
let either ~left ~right ppf = function Either.Left v -> left ppf v | Either.Right v -> right ppf v
let result ~ok ~error ppf = function Ok v -> ok ppf v | Error e -> error ppf e
let list ?sep pp = iter ?sep List.iter pp
let array ?sep pp = iter ?sep Array.iter pp
let seq ?sep pp = iter ?sep Seq.iter pp
let hashtbl ?sep pp = iter_bindings ?sep Hashtbl.iter pp
let queue ?sep pp = iter Queue.iter ?sep pp
let stack ?sep pp = iter Stack.iter ?sep pp

(* {1 As OCaml's syntax} *)

module Dump = struct
  let signals =
    [
      (Sys.sigabrt, "SIGABRT"); (Sys.sigalrm, "SIGALRM"); (Sys.sigfpe, "SIGFPE"); (Sys.sighup, "SIGHUP"); (Sys.sigill, "SIGILL");
      (Sys.sigint, "SIGINT"); (Sys.sigkill, "SIGKILL"); (Sys.sigpipe, "SIGPIPE"); (Sys.sigquit, "SIGQUIT"); (Sys.sigsegv, "SIGSEGV");
      (Sys.sigterm, "SIGTERM"); (Sys.sigusr1, "SIGUSR1"); (Sys.sigusr2, "SIGUSR2"); (Sys.sigchld, "SIGCHLD"); (Sys.sigcont, "SIGCONT");
      (Sys.sigstop, "SIGSTOP"); (Sys.sigtstp, "SIGTSTP"); (Sys.sigttin, "SIGTTIN"); (Sys.sigttou, "SIGTTOU"); (Sys.sigvtalrm, "SIGVTALRM");
      (Sys.sigprof, "SIGPROF"); (Sys.sigbus, "SIGBUS"); (Sys.sigpoll, "SIGPOLL"); (Sys.sigsys, "SIGSYS"); (Sys.sigtrap, "SIGTRAP");
      (Sys.sigurg, "SIGURG"); (Sys.sigxcpu, "SIGXCPU"); (Sys.sigxfsz, "SIGXFSZ");
    ]
  [@@ocamlformat "disable"]

  let signal ppf s =
    match List.assoc_opt s signals with Some name -> Format.pp_print_string ppf name | None -> Format.fprintf ppf "SIG(%d)" s

  let uchar ppf u = Format.fprintf ppf "U+%04X" (Uchar.to_int u)
  let string ppf s = Format.fprintf ppf "%S" s
  let pair pp0 pp1 = parens (using fst (box pp0) ++ comma ++ using snd (box pp1))

  let option pp ppf = function
    | None -> Format.pp_print_string ppf "None"
    | Some v -> Format.fprintf ppf "@[<2>Some@ @[%a@]@]" pp v

  let result ~ok ~error ppf = function
    | Ok v -> Format.fprintf ppf "@[<2>Ok@ @[%a@]@]" ok v
    | Error e -> Format.fprintf ppf "@[<2>Error@ @[%a@]@]" error e

  let sequence iterate pp = iter ~sep:semi iterate (box pp)
  let list pp = brackets (sequence List.iter pp)
  let array pp = oxford_brackets (sequence Array.iter pp)
  let seq pp = brackets (sequence Seq.iter pp)

  let named iterate pp_name pp =
    parens (fun ppf v ->
        pp_name ppf v;
        Format.pp_print_space ppf ();
        iter ~sep:sp iterate (box pp) ppf v)

  let iter iterate pp_name pp = named iterate pp_name pp

  let iter_bindings iterate pp_name pp_key pp_value =
    named (fun f -> iterate (fun k v -> f (k, v))) pp_name (pair pp_key pp_value)

  let hashtbl pp_key pp_value = iter_bindings Hashtbl.iter (any "hashtbl") pp_key pp_value
  let queue pp = iter Queue.iter (any "queue") pp
  let stack pp = iter Stack.iter (any "stack") pp
  let field ?(label = string) name project pp = field ~label ~sep:(any " =@ ") name project pp
  let record fields = box ~indent:2 (between "{ " " }" (vbox (concat ~sep:(any ";@,") fields)))
end

(* {1 Magnitudes} *)

(* Prints [value], a count of units of 10^-3[exponent], with three significant digits at least, rounded up. *)
let si_prefixes = [| "y"; "z"; "a"; "f"; "p"; "n"; "u"; "m"; ""; "k"; "M"; "G"; "T"; "P"; "E"; "Z"; "Y" |]

let si_size ~scale unit_ ppf n =
  if scale < -8 || scale > 8 then invalid_arg' "Fmt.si_size: scale is out of range";
  let micro = "\xce\xbc" in
  let prefix i = if i = 6 then (if utf_8 ppf then micro else "u") else si_prefixes.(i) in
  let sign = if n < 0 then "-" else "" and n = abs n in
  let rec up index size = if index < Array.length si_prefixes - 1 && n / size >= 1000 && size <= max_int / 1000 then up (index + 1) (size * 1000) else (index, size) in
  let index, size = up (scale + 8) 1 in
  (* Three digits, rounded up; what rounds to the next unit is shown in it. *)
  let rec show index size =
    let whole = n / size in
    let decimals = if size = 1 || whole >= 100 then 0 else if whole >= 10 then 1 else 2 in
    let step = if decimals = 0 then size else if decimals = 1 then size / 10 else size / 100 in
    let steps = (n + step - 1) / step in
    let per_unit = size / step in
    let whole' = steps / per_unit and rest = steps mod per_unit in
    if whole' >= 1000 && index < Array.length si_prefixes - 1 && size <= max_int / 1000 then show (index + 1) (size * 1000)
    else if rest = 0 then Format.fprintf ppf "%s%d%s%s" sign whole' (prefix index) unit_
    else if decimals = 1 || rest mod 10 = 0 then
      Format.fprintf ppf "%s%d.%d%s%s" sign whole' (if decimals = 1 then rest else rest / 10) (prefix index) unit_
    else Format.fprintf ppf "%s%d.%02d%s%s" sign whole' rest (prefix index) unit_
  in
  show index size

let byte_size ppf n = si_size ~scale:0 "B" ppf n

(* Up to ten units with one decimal, to the nearest; above, whole units, rounded up. *)
let bi_byte_size ppf n =
  let units = [| ""; "Ki"; "Mi"; "Gi"; "Ti"; "Pi" |] in
  let sign = if n < 0 then "-" else "" and n = abs n in
  let rec up index size = if index < Array.length units - 1 && n / size >= 1024 then up (index + 1) (size * 1024) else (index, size) in
  let index, size = up 0 1 in
  let whole = n / size and rest = n mod size in
  if whole >= 10 || size = 1 then Format.fprintf ppf "%s%d%sB" sign (if rest > 0 then whole + 1 else whole) units.(index)
  else
    let tenths = (10 * whole) + (((20 * rest) + size) / (2 * size)) in
    if tenths mod 10 = 0 then Format.fprintf ppf "%s%d%sB" sign (tenths / 10) units.(index)
    else Format.fprintf ppf "%s%d.%d%sB" sign (tenths / 10) (tenths mod 10) units.(index)

let span_units =
  [ (31_557_600_000_000_000L, "a"); (86_400_000_000_000L, "d"); (3_600_000_000_000L, "h"); (60_000_000_000L, "min"); (1_000_000_000L, "s"); (1_000_000L, "ms"); (1_000L, "us"); (1L, "ns") ]

let rec uint64_ns_span ppf span =
  let div = Int64.unsigned_div and rem = Int64.unsigned_rem in
  let rec choose = function
    | [ last ] -> (last, [])
    | (size, _) :: rest when Int64.unsigned_compare span size < 0 -> choose rest
    | unit_ :: rest -> (unit_, rest)
    | [] -> assert false
  in
  match choose span_units with
  | (size, name), (lower, lower_name) :: _ when List.mem name [ "a"; "d"; "h"; "min" ] ->
      (* Two units, the smaller one rounded up. *)
      let whole = div span size in
      let rest = div (Int64.add (rem span size) (Int64.pred lower)) lower in
      let whole, rest = if Int64.equal (Int64.mul rest lower) size then (Int64.succ whole, 0L) else (whole, rest) in
      if Int64.equal rest 0L then Format.fprintf ppf "%Lu%s" whole name else Format.fprintf ppf "%Lu%s%Lu%s" whole name rest lower_name
  | (size, name), _ ->
      let whole = div span size in
      let decimals = if Int64.equal size 1L || Int64.compare whole 100L >= 0 then 0 else if Int64.compare whole 10L >= 0 then 1 else 2 in
      let scale = [| 1L; 10L; 100L |].(decimals) in
      let steps = div (Int64.add (Int64.mul (rem span size) scale) (Int64.pred size)) size in
      let whole, steps = if Int64.compare steps scale >= 0 && Int64.compare size 1L > 0 then (Int64.add whole (div steps scale), rem steps scale) else (whole, steps) in
      let next = List.find_opt (fun (bigger, _) -> Int64.equal (Int64.mul whole size) bigger && Int64.compare bigger size > 0) span_units in
      if Int64.equal steps 0L && next <> None then Option.iter (fun (bigger, _) -> uint64_ns_span ppf bigger) next
      else if Int64.equal steps 0L then Format.fprintf ppf "%Lu%s" whole name
      else if decimals = 2 && Int64.equal (rem steps 10L) 0L then Format.fprintf ppf "%Lu.%Lu%s" whole (div steps 10L) name
      else Format.fprintf ppf "%Lu.%0*Lu%s" whole decimals steps name

(* {1 Binary data} *)

type 'a vec = int * (int -> 'a)

let on_string pp ppf s = pp ppf (String.length s, String.get s)
let on_bytes pp ppf b = pp ppf (Bytes.length b, Bytes.get b)

(* Rows of [w] elements: [element] prints one with its index, [between i] what comes before the i-th when it is not first in its row. *)
let rows w element between ppf (n, get) =
  for i = 0 to n - 1 do
    if i > 0 then if w > 0 && i mod w = 0 then Format.pp_print_cut ppf () else between ppf i;
    element ppf (get i)
  done

let ascii ?(w = 0) ?(subst = any ".") () ppf v =
  rows w (fun ppf c -> if c >= ' ' && c <= '~' then Format.pp_print_char ppf c else subst ppf ()) (fun _ _ -> ()) ppf v

(* Octets in pairs. *)
let octets ?(w = 0) ?(sep = sp) () ppf v =
  rows w (fun ppf c -> Format.fprintf ppf "%02x" (Char.code c)) (fun ppf i -> if i mod 2 = 0 then sep ppf ()) ppf v

let addresses ?addr ?(w = 16) pp ppf (n, get) =
  (* As many as the last row's address has. Without elements there is one empty row. *)
  let digits = String.length (Printf.sprintf "%x" (max 0 (n - 1) / w * w)) in
  let addr = match addr with Some pp -> pp | None -> fun ppf a -> Format.fprintf ppf "%0*x: " digits a in
  let rec row first =
    if first < max 1 n then begin
      if first > 0 then Format.pp_print_cut ppf ();
      addr ppf first;
      pp ppf (min w (n - first), fun i -> get (first + i));
      row (first + w)
    end
  in
  Format.pp_open_vbox ppf 0;
  row 0;
  Format.pp_close_box ppf ()

let hex ?(w = 16) () =
  let row ppf (n, get) =
    for i = 0 to w - 1 do
      if i > 0 && i mod 2 = 0 then Format.pp_print_char ppf ' ';
      if i < n then Format.fprintf ppf "%02x" (Char.code (get i)) else Format.pp_print_string ppf "  "
    done;
    Format.pp_print_string ppf "  ";
    ascii () ppf (n, get);
    Format.pp_print_string ppf (String.make (w - n) ' ')
  in
  addresses ~w row

(* {1 Words, lines, paragraphs} *)

let is_blank c = c = ' ' || ('\t' <= c && c <= '\r')

(* The words of [s], and between them how many newlines there were. *)
let print_words ~paragraph ppf s =
  let n = String.length s in
  let rec blanks i newlines = if i < n && is_blank s.[i] then blanks (i + 1) (if s.[i] = '\n' then newlines + 1 else newlines) else (i, newlines) in
  let rec word i = if i < n && not (is_blank s.[i]) then word (i + 1) else i in
  let rec go i first =
    let start, newlines = blanks i 0 in
    if start < n then begin
      if not first then
        if paragraph && newlines >= 2 then begin
          Format.pp_force_newline ppf ();
          Format.pp_force_newline ppf ()
        end
        else Format.pp_print_space ppf ();
      let stop = word start in
      Format.pp_print_string ppf (String.sub s start (stop - start));
      go stop false
    end
  in
  go 0 true

let words ppf s = print_words ~paragraph:false ppf s
let paragraphs ppf s = print_words ~paragraph:true ppf s
let text = Format.pp_print_text

let truncated ~max ppf s =
  if String.length s <= max then Format.pp_print_string ppf s
  else begin
    Format.pp_print_string ppf (String.sub s 0 (Stdlib.max 0 (max - 3)));
    Format.pp_print_string ppf "..."
  end

let text_loc ppf ((l0, c0), (l1, c1)) =
  if l0 = l1 && c0 = c1 then Format.fprintf ppf "%d.%d" l0 c0 else Format.fprintf ppf "%d.%d-%d.%d" l0 c0 l1 c1

(* {1 Hints} *)

let one_of ?(empty = nop) pp ppf = function
  | [] -> empty ppf ()
  | [ v ] -> pp ppf v
  | [ v0; v1 ] -> Format.fprintf ppf "@[either %a or@ %a@]" pp v0 pp v1
  | _ :: _ as vs ->
      let rec print = function
        | [ last ] -> Format.fprintf ppf "or@ %a" pp last
        | v :: rest ->
            Format.fprintf ppf "%a,@ " pp v;
            print rest
        | [] -> ()
      in
      Format.fprintf ppf "@[one@ of@ ";
      print vs;
      Format.fprintf ppf "@]"

let did_you_mean ?(pre = any "Unknown") ?(post = nop) ~kind pp ppf (v, hints) =
  match hints with
  | [] -> Format.fprintf ppf "@[%a %s %a%a.@]" pre () kind pp v post ()
  | hints -> Format.fprintf ppf "@[%a %s %a%a.@ Did you mean %a ?@]" pre () kind pp v post () (one_of pp) hints

(* {1 English numbers} *)

let cardinal ?zero ~one ?other () =
  let other = match other with Some pp -> pp | None -> fun ppf n -> one ppf n; Format.pp_print_char ppf 's' in
  let zero = Option.value zero ~default:other in
  fun ppf n -> (match n with 0 -> zero | 1 | -1 -> one | _ -> other) ppf n

let ordinal ?zero ?one ?two ?three ?other () =
  let suffixed suffix ppf n = Format.fprintf ppf "%d%s" n suffix in
  let one = Option.value one ~default:(suffixed "st")
  and two = Option.value two ~default:(suffixed "nd")
  and three = Option.value three ~default:(suffixed "rd")
  and other = Option.value other ~default:(suffixed "th") in
  let zero = Option.value zero ~default:other in
  fun ppf n ->
    let last = abs (n mod 10) and last_two = abs (n mod 100) in
    let pp =
      if n = 0 then zero
      else if last = 1 && last_two <> 11 then one
      else if last = 2 && last_two <> 12 then two
      else if last = 3 && last_two <> 13 then three
      else other
    in
    pp ppf n

(* {1 Conditions, conversions} *)

let if' condition pp = if condition then pp else nop
let if_utf_8 pp_u pp ppf v = (if utf_8 ppf then pp_u else pp) ppf v
let of_to_string f ppf v = Format.pp_print_string ppf (f v)
let to_to_string pp v = str "%a" pp v

(* {1 Old names} *)

let strf = str
let kstrf = kstr
let strf_like = str_like
let always = any
let unit fmt ppf () = Format.fprintf ppf fmt

let prefix pp_p pp ppf v =
  pp_p ppf ();
  pp ppf v

let suffix pp_s pp ppf v =
  pp ppf v;
  pp_s ppf ()

let styled_unit style fmt = styled style (any fmt)
