(* Recursive modules whose values are not all functions: a module is a block that is made of placeholders, which look into the block
   for what has come in their place. *)

type shape =
  | Function
  | Lazy
  | Class
  | Module of shape array
  | Value of Obj.t

(* A class is a block of four: three functions and what they share (CamlinternalOO). *)
let class_fields = 4

let init_class place =
  let undefined _ = raise (Undefined_recursive_module place) in
  let block = Obj.new_block 0 class_fields in
  for i = 0 to 2 do
    Obj.set_field block i (Obj.repr undefined)
  done;
  Obj.set_field block 3 (Obj.repr 0);
  block

let rec init_block place shapes =
  let n = Array.length shapes in
  let block = Obj.new_block 0 n in
  for i = 0 to n - 1 do
    Obj.set_field block i (init_field block i place shapes.(i))
  done;
  block

and init_field block i place = function
  | Function ->
      let rec placeholder argument =
        let f : Obj.t -> Obj.t = Obj.obj (Obj.field block i) in
        if f == placeholder then raise (Undefined_recursive_module place) else f argument
      in
      Obj.repr placeholder
  | Lazy ->
      let rec placeholder =
        lazy
          (let l : Obj.t Lazy.t = Obj.obj (Obj.field block i) in
           if l == placeholder then raise (Undefined_recursive_module place) else Lazy.force l)
      in
      Obj.repr placeholder
  | Class -> init_class place
  | Module shapes -> init_block place shapes
  | Value v -> v

let init_mod place = function
  | Module shapes -> init_block place shapes
  | Function | Lazy | Class | Value _ -> failwith "CamlinternalMod.init_mod: not a module"

let rec update_block shapes block value =
  for i = 0 to Array.length shapes - 1 do
    let field = Obj.field value i in
    match shapes.(i) with
    | Function | Lazy -> Obj.set_field block i field
    | Value _ -> ()
    | Class ->
        let placeholder = Obj.field block i in
        for k = 0 to class_fields - 1 do
          Obj.set_field placeholder k (Obj.field field k)
        done
    | Module shapes -> update_block shapes (Obj.field block i) field
  done

let update_mod shape block value =
  match shape with
  | Module shapes -> update_block shapes block value
  | Function | Lazy | Class | Value _ -> failwith "CamlinternalMod.update_mod: not a module"
