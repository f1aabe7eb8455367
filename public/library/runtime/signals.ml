(* Signals of the system that the program runs under: the entry stub notes them (ARCHITECTURE.md, section 7.6), ordinary code handles them
   at the next safe point that may run it. *)
[@@@runtime]

open Raw

external exchange : word -> word -> word = "%raw_machine_exchange"
external compare_exchange : word -> word -> word -> word = "%raw_machine_compare_exchange"

let pending () = symbol "pending_signals"

(** Whether a signal has come that was not handled yet. *)
let any () = load (pending ()) <> 0n

(* More may come meanwhile. *)
let rec give_back bits =
  let now = load (pending ()) in
  if compare_exchange (pending ()) now (now lor bits) <> now then give_back bits

(** Takes the signal of the lowest number; 0 when there is none. *)
let take (_ : unit) : int =
  let all = exchange (pending ()) 0n in
  if all = 0n then 0
  else begin
    let rest = all land (all - 1n) in
    if rest <> 0n then give_back rest;
    let bit = ref (all lxor rest) and number = ref 1 in
    while !bit <> 1n do
      bit := !bit lsr 1;
      number := add_int !number 1
    done;
    !number
  end
[@@primitive "morgana_take_signal"]
