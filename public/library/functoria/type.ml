(* Types of modules as values: a kind of device, or a functor over such. *)

type 'a t = Type : 'a -> 'a t | Function : 'a t * 'b t -> ('a -> 'b) t

let v x = Type x
let ( @-> ) parameter result = Function (parameter, result)
let is_functor : type a. a t -> bool = function Type _ -> false | Function _ -> true

(* Types have no names of their own: those that a library or a configuration binds to a variable get the variable's. *)
let names : (Obj.t * string) list ref = ref []

let set_name (type a) (t : a t) name = if not (List.mem_assq (Obj.repr t) !names) then names := (Obj.repr t, name) :: !names
let name (type a) (t : a t) = match List.assq_opt (Obj.repr t) !names with Some name -> name | None -> "_"

let rec to_string : type a. a t -> string = function
  | Type _ as t -> name t
  | Function (parameter, result) ->
      let parameter = match parameter with Function _ -> "(" ^ to_string parameter ^ ")" | Type _ -> to_string parameter in
      parameter ^ " -> " ^ to_string result

let pp ppf t = Format.pp_print_string ppf (to_string t)

type job = Job

let job = Type Job

type argv = Argv

let argv = Type Argv

type info = Info

let info = Type Info

let () =
  set_name job "job";
  set_name argv "argv";
  set_name info "info"
