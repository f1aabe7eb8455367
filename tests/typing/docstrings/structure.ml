(** first *)

(** second *)
let x = 1
(** ambiguous *)
let y = 2 (** after y *)

let z = (** inside *) 3

(** before two *)
(** right before *)
let w = 4

(** floating *)

type t0 = A (** a *) | B of int (** b *)
(** for t or u *)

type u = { a : int; (** field a *)
  b : int (** field b *) ; (** again *)
  (** c before *)
  c : int }

(** on m *)
module M = struct
  (** start *)

  let a = 1
  (** end *)
end

module N = struct (** only *) end
module O = struct
  (** x *)

  (** y *)
end
(**/**)
let hidden = 1
(**/**)

class c = object
  (** m doc *)
  method m = 1
  (** after m *)

  (** v doc *)
  val v = 2
  (* comment *)
  (** init *)
  initializer ()
  (** last *)
end
(** eval *)
;;
(** eval2 *)
print_string ""
(** eval3 *)
;;
(** exn *)
exception E of int (** exn after *)
(** ext *)
external f : int -> int = "f" (** ext after *)

(** ty *)
type vv = [ `A (** ta *) | `B of int (** tb *) ]
and (** mid *) ww = < m : int; (** mm *) n : int (** nn *) >
(** anded *)
and q = int
(** rec *)
module rec A : sig (** va *) val a : int -> int (** va2 *) end = struct (** la *) let a x = (** no *) x end
(** bb *)
and B : sig end = struct end
(** incl *)
include Char (** incl after *)
(** op *)
open Char
(** attr *)
[@@@foo]
(** ext *)
type ex = ..
type ex += X (** xx *) | Y (** yy *)
let f (** arg *) x = x
let rec g x = x
(** and g *)
and h x = x (** h *)

let () = (* c *) () (** unit *)
(* c *)

(* d *)
(** last1 *)

(** last2 *)
