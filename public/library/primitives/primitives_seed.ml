(* The seed of [Random.self_init]. *)

open Primitives_base

external entropy : bytes -> int -> int -> int = "morgana_platform_entropy"
external wall_clock : unit -> int64 = "morgana_wall_ns"
external monotonic_clock : unit -> int64 = "morgana_monotonic_ns"

(* Fills the rest of the bytes, in as many pieces as the platform likes; returns how many there are. *)
let rec fill b offset =
  if offset >= bytes_length b then offset
  else begin
    let n = entropy b offset (bytes_length b - offset) in
    if n <= 0 then offset else fill b (offset + n)
  end

(** Twelve bytes of entropy; where the platform has none, the clocks. *)
let caml_sys_random_seed () =
  let b = bytes_create 12 in
  let n = fill b 0 in
  if n = 12 then begin
    let seed = array_make 12 0 in
    for i = 0 to 11 do
      array_set seed i (code (bytes_get b i))
    done;
    seed
  end
  else begin
    let seed = array_make 2 (I64.to_int (wall_clock ())) in
    array_set seed 1 (I64.to_int (monotonic_clock ()));
    seed
  end
[@@primitive "caml_sys_random_seed"]
