(* Custom blocks: what comparison and hashing do with them. Those of boxed integers are known here; a module that has others
   (bigarrays, large integers) registers them when it is initialised. *)

open Primitives_base

type block

(** The number that the operations of a custom block carry: 0, 1, 2 for int32, int64, nativeint, 3 for bigarrays, 4 for integers of any
    size. *)
external number : block -> int = "morgana_custom_number"

external word : block -> int -> int64 = "%morgana_raw_field"

type operations = {
  compare : block -> block -> bool -> int;
      (** the sign tells the order; with [total] false, [unordered] when there is none *)
  hash : block -> int;  (** 32 bits *)
}

(** The result of comparing what has no order: NaN. *)
let unordered = min_int

let compare_int64 a b = if I64.(a < b) then -1 else if I64.(a = b) then 0 else 1

let integers =
  {
    compare = (fun a b _ -> compare_int64 (word a 1) (word b 1));
    hash =
      (fun a ->
        let n = word a 1 in
        match number a with
        | 0 -> I64.to_int n land 0xffff_ffff
        | 1 -> I64.(to_int ((n lsr 32) lxor n)) land 0xffff_ffff
        | _ -> I64.(to_int ((n lsr 32) lxor (n asr 63) lxor n)) land 0xffff_ffff);
  }

let bigarrays : operations option ref = ref None

(** Makes comparison and hashing know bigarrays. *)
let register_bigarrays operations = bigarrays := Some operations [@@primitive "morgana_register_bigarrays"]

let large_integer_number = 4
let large_integers : operations option ref = ref None

(** A number from what Marshal has of it: whether it is negative, and the bytes of the absolute value, the lowest one first. *)
let large_integer_reader : (bool -> string -> block) option ref = ref None

(** Makes comparison, hashing and reading know integers of any size. Comparison may be given an immediate integer for one of the blocks. *)
let register_large_integers operations read =
  large_integers := Some operations;
  large_integer_reader := Some read

let operations block =
  match number block with
  | 0 | 1 | 2 -> Some integers
  | 3 -> !bigarrays
  | _ -> !large_integers
