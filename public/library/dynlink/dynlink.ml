type linking_error =
  | Undefined_global of string
  | Unavailable_primitive of string
  | Uninitialized_global of string

type error =
  | Not_a_bytecode_file of string
  | Inconsistent_import of string
  | Unavailable_unit of string
  | Unsafe_file
  | Linking_error of string * linking_error
  | Corrupted_interface of string
  | Cannot_open_dynamic_library of exn
  | Library's_module_initializers_failed of exn
  | Inconsistent_implementation of string
  | Module_already_loaded of string
  | Private_library_cannot_implement_interface of string

exception Error of error

let is_native = true
let loadfile file = raise (Error (Cannot_open_dynamic_library (Failure (file ^ ": there is no dynamic linker in this program"))))
let loadfile_private = loadfile
let adapt_filename file = if Filename.check_suffix file ".cmxs" then file else Filename.remove_extension file ^ ".cmxs"
let set_allowed_units (_ : string list) = ()
let allow_only (_ : string list) = ()
let prohibit (_ : string list) = ()
let main_program_units () = []
let public_dynamically_loaded_units () = []
let all_units () = []
let allow_unsafe_modules (_ : bool) = ()

let linking_error_message = function
  | Undefined_global name -> "the global " ^ name ^ " is not defined"
  | Unavailable_primitive name -> "the primitive " ^ name ^ " is not there"
  | Uninitialized_global name -> "the global " ^ name ^ " has no value yet"

let error_message = function
  | Not_a_bytecode_file file -> file ^ " is not an object file"
  | Inconsistent_import unit -> "the program has another interface of " ^ unit
  | Unavailable_unit unit -> "there is no unit " ^ unit
  | Unsafe_file -> "this object file uses unsafe features"
  | Linking_error (file, error) -> "linking " ^ file ^ ": " ^ linking_error_message error
  | Corrupted_interface file -> "the interface file " ^ file ^ " cannot be read"
  | Cannot_open_dynamic_library reason -> "error loading shared library: " ^ Printexc.to_string reason
  | Library's_module_initializers_failed reason -> "a module of the library failed in its initialization: " ^ Printexc.to_string reason
  | Inconsistent_implementation unit -> "the program has another implementation of " ^ unit
  | Module_already_loaded unit -> "the module " ^ unit ^ " is loaded already"
  | Private_library_cannot_implement_interface unit -> "the interface of " ^ unit ^ " is there already and may not be implemented privately"

let unsafe_get_global_value ~bytecode_or_asm_symbol:(_ : string) : Obj.t option = None
