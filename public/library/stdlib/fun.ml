(* Functions on functions. *)

external id : 'a -> 'a = "%identity"

let const c _ = c
let compose f g x = f (g x)
let flip f x y = f y x
let negate p x = not (p x)

exception Finally_raised of exn

let () =
  Printexc.register_printer (function
    | Finally_raised e -> Some ("Fun.Finally_raised: " ^ Printexc.to_string e)
    | _ -> None)

let run_finally finally =
  try finally ()
  with e ->
    let backtrace = Printexc.get_raw_backtrace () in
    Printexc.raise_with_backtrace (Finally_raised e) backtrace

let protect ~finally work =
  match work () with
  | result ->
      run_finally finally;
      result
  | exception e ->
      let backtrace = Printexc.get_raw_backtrace () in
      run_finally finally;
      Printexc.raise_with_backtrace e backtrace
