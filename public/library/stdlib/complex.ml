(* Complex numbers. *)

type t = { re : float; im : float }

let zero = { re = 0.; im = 0. }
let one = { re = 1.; im = 0. }
let i = { re = 0.; im = 1. }
let neg z = { re = -.z.re; im = -.z.im }
let conj z = { re = z.re; im = -.z.im }
let add a b = { re = a.re +. b.re; im = a.im +. b.im }
let sub a b = { re = a.re -. b.re; im = a.im -. b.im }
let mul a b = { re = (a.re *. b.re) -. (a.im *. b.im); im = (a.re *. b.im) +. (a.im *. b.re) }

(* R. L. Smith, "Algorithm 116: Complex division", CACM 5 (1962): no square of a part of the divisor, which could overflow. *)
let div a b =
  if abs_float b.re >= abs_float b.im then
    let r = b.im /. b.re in
    let d = b.re +. (r *. b.im) in
    { re = (a.re +. (r *. a.im)) /. d; im = (a.im -. (r *. a.re)) /. d }
  else
    let r = b.re /. b.im in
    let d = b.im +. (r *. b.re) in
    { re = ((r *. a.re) +. a.im) /. d; im = ((r *. a.im) -. a.re) /. d }

let inv z = div one z
let norm2 z = (z.re *. z.re) +. (z.im *. z.im)
let norm z = hypot z.re z.im
let arg z = atan2 z.im z.re
let polar r angle = { re = cos angle *. r; im = sin angle *. r }

(* The root with the greater part computed without cancellation, the other one from their product (W. H. Press et al.,
   "Numerical Recipes", section 5.4). *)
let sqrt z =
  if z.re = 0. && z.im = 0. then zero
  else
    let re = abs_float z.re and im = abs_float z.im in
    let w =
      if re >= im then
        let q = im /. re in
        sqrt re *. sqrt (0.5 *. (1. +. sqrt (1. +. (q *. q))))
      else
        let q = re /. im in
        sqrt im *. sqrt (0.5 *. (q +. sqrt (1. +. (q *. q))))
    in
    if z.re >= 0. then { re = w; im = 0.5 *. z.im /. w }
    else { re = 0.5 *. im /. w; im = (if z.im >= 0. then w else -.w) }

let exp z =
  let e = exp z.re in
  { re = e *. cos z.im; im = e *. sin z.im }

let log z = { re = log (norm z); im = atan2 z.im z.re }
let pow a b = exp (mul b (log a))
