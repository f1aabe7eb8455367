(* Values that the run-time system finds by name. *)

external register_named_value : string -> Obj.t -> unit = "caml_register_named_value"

let register name v = register_named_value name (Obj.repr v)

(* An exception is registered as its constructor. *)
let register_exception name (e : exn) =
  let e = Obj.repr e in
  register_named_value name (if Obj.tag e = Obj.object_tag then e else Obj.field e 0)
