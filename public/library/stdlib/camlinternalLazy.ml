(* Forcing of lazy values. A suspended one is a block of [Obj.lazy_tag] that holds a function; while it is evaluated its tag is
   [Obj.forcing_tag], afterwards [Obj.forward_tag], and it holds the result. *)

type 'a t = 'a lazy_t

exception Undefined

(* 0 when the block was suspended. *)
external update_to_forcing : Obj.t -> int = "caml_lazy_update_to_forcing" [@@noalloc]
external reset_to_lazy : Obj.t -> unit = "caml_lazy_reset_to_lazy" [@@noalloc]
external update_to_forward : Obj.t -> unit = "caml_lazy_update_to_forward" [@@noalloc]

let start block =
  if update_to_forcing block <> 0 then raise Undefined;
  let suspended : unit -> 'a = Obj.obj (Obj.field block 0) in
  (* What the function refers to can be collected once it does not need it any more. *)
  Obj.set_field block 0 (Obj.repr ());
  suspended

let finish block result =
  Obj.set_field block 0 (Obj.repr result);
  update_to_forward block;
  result

let force_lazy_block (l : 'a lazy_t) : 'a =
  let block = Obj.repr l in
  let suspended = start block in
  match suspended () with
  | result -> finish block result
  | exception e ->
      Obj.set_field block 0 (Obj.repr (fun () -> raise e));
      reset_to_lazy block;
      raise e

let force_val_lazy_block (l : 'a lazy_t) : 'a =
  let block = Obj.repr l in
  let suspended = start block in
  finish block (suspended ())

let force_gen ~only_val (l : 'a lazy_t) : 'a =
  let block = Obj.repr (Sys.opaque_identity l) in
  if Obj.is_int block then Obj.obj block
  else
    let tag = Obj.tag block in
    if tag = Obj.forward_tag then Obj.obj (Obj.field block 0)
    else if tag <> Obj.lazy_tag && tag <> Obj.forcing_tag then Obj.obj block
    else if only_val then force_val_lazy_block l
    else force_lazy_block l
