(* What happens when a signal comes. On targets where nothing sends any, what was asked for is remembered, so that it can be asked for again. *)

open Primitives_base
external platform_signal : int -> int -> int = "morgana_platform_signal"

(** Blocks a signal (0) or lets it come again (1); whether it was blocked before. *)
external platform_block : int -> int -> bool = "morgana_platform_block_signal"

external take : unit -> int = "morgana_take_signal"
external handle_by : (unit -> unit) -> unit = "morgana_handle_signals_by"

(* OCaml has numbers of its own, below zero, for signals whose numbers differ between systems, from SIGABRT on: those of Linux (signal(7), x86). *)
let numbers = [| 6; 14; 8; 1; 4; 2; 9; 13; 3; 11; 15; 10; 12; 17; 18; 19; 20; 21; 22; 26; 27; 7; 29; 31; 5; 23; 24; 25 |] [@@ocamlformat "disable"]

let to_system n = if n < 0 && n >= -array_length numbers then array_get numbers (-n - 1) else n [@@primitive "morgana_signal_to_system"]

let of_system n =
  let rec find i = if i = array_length numbers then n else if array_get numbers i = n then -i - 1 else find (i + 1) in
  find 0
[@@primitive "morgana_signal_of_system"]

type behaviour = Default | Ignore | Handle of (int -> unit)

let last_signal = 64

(* By the system's numbers. *)
let behaviours : behaviour array ref = ref [||]

(* While a signal is handled it does not come again. *)
let handle signal =
  match array_get !behaviours signal with
  | Handle f ->
      let was_blocked = platform_block signal 0 in
      let again () = if not was_blocked then ignore (platform_block signal 1) in
      (try f (of_system signal)
       with e ->
         again ();
         raise e);
      again ()
  | Default | Ignore -> ()

(* Where one raises an exception, the others are handled at the next occasion. *)
let rec handle_all () =
  let signal = take () in
  if signal > 0 then begin
    handle signal;
    handle_all ()
  end

let caml_install_signal_handler number behaviour =
  let signal = to_system number in
  if signal < 0 || signal > last_signal then raise (Invalid_argument "Sys.signal: unavailable signal");
  if array_length !behaviours = 0 then begin
    behaviours := array_make (last_signal + 1) Default;
    handle_by handle_all
  end;
  let remembered = array_get !behaviours signal in
  (* Before the system calls it. *)
  array_set !behaviours signal behaviour;
  let before = platform_signal signal (match behaviour with Default -> 0 | Ignore -> 1 | Handle _ -> 2) in
  let not_here = -38 in
  if before < 0 && before <> not_here then begin
    array_set !behaviours signal remembered;
    Primitives_errno.fail (-before)
  end
  else if before = 0 then Default
  else if before = 1 then Ignore
  else remembered
[@@primitive "caml_install_signal_handler"]
