type t =
  | A  (** a *)
  | B
      (** b
          more *)
  | C of { x : int  (** x *); y : int }  (** c *)
  (** d *)
  | D
let x = function
  (** case *)
  | A -> 1
  | _ -> 2
(** x *)


let y = let module Z = struct (** z *) let a = 1 (** a *) end in
  (** body *)
  Z.a
let z = object (** o *) method m = 1 (** m *) end
