(* Exceptions as text, and where they were raised. Written without [Printf], which most programs would have in their image for
   nothing but this. *)

type t = exn = ..

(* {1 Texts} *)

let at file line first last message =
  "File \"" ^ file ^ "\", line " ^ string_of_int line ^ ", characters " ^ string_of_int first ^ "-" ^ string_of_int last
  ^ ": " ^ message

let field e i =
  let v = Obj.field (Obj.repr e) i in
  if Obj.is_int v then string_of_int (Obj.obj v : int)
  else
    let tag = Obj.tag v in
    if tag = Obj.string_tag then "\"" ^ String.escaped (Obj.obj v : string) ^ "\""
    else if tag = Obj.double_tag then string_of_float (Obj.obj v : float)
    else "_"

let rec further_fields e i = if i >= Obj.size (Obj.repr e) then "" else ", " ^ field e i ^ further_fields e (i + 1)

let fields e =
  match Obj.size (Obj.repr e) with
  | 0 | 1 -> ""
  | 2 -> "(" ^ field e 1 ^ ")"
  | _ -> "(" ^ field e 1 ^ further_fields e 2 ^ ")"

let string_of_extension_constructor v =
  if Obj.tag v <> 0 then (Obj.obj (Obj.field v 0) : string)
  else (Obj.obj (Obj.field (Obj.field v 0) 0) : string) ^ fields v

let to_string_default = function
  | Out_of_memory -> "Out of memory"
  | Stack_overflow -> "Stack overflow"
  | Match_failure (file, line, column) -> at file line column (column + 5) "Pattern matching failed"
  | Assert_failure (file, line, column) -> at file line column (column + 6) "Assertion failed"
  | Undefined_recursive_module (file, line, column) -> at file line column (column + 6) "Undefined recursive module"
  | e -> string_of_extension_constructor (Obj.repr e)

let printers : (exn -> string option) list Atomic.t = Atomic.make []

let rec register_printer printer =
  let known = Atomic.get printers in
  if not (Atomic.compare_and_set printers known (printer :: known)) then register_printer printer

let rec try_printers e = function
  | [] -> None
  | printer :: rest -> (
      (* A printer that fails has no answer. *)
      match printer e with
      | Some _ as answer -> answer
      | None | (exception _) -> try_printers e rest)

let use_printers e = try_printers e (Atomic.get printers)
let to_string e = match use_printers e with Some text -> text | None -> to_string_default e

let print f x =
  try f x
  with e ->
    prerr_string ("Uncaught exception: " ^ to_string e ^ "\n");
    flush stderr;
    raise e

let catch f x =
  try f x
  with e ->
    flush stdout;
    prerr_string ("Uncaught exception: " ^ to_string e ^ "\n");
    exit 2

(* {1 Backtraces} *)

type raw_backtrace_slot
type raw_backtrace_entry = private int
type raw_backtrace = raw_backtrace_entry array

let raw_backtrace_entries backtrace = backtrace

external get_raw_backtrace : unit -> raw_backtrace = "caml_get_exception_raw_backtrace"
external raise_with_backtrace : exn -> raw_backtrace -> 'a = "%raise_with_backtrace"
external get_callstack : int -> raw_backtrace = "caml_get_current_callstack"
external record : bool -> unit = "caml_record_backtrace"

(* A function, so that programs that call it contain this module, which tells of their uncaught exceptions. *)
let record_backtrace on = record on

external backtrace_status : unit -> bool = "caml_backtrace_status"

type location = {
  filename : string;
  line_number : int;
  start_char : int;
  end_char : int;
  end_line : int;
  end_col : int;
}

(* As the primitives make it. *)
type backtrace_slot =
  | Known_location of {
      is_raise : bool;
      is_inline : bool;
      filename : string;
      line_number : int;
      start_char : int;
      end_char : int;
      end_line : int;
      end_col : int;
      name : string;
    }
  | Unknown_location of { is_raise : bool }

external convert_raw_backtrace_slot : raw_backtrace_slot -> backtrace_slot = "caml_convert_raw_backtrace_slot"

(* None when the image has no debug information. *)
external convert_raw_backtrace : raw_backtrace -> backtrace_slot array = "caml_convert_raw_backtrace"

let convert backtrace = match convert_raw_backtrace backtrace with slots -> Some slots | exception Failure _ -> None

let describe position = function
  | Unknown_location { is_raise = true } -> None
  | Unknown_location { is_raise = false } ->
      Some ((if position = 0 then "Raised by primitive operation at" else "Called from") ^ " unknown location")
  | Known_location slot ->
      let what =
        if slot.is_raise then if position = 0 then "Raised at" else "Re-raised at"
        else if position = 0 then "Raised by primitive operation at"
        else "Called from"
      in
      let lines =
        if slot.line_number = slot.end_line then " line " ^ string_of_int slot.line_number
        else " lines " ^ string_of_int slot.line_number ^ "-" ^ string_of_int slot.end_line
      in
      Some
        (what ^ " " ^ slot.name ^ " in file \"" ^ slot.filename ^ "\"" ^ (if slot.is_inline then " (inlined)" else "") ^ ","
        ^ lines ^ ", characters " ^ string_of_int slot.start_char ^ "-" ^ string_of_int slot.end_char)

let without_debug_information = "(Program not linked with -g, cannot print stack backtrace)\n"

let raw_backtrace_to_string backtrace =
  match convert backtrace with
  | None -> without_debug_information
  | Some slots ->
      let text = Buffer.create 1024 in
      Array.iteri
        (fun i slot ->
          match describe i slot with
          | None -> ()
          | Some line ->
              Buffer.add_string text line;
              Buffer.add_char text '\n')
        slots;
      Buffer.contents text

let print_raw_backtrace channel backtrace = output_string channel (raw_backtrace_to_string backtrace)
let print_backtrace channel = print_raw_backtrace channel (get_raw_backtrace ())
let get_backtrace () = raw_backtrace_to_string (get_raw_backtrace ())

let useful slots = Array.exists (function Known_location _ -> true | Unknown_location _ -> false) slots
let backtrace_slots backtrace = match convert backtrace with Some slots when useful slots -> Some slots | _ -> None
let backtrace_slots_of_raw_entry entry = backtrace_slots [| entry |]

module Slot = struct
  type t = backtrace_slot

  let is_raise = function Known_location { is_raise } | Unknown_location { is_raise } -> is_raise
  let is_inline = function Known_location { is_inline } -> is_inline | Unknown_location _ -> false

  let location = function
    | Unknown_location _ -> None
    | Known_location { filename; line_number; start_char; end_char; end_line; end_col } ->
        Some { filename; line_number; start_char; end_char; end_line; end_col }

  let name = function Unknown_location _ | Known_location { name = "" } -> None | Known_location { name } -> Some name
  let format = describe
end

external raw_backtrace_length : raw_backtrace -> int = "caml_raw_backtrace_length" [@@noalloc]
external get_raw_backtrace_slot : raw_backtrace -> int -> raw_backtrace_slot = "caml_raw_backtrace_slot"

external get_raw_backtrace_next_slot : raw_backtrace_slot -> raw_backtrace_slot option
  = "caml_raw_backtrace_next_slot"

(* {1 Identity of exceptions} *)

let slot e : Obj.t =
  let e = Obj.repr e in
  if Obj.tag e = 0 then Obj.field e 0 else e

let exn_slot_id e : int = Obj.obj (Obj.field (slot e) 1)
let exn_slot_name e : string = Obj.obj (Obj.field (slot e) 0)

(* {1 Uncaught exceptions} *)

let report message e backtrace =
  prerr_string (message ^ to_string e ^ "\n");
  if Array.length backtrace > 0 then print_raw_backtrace stderr backtrace;
  flush stderr

let default_uncaught_exception_handler e backtrace = report "Fatal error: exception " e backtrace
let handler = ref default_uncaught_exception_handler
let set_uncaught_exception_handler f = handler := f

let handle_uncaught_exception e debugger =
  try
    let backtrace = if debugger then [||] else get_raw_backtrace () in
    (try do_at_exit () with _ -> ());
    try !handler e backtrace
    with failure ->
      let failure_backtrace = get_raw_backtrace () in
      report "Fatal error: exception " e backtrace;
      report "Fatal error in uncaught exception handler: exception " failure failure_backtrace
  with Out_of_memory -> prerr_endline "Fatal error: out of memory in uncaught exception handler"

external register_named_value : string -> 'a -> unit = "caml_register_named_value"

let () = register_named_value "Printexc.handle_uncaught_exception" handle_uncaught_exception
