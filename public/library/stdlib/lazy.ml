(* Delayed values. *)

type 'a t = 'a CamlinternalLazy.t

exception Undefined = CamlinternalLazy.Undefined

external force : 'a t -> 'a = "%lazy_force"
external make_forward : 'a -> 'a t = "caml_lazy_make_forward"

let force_val l = CamlinternalLazy.force_gen ~only_val:true l

let is_val (l : 'a t) =
  let l = Obj.repr l in
  Obj.is_int l
  ||
  let tag = Obj.tag l in
  tag <> Obj.lazy_tag && tag <> Obj.forcing_tag

let from_fun f = lazy (f ())

(* A value that is its own result must not look like a block of a lazy value; a float would make arrays of lazy values
   look like float arrays. *)
let from_val v =
  let block = Obj.repr v in
  if Obj.is_int block then (Obj.obj block : 'a t)
  else
    let tag = Obj.tag block in
    if tag = Obj.forward_tag || tag = Obj.lazy_tag || tag = Obj.forcing_tag || tag = Obj.double_tag then make_forward v
    else (Obj.obj block : 'a t)

let map f l = lazy (f (force l))
let map_val f l = if is_val l then from_val (f (force l)) else map f l
