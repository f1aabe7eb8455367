(* The program's surroundings: arguments, named values, the end. *)

open Raw

external raise : exn -> 'a = "%raise"
external string_equal : string -> string -> bool = "caml_string_equal"
external platform_exit : int -> unit = "morgana_platform_exit"

(** Address of the i-th argument (0: the program's name) or environment setting, NUL-terminated; 0 after the last. *)
external platform_argument : word -> word = "morgana_platform_argument"

external platform_environment : word -> word = "morgana_platform_environment"

(** Address of the boot command line, NUL-terminated; 0 where there is none (a process has arguments). *)
external platform_command_line : unit -> word = "morgana_platform_command_line"

external array_set : 'a array -> int -> 'a -> unit = "%array_unsafe_set"

let arguments (_ : unit) : string array =
  let count = ref 0 in
  while platform_argument (of_int !count) <> 0n do
    count := add_int !count 1
  done;
  let result : string array = Alloc.alloc 0 !count in
  let i = ref 0 in
  while !i < !count do
    array_set result !i (C_string.to_string (platform_argument (of_int !i)));
    i := add_int !i 1
  done;
  result
[@@primitive "caml_sys_argv"]

(** All settings of the environment, as [name=value]. *)
let environment (_ : unit) : string array =
  let count = ref 0 in
  while platform_environment (of_int !count) <> 0n do
    count := add_int !count 1
  done;
  let result : string array = Alloc.alloc 0 !count in
  let i = ref 0 in
  while !i < !count do
    array_set result !i (C_string.to_string (platform_environment (of_int !i)));
    i := add_int !i 1
  done;
  result
[@@primitive "unix_environment"]

let executable_name (_ : unit) : string =
  let first = platform_argument 0n in
  if first = 0n then "" else C_string.to_string first
[@@primitive "caml_sys_executable_name"]

(** The boot command line as it was given; the empty string where there is none. *)
let command_line (_ : unit) : string =
  let text = platform_command_line () in
  if text = 0n then "" else C_string.to_string text
[@@primitive "morgana_command_line"]

(** Whether programs are given an environment here, and OCAMLRUNPARAM with it. Where they are not, images have nothing of what follows from it. *)
let has_environment (_ : unit) : bool = platform_environment 0n <> 0n [@@inline always] [@@primitive "morgana_has_environment"]

(* Whether the setting at [text] is one of the variable [name]; then its value begins after the equals sign. *)
let matches text (name : string) =
  let n = Fatal.length name in
  let i = ref 0n in
  while !i < n && load8 (text + !i) = load8 (address name + !i) && load8 (text + !i) <> 0n do
    i := !i + 1n
  done;
  !i = n && load8 (text + n) = 61n

(* Settings that the program has changed, the last change first, and what looks for one: programs that change none do not contain it. *)
type changes = Unchanged | Changed of { settings : (string * string) list; find : string -> (string * string) list -> string option }

let changed = ref Unchanged

let rec change_of (name : string) settings =
  match settings with
  | [] -> None
  | (changed_name, value) :: rest -> if string_equal changed_name name then Some value else change_of name rest

let changes (_ : unit) : (string * string) list = match !changed with Unchanged -> [] | Changed { settings; _ } -> settings
[@@primitive "morgana_changed_environment"]

let putenv (name : string) (value : string) : unit = changed := Changed { settings = (name, value) :: changes (); find = change_of }
[@@primitive "unix_putenv"]

(* Where the value of a variable begins in the environment that the program was given; 0 if it has none. *)
let setting (name : string) =
  let i = ref 0n and found = ref 0n in
  while !found = 0n && platform_environment !i <> 0n do
    let text = platform_environment !i in
    if matches text name then found := text + Fatal.length name + 1n;
    i := !i + 1n
  done;
  !found

let initial_setting (name : string) : string =
  let text = setting name in
  if text = 0n then raise Not_found else C_string.to_string text

let getenv (name : string) : string =
  match !changed with
  | Unchanged -> initial_setting name
  | Changed { settings; find } -> ( match find name settings with Some value -> value | None -> initial_setting name)
[@@primitive "caml_sys_getenv"]

(* {1 Named values} What the library registers for the run-time system (Callback.register). *)

type any

external any : 'a -> any = "%identity"
external of_any : any -> 'a = "%identity"

type table = Empty | Entry of { name : string; value : any; next : table }

let table = ref Empty

let rec find (name : string) entries =
  match entries with
  | Empty -> None
  | Entry entry -> if string_equal entry.name name then Some entry.value else find name entry.next

let register (name : string) (value : 'a) : unit = table := Entry { name; value = any value; next = !table } [@@primitive "caml_register_named_value"]

(* {1 The end} *)

let exit (code : int) : 'a =
  platform_exit code;
  raise Stack_overflow
[@@primitive "caml_sys_exit"]

(* What OCaml's runtime prints of an exception when the library has no say: its name and arguments that are strings or integers. *)

external field : 'a -> int -> 'b = "%obj_field"
external size : 'a -> int = "%obj_size"
external is_int : 'a -> bool = "%obj_is_int"

let print (text : string) = Fatal.print text
let rec print_int (n : int) =
  if n < 0 then begin
    print "-";
    print_digits (0n - of_int n)
  end
  else print_digits (of_int n)

and print_digits n =
  if n >= 10n then print_digits (n / 10n);
  Fatal.print_digit (n mod 10n)

let print_argument (v : any) =
  if is_int v then print_int (of_any v)
  else if Alloc.obj_tag v = 252 then begin
    print "\"";
    print (of_any v);
    print "\""
  end
  else print "_"

let print_exception (e : exn) =
  if Alloc.obj_tag e <> 0 then print (field e 0)
  else begin
    let constructor : any = field e 0 in
    print (field constructor 0);
    let count = size e in
    (* A tuple as only argument is printed as the arguments: Match_failure and its like. *)
    let inner : any = if count > 1 then field e 1 else any 0 in
    let spread = count = 2 && (not (is_int inner)) && Alloc.obj_tag inner = 0 in
    let arguments : any = if spread then inner else any e in
    let first = if spread then 0 else 1 in
    let stop = size arguments in
    if first < stop then begin
      print "(";
      let i = ref first in
      while !i < stop do
        if !i > first then print ", ";
        print_argument (field arguments !i);
        i := add_int !i 1
      done;
      print ")"
    end
  end

let report (e : exn) =
  match find "Printexc.handle_uncaught_exception" !table with
  | Some handler -> (of_any handler : exn -> bool -> unit) e false
  | None ->
      (* Programs that ask for backtraces by Printexc have its handler. *)
      let with_backtrace = has_environment () && Recorder.is_active () in
      (* Before functions of the end raise others. *)
      let backtrace = if with_backtrace then Backtrace.of_exception () else [||] in
      (match find "Pervasives.do_at_exit" !table with
      | Some run -> ( try (of_any run : unit -> unit) () with _ -> ())
      | None -> ());
      print "Fatal error: exception ";
      print_exception e;
      print "\n";
      if with_backtrace then Backtrace.print backtrace

external call : word -> word = "%raw_machine_call"

(** The exit code of a program that ends by an uncaught exception. *)
let uncaught_code = 2

(* Settings of OCAMLRUNPARAM are separated by commas; [b] and [b=1] ask for backtraces. *)
let rec asks_for_backtraces text (at_start : bool) =
  let c = load8 text in
  if c = 0n then false
  else if at_start && c = 98n then begin
    let next = load8 (text + 1n) in
    next = 0n || next = 44n || (next = 61n && load8 (text + 2n) <> 48n)
  end
  else asks_for_backtraces (text + 1n) (c = 44n)

let read_parameters (_ : unit) : unit =
  if has_environment () then begin
    let parameters = setting "OCAMLRUNPARAM" in
    if parameters <> 0n && asks_for_backtraces parameters true then Recorder.activate true
  end

let main (_ : unit) : unit =
  read_parameters ();
  (try ignore (call (symbol "program"))
   with e ->
     (try report e with _ -> ());
     platform_exit uncaught_code);
  platform_exit 0
[@@export "morgana_main"]
