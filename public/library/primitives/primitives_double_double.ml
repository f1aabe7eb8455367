(* Sums of two doubles, the second one below half a unit in the last place of the first: numbers of about 106 bits (Dekker, "A
   floating-point technique for extending the available precision", 1971; Joldes, Muller, Popescu, "Tight and rigorous error bounds for
   basic building blocks of double-word arithmetic", 2017). *)

open Primitives_base

type t = { h : float; l : float }

let[@inline always] make h l = { h; l }
let[@inline always] of_float h = { h; l = 0. }
let[@inline always] to_float x = x.h +. x.l

let[@inline always] neg x =
  let h = -.x.h and l = -.x.l in
  { h; l }

(* Fields are variables in what is built: then the optimiser sees through the block, and it is never made. *)

(** Exact sum where |a| >= |b| or a = 0. *)
let[@inline always] quick_sum a b =
  let h = a +. b in
  let l = b -. (h -. a) in
  { h; l }

(** Exact sum. *)
let[@inline always] sum a b =
  let h = a +. b in
  let b' = h -. a in
  let l = a -. (h -. b') +. (b -. b') in
  { h; l }

(** Exact product of numbers below 2^996. *)
let[@inline always] product a b =
  let h = a *. b in
  let ca = 134217729. *. a and cb = 134217729. *. b in
  let ah = ca -. (ca -. a) and bh = cb -. (cb -. b) in
  let al = a -. ah and bl = b -. bh in
  let l = (ah *. bh) -. h +. (ah *. bl) +. (al *. bh) +. (al *. bl) in
  { h; l }

let[@inline always] add x y =
  let s = sum x.h y.h and t = sum x.l y.l in
  let v = quick_sum s.h (s.l +. t.h) in
  quick_sum v.h (t.l +. v.l)

let[@inline always] sub x y = add x (neg y)

let[@inline always] mul_float x y =
  let p = product x.h y in
  quick_sum p.h (p.l +. (x.l *. y))

let[@inline always] mul x y =
  let p = product x.h y.h in
  quick_sum p.h (p.l +. ((x.h *. y.l) +. (x.l *. y.h)))

let[@inline always] div x y =
  let q = x.h /. y.h in
  let p = product q y.h in
  quick_sum q ((x.h -. p.h -. p.l +. x.l -. (q *. y.l)) /. y.h)

(** Of a positive number. *)
let[@inline always] sqrt x =
  let s = Primitives_base.sqrt x.h in
  let p = product s s in
  quick_sum s ((x.h -. p.h -. p.l +. x.l) /. (2. *. s))
