(* The primitives of Printexc's backtraces. A raw backtrace is an array of integers: a place in the code, and in bit 0 whether it is
   that of a raise (Recorder). *)

open Raw

external array_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"
external array_get : 'a array -> int -> 'a = "%array_unsafe_get"
external array_length : 'a array -> int = "%array_length"
external raise : exn -> 'a = "%raise"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( land ) : int -> int -> int = "%andint"

let record (on : bool) : unit = Recorder.activate on [@@primitive "caml_record_backtrace"]
let status (_ : unit) : bool = Recorder.is_active () [@@primitive "caml_backtrace_status"]
let recorded list (i : int) : int = to_int (Recorder.entry list (of_int i))

(* The number of entries before those of the code that starts the program: the runtime's, and the program's own entry. *)
let without_start list (n : int) : int =
  if n > 0 && Recorder.is_primitive (of_int (recorded list (n - 1))) then
    if n > 1 && Recorder.is_unknown (of_int (recorded list (n - 2))) then n - 2 else n - 1
  else n

let rec count_own list (i : int) (count : int) : int =
  if i = 0 then count else count_own list (i - 1) (count + to_int (Recorder.frames (of_int (recorded list (i - 1)))))

(* What has been recorded, without the insides of primitives: an exception that they raise is raised by the operation that called them. *)
let contents list : int array =
  let n = without_start list (to_int (Recorder.count list)) in
  let own = count_own list n 0 in
  if own = 0 then [||]
  else begin
    let result : int array = Alloc.alloc 0 own in
    let i = ref 0 and next = ref 0 in
    while !i < n do
      let entry = recorded list !i in
      let frames = to_int (Recorder.frames (of_int entry)) in
      for number = 0 to frames - 1 do
        array_set result !next (to_int (Recorder.frame (of_int entry) (of_int number)));
        next := !next + 1
      done;
      i := !i + 1
    done;
    result
  end

let of_exception (_ : unit) : int array = contents Recorder.exception_entries [@@primitive "caml_get_exception_raw_backtrace"]

(** Makes the recorded backtrace that of [e] again, before it is raised. *)
let restore (e : exn) (backtrace : int array) : unit =
  Recorder.clear Recorder.exception_entries;
  let n = array_length backtrace in
  let i = ref 0 in
  while !i < n do
    Recorder.put Recorder.exception_entries (of_int (array_get backtrace !i));
    i := !i + 1
  done;
  Recorder.note e
[@@primitive "caml_restore_raw_backtrace"]

(** At most so many frames of the stack that was recorded. *)
let first_of_stack (most : int) : int array =
  let all = contents Recorder.stack_entries in
  let n = array_length all in
  if n > most then begin
    let result : int array = Alloc.alloc 0 most in
    let i = ref 0 in
    while !i < most do
      array_set result !i (array_get all !i);
      i := !i + 1
    done;
    result
  end
  else all

(* The collector is given the stack pointer: it records the frames on its way. *)
let[@inline never] callstack (most : int) : int array =
  if most <= 0 then [||]
  else begin
    store Recorder.wanted_frames (of_int (most + 1));
    collect 0n;
    first_of_stack most
  end
[@@primitive "caml_get_current_callstack"]

(** The frames of a suspended computation: those of its innermost fiber. *)
let continuation_callstack (continuation : 'a) (most : int) : int array =
  let fiber = load (address continuation) in
  if fiber = 1n || most <= 0 then [||]
  else begin
    Recorder.walk_fiber fiber (of_int most);
    contents Recorder.stack_entries
  end
[@@primitive "caml_get_continuation_callstack"]

(* {1 Names} As the module Printexc has them. *)

type slot =
  | Known of {
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
  | Unknown of { is_raise : bool }

let rec name_length node =
  let own = Nul_terminated.length (Recorder.part node) and outer = Recorder.around node in
  if outer = 0n then own else Raw.( + ) (Raw.( + ) own 1n) (name_length outer)

(* Writes a name, the end of it first, to the bytes before [stop]. *)
let rec write_name node stop =
  let part = Recorder.part node in
  let own = Nul_terminated.length part in
  let start = Raw.( - ) stop own in
  copy_bytes start part own;
  let outer = Recorder.around node in
  if outer <> 0n then begin
    store8 (Raw.( - ) start 1n) 0x2en;
    write_name outer (Raw.( - ) start 1n)
  end

let name_of node : string =
  let n = name_length node in
  let name : string = value (address (Alloc.create_bytes (to_int n))) in
  write_name node (Raw.( + ) (address name) n);
  name

let convert_slot (entry : int) : slot =
  let is_raise = entry land 1 <> 0 in
  if not (Recorder.describe (of_int entry)) then Unknown { is_raise }
  else begin
    let line = to_int (load Recorder.line) and last = to_int (load Recorder.last_character) in
    Known
      {
        is_raise;
        is_inline = load Recorder.inlined <> 0n;
        filename = C_string.to_string (Recorder.file ());
        line_number = line;
        start_char = to_int (load Recorder.first_character);
        end_char = last;
        end_line = line;
        end_col = last;
        name = name_of (Recorder.function_name ());
      }
  end
[@@primitive "caml_convert_raw_backtrace_slot"]

let convert (backtrace : int array) : slot array =
  if symbol "debug_entries" = 0n then raise (Failure "No debug information available");
  let n = array_length backtrace in
  if n = 0 then [||]
  else begin
    let result : slot array = Alloc.alloc 0 n in
    let i = ref 0 in
    while !i < n do
      array_set result !i (convert_slot (array_get backtrace !i));
      i := !i + 1
    done;
    result
  end
[@@primitive "caml_convert_raw_backtrace"]

let length (backtrace : int array) : int = array_length backtrace [@@primitive "caml_raw_backtrace_length"]

let slot (backtrace : int array) (i : int) : int =
  if i < 0 || i >= array_length backtrace then raise (Invalid_argument "Printexc.get_raw_backtrace_slot: index out of bounds");
  array_get backtrace i
[@@primitive "caml_raw_backtrace_slot"]

(** The slot of the function into which this one was inlined: none is known. *)
let next_slot (_ : int) : int option = None [@@primitive "caml_raw_backtrace_next_slot"]

(* {1 The backtrace of an uncaught exception} where the library has no say: as Printexc would print it. *)

let rec print_int n =
  if n >= 10n then print_int (n / 10n);
  Fatal.print_digit (n mod 10n)

let print_place ~first = function
  | Unknown { is_raise = true } -> ()
  | Unknown { is_raise = false } ->
      Fatal.print (if first then "Raised by primitive operation at" else "Called from");
      Fatal.print " unknown location\n"
  | Known slot ->
      Fatal.print
        (if slot.is_raise then if first then "Raised at " else "Re-raised at "
         else if first then "Raised by primitive operation at "
         else "Called from ");
      Fatal.print slot.name;
      Fatal.print " in file \"";
      Fatal.print slot.filename;
      Fatal.print (if slot.is_inline then "\" (inlined), line " else "\", line ");
      print_int (of_int slot.line_number);
      Fatal.print ", characters ";
      print_int (of_int slot.start_char);
      Fatal.print "-";
      print_int (of_int slot.end_char);
      Fatal.print "\n"

let print (backtrace : int array) : unit =
  let n = array_length backtrace in
  if n > 0 && symbol "debug_entries" = 0n then Fatal.print "(Program not linked with -g, cannot print stack backtrace)\n"
  else
    for i = 0 to n - 1 do
      print_place ~first:(i = 0) (convert_slot (array_get backtrace i))
    done
