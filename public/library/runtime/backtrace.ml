(* The primitives of Printexc's backtraces. Nothing is recorded yet: a backtrace is empty. *)

open Raw

let active = ref false
let record (on : bool) : unit = active := on [@@primitive "caml_record_backtrace"]
let status (_ : unit) : bool = !active [@@primitive "caml_backtrace_status"]
let of_exception (_ : unit) : 'a array = [||] [@@primitive "caml_get_exception_raw_backtrace"]
let restore (_ : exn) (_ : 'a array) : unit = () [@@primitive "caml_restore_raw_backtrace"]
let callstack (_ : int) : 'a array = [||] [@@primitive "caml_get_current_callstack"]
let convert (_ : 'a array) : 'b array = [||] [@@primitive "caml_convert_raw_backtrace"]
