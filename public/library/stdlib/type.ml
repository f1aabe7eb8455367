(* Types as values. *)

type (_, _) eq = Equal : ('a, 'a) eq

module Id = struct
  type _ id = ..

  module type Identifier = sig
    type t
    type _ id += Id : t id
  end

  type 'a t = (module Identifier with type t = 'a)

  let make (type a) () : a t =
    (module struct
      type t = a
      type _ id += Id : t id
    end)

  let uid (type a) ((module A) : a t) = Obj.Extension_constructor.id (Obj.Extension_constructor.of_val A.Id)

  let provably_equal (type a b) ((module A) : a t) ((module B) : b t) : (a, b) eq option =
    match A.Id with B.Id -> Some Equal | _ -> None
end
