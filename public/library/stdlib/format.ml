(* Pretty printing: text, boxes and break hints are laid out within a margin (Oppen, "Prettyprinting", 1980). *)

type stag = ..
type tag = string
type stag += String_tag of tag
type geometry = { max_indent : int; margin : int }

type formatter_out_functions = {
  out_string : string -> int -> int -> unit;
  out_flush : unit -> unit;
  out_newline : unit -> unit;
  out_spaces : int -> unit;
  out_indent : int -> unit;
}

type formatter_stag_functions = {
  mark_open_stag : stag -> string;
  mark_close_stag : stag -> string;
  print_open_stag : stag -> unit;
  print_close_stag : stag -> unit;
}

(* {1 Tokens} *)

open CamlinternalFormatBasics

type token =
  | Text of string * int * int  (** text, first byte, number of bytes *)
  | Break of (string * int * string) * (string * int * string)  (** where it fits; where the line breaks *)
  | Tabulation_break of int * int
  | Set_tabulation
  | Open_box of int * block_type
  | Close_box
  | Open_tabulations
  | Close_tabulations
  | Newline
  | If_newline
  | Open_tag of stag
  | Close_tag

(* [size] is the room that the token needs to be kept on its line: for a box its whole contents, for a break what
   follows it up to the next break of its box or the end of the box. While it is not known it is negative: minus the
   number of columns enqueued before. [length] is what the token itself adds. *)
type entry = { mutable size : int; token : token; length : int }

(* A box that is being printed: how its breaks behave, and the room from its indentation to the margin. *)
type box = { behaviour : block_type; room : int }

type formatter = {
  queue : entry Queue.t;  (** tokens that cannot be printed yet *)
  waiting : (int * entry) Stack.t;
      (** boxes and breaks of unknown size, with [enqueued] at the time; what lies before [printed] is out of date *)
  boxes : box Stack.t;
  tabulations : int list ref Stack.t;  (** of each tabulation box: its columns, in increasing order *)
  open_tags : stag Stack.t;
  marked_tags : stag Stack.t;
  mutable margin : int;
  mutable reserve : int;  (** least room to the right of the largest indentation *)
  mutable max_indent : int;
  mutable space_left : int;  (** columns left on the line *)
  mutable indent : int;  (** of the line *)
  mutable at_line_start : bool;
  mutable printed : int;  (** columns that have left the queue *)
  mutable enqueued : int;  (** columns that ever entered it *)
  mutable depth : int;  (** of the boxes opened and not closed yet *)
  mutable max_boxes : int;
  mutable ellipsis : string;
  mutable out : formatter_out_functions;
  mutable tags_printed : bool;
  mutable tags_marked : bool;
  mutable stag_functions : formatter_stag_functions;
}

(* Larger than the length of any line. *)
let pp_infinity = 1_000_000_010

(* {1 The printer} *)

let output_text f text start length size =
  f.space_left <- f.space_left - size;
  f.out.out_string text start length;
  f.at_line_start <- false

let output_string f s = if s <> "" then output_text f s 0 (String.length s) (String.length s)

let break_line f (before, offset, after) room =
  output_string f before;
  f.out.out_newline ();
  f.at_line_start <- true;
  f.indent <- min f.max_indent (f.margin - room + offset);
  f.space_left <- f.margin - f.indent;
  f.out.out_indent f.indent;
  output_string f after

let stay_on_line f (before, width, after) =
  output_string f before;
  f.space_left <- f.space_left - width;
  f.out.out_spaces width;
  output_string f after

let new_line f room = break_line f ("", 0, "") room

(* A box would begin beyond the largest indentation. *)
let force_break f =
  match Stack.top_opt f.boxes with
  | None -> f.out.out_newline ()
  | Some { behaviour; room } ->
      if room > f.space_left then (
        match behaviour with
        | Pp_fits | Pp_hbox -> ()
        | Pp_vbox | Pp_hvbox | Pp_hovbox | Pp_box -> new_line f room)

(* [@;<if newline>]: the token after it is dropped. *)
let skip f =
  match Queue.take_opt f.queue with
  | None -> ()
  | Some { size; length; _ } ->
      f.printed <- f.printed - length;
      f.space_left <- f.space_left + size

let column f = f.margin - f.space_left

let print_break f size fits breaks =
  match Stack.top_opt f.boxes with
  | None -> ()
  | Some { behaviour; room } -> (
      let before, offset, _ = breaks in
      let too_long () = size + String.length before > f.space_left in
      match behaviour with
      | Pp_hovbox -> if too_long () then break_line f breaks room else stay_on_line f fits
      | Pp_box ->
          if f.at_line_start then stay_on_line f fits
          else if too_long () then break_line f breaks room
            (* This kind also breaks where the new line would be less indented than the current one. *)
          else if f.indent > f.margin - room + offset then break_line f breaks room
          else stay_on_line f fits
      | Pp_hvbox | Pp_vbox -> break_line f breaks room
      | Pp_fits | Pp_hbox -> stay_on_line f fits)

let print_tabulation_break f width offset =
  match Stack.top_opt f.tabulations with
  | None -> ()
  | Some columns ->
      let here = column f in
      let next =
        match !columns with
        | [] -> here
        | first :: _ -> ( match List.find_opt (fun c -> c >= here) !columns with Some c -> c | None -> first)
      in
      if next >= here then stay_on_line f ("", next - here + width, "") else break_line f ("", next + offset, "") f.margin

let rec insert_column c = function [] -> [ c ] | first :: rest as all -> if c < first then c :: all else first :: insert_column c rest

let mark f marker = if marker <> "" then f.out.out_string marker 0 (String.length marker)

let print_token f size = function
  | Text (text, start, length) -> output_text f text start length size
  | Open_box (offset, behaviour) ->
      if column f > f.max_indent then force_break f;
      let behaviour = match behaviour with Pp_vbox -> Pp_vbox | b -> if size > f.space_left then b else Pp_fits in
      Stack.push { behaviour; room = f.space_left - offset } f.boxes
  | Close_box -> ignore (Stack.pop_opt f.boxes)
  | Open_tabulations -> Stack.push (ref []) f.tabulations
  | Close_tabulations -> ignore (Stack.pop_opt f.tabulations)
  | Set_tabulation -> (
      match Stack.top_opt f.tabulations with None -> () | Some columns -> columns := insert_column (column f) !columns)
  | Tabulation_break (width, offset) -> print_tabulation_break f width offset
  | Newline -> ( match Stack.top_opt f.boxes with Some { room; _ } -> new_line f room | None -> f.out.out_newline ())
  | If_newline -> if f.indent <> column f then skip f
  | Break (fits, breaks) -> print_break f size fits breaks
  | Open_tag tag ->
      mark f (f.stag_functions.mark_open_stag tag);
      Stack.push tag f.marked_tags
  | Close_tag -> (
      match Stack.pop_opt f.marked_tags with None -> () | Some tag -> mark f (f.stag_functions.mark_close_stag tag))

(* Prints the tokens that can be: those of known size, and those that do not fit whatever is to come. *)
let rec advance f =
  match Queue.peek_opt f.queue with
  | Some { size; token; length } when size >= 0 || f.enqueued - f.printed >= f.space_left ->
      ignore (Queue.take f.queue);
      print_token f (if size < 0 then pp_infinity else size) token;
      f.printed <- f.printed + length;
      advance f
  | Some _ | None -> ()

(* {1 The scanner} *)

let enqueue f entry =
  f.enqueued <- f.enqueued + entry.length;
  Queue.add entry f.queue

let enqueue_known f size token length =
  enqueue f { size; token; length };
  advance f

(* What has been printed while its size was unknown is not looked at again. *)
let forget_waiting f = Stack.clear f.waiting

(* The size of the innermost waiting token is known now, if it is a break and [breaks], or a box and not [breaks]. *)
let resolve f breaks =
  match Stack.top_opt f.waiting with
  | None -> ()
  | Some (before, entry) -> (
      if before < f.printed then forget_waiting f
      else
        match entry.token with
        | Break _ | Tabulation_break _ ->
            if breaks then begin
              entry.size <- f.enqueued + entry.size;
              ignore (Stack.pop f.waiting)
            end
        | Open_box _ ->
            if not breaks then begin
              entry.size <- f.enqueued + entry.size;
              ignore (Stack.pop f.waiting)
            end
        | Text _ | Set_tabulation | Close_box | Open_tabulations | Close_tabulations | Newline | If_newline | Open_tag _
        | Close_tag ->
            ())

let wait f entry = Stack.push (f.enqueued, entry) f.waiting

let enqueue_box f offset behaviour =
  let entry = { size = -f.enqueued; token = Open_box (offset, behaviour); length = 0 } in
  enqueue f entry;
  wait f entry

let enqueue_break f token length =
  let entry = { size = -f.enqueued; token; length } in
  enqueue f entry;
  resolve f true;
  wait f entry

(* Whether boxes are shallow enough for their contents to be printed. *)
let visible f = f.depth < f.max_boxes
let enqueue_text f size text start length = enqueue_known f size (Text (text, start, length)) size

let open_box_of_kind f offset behaviour =
  f.depth <- f.depth + 1;
  if visible f then enqueue_box f offset behaviour
  else if f.depth = f.max_boxes then enqueue_text f (String.length f.ellipsis) f.ellipsis 0 (String.length f.ellipsis)

let pp_close_box f () =
  if f.depth > 1 then begin
    if visible f then begin
      enqueue f { size = 0; token = Close_box; length = 0 };
      resolve f true;
      resolve f false
    end;
    f.depth <- f.depth - 1
  end

(* As after creation: one box is open around everything. *)
let restart f =
  Queue.clear f.queue;
  Stack.clear f.waiting;
  Stack.clear f.boxes;
  Stack.clear f.tabulations;
  Stack.clear f.open_tags;
  Stack.clear f.marked_tags;
  f.printed <- 1;
  f.enqueued <- 1;
  f.indent <- 0;
  f.depth <- 0;
  f.space_left <- f.margin;
  open_box_of_kind f 0 Pp_hovbox

(* {1 Tags} *)

let pp_open_stag f tag =
  if f.tags_printed then begin
    Stack.push tag f.open_tags;
    f.stag_functions.print_open_stag tag
  end;
  if f.tags_marked then enqueue f { size = 0; token = Open_tag tag; length = 0 }

let pp_close_stag f () =
  if f.tags_marked then enqueue f { size = 0; token = Close_tag; length = 0 };
  if f.tags_printed then
    match Stack.pop_opt f.open_tags with None -> () | Some tag -> f.stag_functions.print_close_stag tag

let pp_set_print_tags f on = f.tags_printed <- on
let pp_set_mark_tags f on = f.tags_marked <- on
let pp_get_print_tags f () = f.tags_printed
let pp_get_mark_tags f () = f.tags_marked

let pp_set_tags f on =
  pp_set_print_tags f on;
  pp_set_mark_tags f on

let pp_get_formatter_stag_functions f () = f.stag_functions
let pp_set_formatter_stag_functions f functions = f.stag_functions <- functions

(* {1 Flushing} *)

let rec close_tags f count =
  if count > 0 then begin
    pp_close_stag f ();
    close_tags f (count - 1)
  end

let finish f ~newline =
  close_tags f (Stack.length f.open_tags);
  while f.depth > 1 do
    pp_close_box f ()
  done;
  (* Nothing fits: every token is printed. *)
  f.enqueued <- pp_infinity;
  advance f;
  if newline then f.out.out_newline ();
  restart f

let pp_print_flush f () =
  finish f ~newline:false;
  f.out.out_flush ()

let pp_print_newline f () =
  finish f ~newline:true;
  f.out.out_flush ()

(* {1 Text} *)

let pp_print_as f size s = if visible f then enqueue_text f size s 0 (String.length s)

let pp_print_substring_as ~pos ~len f size s = if visible f then enqueue_text f size s pos len
let pp_print_substring ~pos ~len f s = pp_print_substring_as ~pos ~len f len s

let pp_print_string f s = pp_print_as f (String.length s) s
let pp_print_bytes f b = pp_print_string f (Bytes.to_string b)
let pp_print_int f n = pp_print_string f (Int.to_string n)
let pp_print_float f x = pp_print_string f (string_of_float x)
let pp_print_bool f b = pp_print_string f (string_of_bool b)
let pp_print_char f c = pp_print_string f (String.make 1 c)
let pp_print_nothing _ () = ()

(* {1 Boxes and breaks} *)

let pp_open_hbox f () = open_box_of_kind f 0 Pp_hbox
let pp_open_vbox f offset = open_box_of_kind f offset Pp_vbox
let pp_open_hvbox f offset = open_box_of_kind f offset Pp_hvbox
let pp_open_hovbox f offset = open_box_of_kind f offset Pp_hovbox
let pp_open_box f offset = open_box_of_kind f offset Pp_box
let pp_force_newline f () = if visible f then enqueue_known f 0 Newline 0
let pp_print_if_newline f () = if visible f then enqueue_known f 0 If_newline 0

let pp_print_custom_break f ~fits ~breaks =
  if visible f then begin
    let before, width, after = fits in
    enqueue_break f (Break (fits, breaks)) (String.length before + width + String.length after)
  end

let pp_print_break f width offset = pp_print_custom_break f ~fits:("", width, "") ~breaks:("", offset, "")
let pp_print_space f () = pp_print_break f 1 0
let pp_print_cut f () = pp_print_break f 0 0

(* {1 Tabulations} *)

let pp_open_tbox f () =
  f.depth <- f.depth + 1;
  if visible f then enqueue_known f 0 Open_tabulations 0

(* Other than a box, one that is too deep to be printed stays open: OCaml's behaviour. *)
let pp_close_tbox f () =
  if f.depth > 1 && visible f then begin
    enqueue_known f 0 Close_tabulations 0;
    f.depth <- f.depth - 1
  end

let pp_print_tbreak f width offset = if visible f then enqueue_break f (Tabulation_break (width, offset)) width
let pp_print_tab f () = pp_print_tbreak f 0 0
let pp_set_tab f () = if visible f then enqueue_known f 0 Set_tabulation 0

(* {1 Limits} *)

let pp_set_max_boxes f n = if n > 1 then f.max_boxes <- n
let pp_get_max_boxes f () = f.max_boxes
let pp_over_max_boxes f () = f.depth = f.max_boxes
let pp_set_ellipsis_text f s = f.ellipsis <- s
let pp_get_ellipsis_text f () = f.ellipsis
let limited n = if n < pp_infinity then n else pp_infinity - 1

let set_reserve f n =
  if n >= 1 then begin
    let n = limited n in
    f.reserve <- n;
    f.max_indent <- f.margin - n;
    restart f
  end

let pp_set_max_indent f n = if n > 1 then set_reserve f (f.margin - n)
let pp_get_max_indent f () = f.max_indent

let pp_set_margin f n =
  if n >= 1 then begin
    let n = limited n in
    f.margin <- n;
    let max_indent =
      if f.max_indent <= n then f.max_indent else max (max (n - f.reserve) (n / 2)) 1
    in
    pp_set_max_indent f max_indent
  end

let pp_get_margin f () = f.margin

let geometry_error ({ max_indent; margin } : geometry) =
  if max_indent < 2 then Some "max_indent < 2"
  else if margin <= max_indent then Some "margin <= max_indent"
  else if margin >= pp_infinity then Some "margin >= pp_infinity"
  else None

let check_geometry geometry = Option.is_none (geometry_error geometry)

let apply_geometry f ({ max_indent; margin } : geometry) =
  pp_set_margin f margin;
  pp_set_max_indent f max_indent

let pp_get_geometry f () : geometry = { max_indent = f.max_indent; margin = f.margin }

let pp_set_geometry f ~max_indent ~margin =
  let geometry : geometry = { max_indent; margin } in
  match geometry_error geometry with
  | Some what -> invalid_arg ("Format.pp_set_geometry: " ^ what)
  | None -> apply_geometry f geometry

let pp_safe_set_geometry f ~max_indent ~margin =
  let geometry : geometry = { max_indent; margin } in
  if check_geometry geometry then apply_geometry f geometry

(* Each number is taken if it is possible. *)
let pp_update_geometry f update = apply_geometry f (update (pp_get_geometry f ()))

(* {1 Output} *)

let blanks = String.make 80 ' '

let rec output_blanks out n =
  if n > 0 then
    if n <= 80 then out blanks 0 n
    else begin
      out blanks 0 80;
      output_blanks out (n - 80)
    end

let pp_set_formatter_out_functions f out = f.out <- out
let pp_get_formatter_out_functions f () = f.out
let pp_set_formatter_output_functions f out_string out_flush = f.out <- { f.out with out_string; out_flush }
let pp_get_formatter_output_functions f () = (f.out.out_string, f.out.out_flush)

(* Newlines and blanks go through whatever the formatter's [out_string] is at the time. *)
let derived f out_string out_flush =
  let out_blanks n = output_blanks f.out.out_string n in
  { out_string; out_flush; out_newline = (fun () -> f.out.out_string "\n" 0 1); out_spaces = out_blanks; out_indent = out_blanks }

let pp_set_formatter_out_channel f channel =
  f.out <- derived f (output_substring channel) (fun () -> flush channel)

let mark_open = function String_tag s -> "<" ^ s ^ ">" | _ -> ""
let mark_close = function String_tag s -> "</" ^ s ^ ">" | _ -> ""

let default_stag_functions =
  { mark_open_stag = mark_open; mark_close_stag = mark_close; print_open_stag = ignore; print_close_stag = ignore }

let formatter_of_out_functions out =
  let f =
    {
      queue = Queue.create ();
      waiting = Stack.create ();
      boxes = Stack.create ();
      tabulations = Stack.create ();
      open_tags = Stack.create ();
      marked_tags = Stack.create ();
      margin = 78;
      reserve = 10;
      max_indent = 68;
      space_left = 78;
      indent = 0;
      at_line_start = true;
      printed = 1;
      enqueued = 1;
      depth = 0;
      max_boxes = max_int;
      ellipsis = ".";
      out;
      tags_printed = false;
      tags_marked = false;
      stag_functions = default_stag_functions;
    }
  in
  restart f;
  f

let make_formatter out_string out_flush =
  let f =
    formatter_of_out_functions
      { out_string; out_flush; out_newline = ignore; out_spaces = ignore; out_indent = ignore }
  in
  f.out <- derived f out_string out_flush;
  f

let formatter_of_out_channel channel = make_formatter (output_substring channel) (fun () -> flush channel)
let formatter_of_buffer buffer = make_formatter (Buffer.add_substring buffer) ignore
let make_synchronized_formatter out_string out_flush = Domain.DLS.new_key (fun () -> make_formatter out_string out_flush)
let synchronized_formatter_of_out_channel channel = Domain.DLS.new_key (fun () -> formatter_of_out_channel channel)

(* {1 Symbolic output} *)

type symbolic_output_item =
  | Output_flush
  | Output_newline
  | Output_string of string
  | Output_spaces of int
  | Output_indent of int

type symbolic_output_buffer = { mutable last_first : symbolic_output_item list }

let make_symbolic_output_buffer () = { last_first = [] }
let clear_symbolic_output_buffer buffer = buffer.last_first <- []
let get_symbolic_output_buffer buffer = List.rev buffer.last_first

let flush_symbolic_output_buffer buffer =
  let items = get_symbolic_output_buffer buffer in
  clear_symbolic_output_buffer buffer;
  items

let add_symbolic_output_item buffer item = buffer.last_first <- item :: buffer.last_first

let formatter_of_symbolic_output_buffer buffer =
  let add = add_symbolic_output_item buffer in
  formatter_of_out_functions
    {
      out_string = (fun s start length -> add (Output_string (String.sub s start length)));
      out_flush = (fun () -> add Output_flush);
      out_newline = (fun () -> add Output_newline);
      out_spaces = (fun n -> add (Output_spaces n));
      out_indent = (fun n -> add (Output_indent n));
    }

(* {1 The standard formatters} *)

let std_formatter = formatter_of_out_channel Stdlib.stdout
let err_formatter = formatter_of_out_channel Stdlib.stderr
let stdbuf = Buffer.create 512
let str_formatter = formatter_of_buffer stdbuf
let get_std_formatter () = std_formatter
let get_err_formatter () = err_formatter
let get_stdbuf () = stdbuf
let get_str_formatter () = str_formatter

let flush_to_string buffer f =
  finish f ~newline:false;
  let s = Buffer.contents buffer in
  Buffer.reset buffer;
  s

let flush_str_formatter () = flush_to_string stdbuf str_formatter
let open_hbox () = pp_open_hbox std_formatter ()
let open_vbox offset = pp_open_vbox std_formatter offset
let open_hvbox offset = pp_open_hvbox std_formatter offset
let open_hovbox offset = pp_open_hovbox std_formatter offset
let open_box offset = pp_open_box std_formatter offset
let close_box () = pp_close_box std_formatter ()
let open_stag tag = pp_open_stag std_formatter tag
let close_stag () = pp_close_stag std_formatter ()
let print_as size s = pp_print_as std_formatter size s
let print_string s = pp_print_string std_formatter s
let print_substring ~pos ~len s = pp_print_substring ~pos ~len std_formatter s
let print_substring_as ~pos ~len size s = pp_print_substring_as ~pos ~len std_formatter size s
let print_bytes b = pp_print_bytes std_formatter b
let print_int n = pp_print_int std_formatter n
let print_float x = pp_print_float std_formatter x
let print_char c = pp_print_char std_formatter c
let print_bool b = pp_print_bool std_formatter b
let print_break width offset = pp_print_break std_formatter width offset
let print_cut () = pp_print_cut std_formatter ()
let print_space () = pp_print_space std_formatter ()
let force_newline () = pp_force_newline std_formatter ()
let print_flush () = pp_print_flush std_formatter ()
let print_newline () = pp_print_newline std_formatter ()
let print_if_newline () = pp_print_if_newline std_formatter ()
let open_tbox () = pp_open_tbox std_formatter ()
let close_tbox () = pp_close_tbox std_formatter ()
let print_tbreak width offset = pp_print_tbreak std_formatter width offset
let set_tab () = pp_set_tab std_formatter ()
let print_tab () = pp_print_tab std_formatter ()
let set_margin n = pp_set_margin std_formatter n
let get_margin () = pp_get_margin std_formatter ()
let set_max_indent n = pp_set_max_indent std_formatter n
let get_max_indent () = pp_get_max_indent std_formatter ()
let set_geometry ~max_indent ~margin = pp_set_geometry std_formatter ~max_indent ~margin
let safe_set_geometry ~max_indent ~margin = pp_safe_set_geometry std_formatter ~max_indent ~margin
let get_geometry () = pp_get_geometry std_formatter ()
let update_geometry update = pp_update_geometry std_formatter update
let set_max_boxes n = pp_set_max_boxes std_formatter n
let get_max_boxes () = pp_get_max_boxes std_formatter ()
let over_max_boxes () = pp_over_max_boxes std_formatter ()
let set_ellipsis_text s = pp_set_ellipsis_text std_formatter s
let get_ellipsis_text () = pp_get_ellipsis_text std_formatter ()
let set_formatter_out_channel channel = pp_set_formatter_out_channel std_formatter channel
let set_formatter_out_functions out = pp_set_formatter_out_functions std_formatter out
let get_formatter_out_functions () = pp_get_formatter_out_functions std_formatter ()
let set_formatter_output_functions out flush = pp_set_formatter_output_functions std_formatter out flush
let get_formatter_output_functions () = pp_get_formatter_output_functions std_formatter ()
let set_formatter_stag_functions functions = pp_set_formatter_stag_functions std_formatter functions
let get_formatter_stag_functions () = pp_get_formatter_stag_functions std_formatter ()
let set_print_tags on = pp_set_print_tags std_formatter on
let get_print_tags () = pp_get_print_tags std_formatter ()
let set_mark_tags on = pp_set_mark_tags std_formatter on
let get_mark_tags () = pp_get_mark_tags std_formatter ()
let set_tags on = pp_set_tags std_formatter on

(* {1 Structures} *)

let pp_print_iter ?(pp_sep = pp_print_cut) iter print f v =
  let first = ref true in
  iter
    (fun x ->
      if !first then first := false else pp_sep f ();
      print f x)
    v

let pp_print_list ?pp_sep print f l = pp_print_iter ?pp_sep List.iter print f l
let pp_print_array ?pp_sep print f a = pp_print_iter ?pp_sep Array.iter print f a
let pp_print_seq ?pp_sep print f s = pp_print_iter ?pp_sep Seq.iter print f s

let pp_print_text f s =
  let length = String.length s in
  let rec from start i =
    if i = length then begin
      if start < length then pp_print_string f (String.sub s start (length - start))
    end
    else
      match s.[i] with
      | (' ' | '\n') as c ->
          pp_print_string f (String.sub s start (i - start));
          if c = ' ' then pp_print_space f () else pp_force_newline f ();
          from (i + 1) (i + 1)
      | _ -> from start (i + 1)
  in
  from 0 0

let pp_print_option ?(none = pp_print_nothing) print f = function None -> none f () | Some x -> print f x
let pp_print_result ~ok ~error f = function Ok x -> ok f x | Error e -> error f e
let pp_print_either ~left ~right f = function Either.Left x -> left f x | Either.Right y -> right f y

(* {1 Formats} *)

open CamlinternalFormat

let output_item f = function
  | CamlinternalFormatBasics.Close_box -> pp_close_box f ()
  | CamlinternalFormatBasics.Close_tag -> pp_close_stag f ()
  | CamlinternalFormatBasics.Break (_, width, offset) -> pp_print_break f width offset
  | FFlush -> pp_print_flush f ()
  | Force_newline -> pp_force_newline f ()
  | Flush_newline -> pp_print_newline f ()
  (* Served with the text that follows it; otherwise without meaning. *)
  | Magic_size _ -> ()
  | Escaped_at -> pp_print_char f '@'
  | Escaped_percent -> pp_print_char f '%'
  | Scan_indic c ->
      pp_print_char f '@';
      pp_print_char f c

(* The text of a box or tag, [<...>], without its brackets. *)
let without_brackets s =
  let length = String.length s in
  if length < 2 then s else String.sub s 1 (length - 2)

(* Items of a format in the order in which they were accumulated, the last one outermost. [delayed] runs the printer of
   [%a] and [%t]. Its depth is that of the format. *)
let rec output_items : 'b 'c. formatter -> (formatter -> ('b -> 'c) -> unit) -> ('b, 'c) acc -> unit =
 fun f delayed acc ->
  let before acc = output_items f delayed acc in
  match acc with
  | Acc_string_literal (Acc_formatting_lit (acc, Magic_size (_, size)), s)
  | Acc_data_string (Acc_formatting_lit (acc, Magic_size (_, size)), s) ->
      before acc;
      pp_print_as f size s
  | Acc_char_literal (Acc_formatting_lit (acc, Magic_size (_, size)), c)
  | Acc_data_char (Acc_formatting_lit (acc, Magic_size (_, size)), c) ->
      before acc;
      pp_print_as f size (String.make 1 c)
  | Acc_formatting_lit (acc, item) ->
      before acc;
      output_item f item
  | Acc_formatting_gen (acc, Acc_open_tag tag) ->
      before acc;
      pp_open_stag f (String_tag (without_brackets (items_to_string delayed tag)))
  | Acc_formatting_gen (acc, Acc_open_box box) ->
      before acc;
      let offset, behaviour = open_box_of_string (without_brackets (items_to_string delayed box)) in
      open_box_of_kind f offset behaviour
  | Acc_string_literal (acc, s) | Acc_data_string (acc, s) ->
      before acc;
      pp_print_string f s
  | Acc_char_literal (acc, c) | Acc_data_char (acc, c) ->
      before acc;
      pp_print_char f c
  | Acc_delay (acc, print) ->
      before acc;
      delayed f print
  | Acc_flush acc ->
      before acc;
      pp_print_flush f ()
  | Acc_invalid_arg (acc, message) ->
      before acc;
      invalid_arg message
  | End_of_acc -> ()

and items_to_string : 'b 'c. (formatter -> ('b -> 'c) -> unit) -> ('b, 'c) acc -> string =
 fun delayed acc ->
  let buffer = Buffer.create 16 in
  let f = formatter_of_buffer buffer in
  output_items f delayed acc;
  flush_to_string buffer f

let output f acc = output_items f (fun f print -> print f) acc

let kfprintf k f (Format (fmt, _)) =
  make_printf
    (fun acc ->
      output f acc;
      k f)
    End_of_acc fmt

let ikfprintf k f (Format (fmt, _)) = make_iprintf k f fmt
let ifprintf f (Format (fmt, _)) = make_iprintf ignore f fmt
let fprintf f format = kfprintf ignore f format
let printf format = fprintf std_formatter format
let eprintf format = fprintf err_formatter format
let kdprintf k (Format (fmt, _)) = make_printf (fun acc -> k (fun f -> output f acc)) End_of_acc fmt
let dprintf format = kdprintf Fun.id format

let ksprintf k (Format (fmt, _)) =
  make_printf (fun acc -> k (items_to_string (fun f print -> pp_print_string f (print ())) acc)) End_of_acc fmt

let sprintf format = ksprintf Fun.id format

let kasprintf k (Format (fmt, _)) =
  make_printf (fun acc -> k (items_to_string (fun f print -> print f) acc)) End_of_acc fmt

let asprintf format = kasprintf Fun.id format

let () =
  at_exit (fun () ->
      pp_print_flush std_formatter ();
      pp_print_flush err_formatter ())
