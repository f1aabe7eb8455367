(* Settings of the arithmetic of rationals. *)

let error_when_null_denominator = ref true
let normalize_ratio = ref false
let normalize_ratio_when_printing = ref true
let approx_printing = ref false
let floating_precision = ref 12
let get_error_when_null_denominator () = !error_when_null_denominator
let set_error_when_null_denominator on = error_when_null_denominator := on
let get_normalize_ratio () = !normalize_ratio
let set_normalize_ratio on = normalize_ratio := on
let get_normalize_ratio_when_printing () = !normalize_ratio_when_printing
let set_normalize_ratio_when_printing on = normalize_ratio_when_printing := on
let get_approx_printing () = !approx_printing
let set_approx_printing on = approx_printing := on
let get_floating_precision () = !floating_precision
let set_floating_precision n = floating_precision := n

let arith_status () =
  let show name on = Printf.printf "%s --> %s\n" name (if on then "ON" else "OFF") in
  show "Normalization during computation" !normalize_ratio;
  show "Normalization when printing" !normalize_ratio_when_printing;
  show "Floating point approximation when printing rational numbers" !approx_printing;
  show "Error when a rational denominator is null" !error_when_null_denominator
