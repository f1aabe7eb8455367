(* visitors with virtual methods and open recursion *)
type expr = Num of int | Add of expr * expr | Mul of expr * expr | Neg of expr
class virtual ['r] visitor = object (self)
  method virtual num : int -> 'r
  method virtual add : 'r -> 'r -> 'r
  method virtual mul : 'r -> 'r -> 'r
  method neg r = self#mul (self#num (-1)) r
  method visit = function
    | Num n -> self#num n
    | Add (a, b) -> let x = self#visit a in self#add x (self#visit b)
    | Mul (a, b) -> let x = self#visit a in self#mul x (self#visit b)
    | Neg e -> self#neg (self#visit e)
end
class eval = object inherit [int] visitor method num n = n method add = ( + ) method mul = ( * ) end
class show = object inherit [string] visitor method num = string_of_int method add a b = "(" ^ a ^ "+" ^ b ^ ")" method mul a b = a ^ "*" ^ b method! neg a = "-" ^ a end
class map = object (self)
  method expr = function Num n -> self#num n | Add (a, b) -> Add (self#expr a, self#expr b) | Mul (a, b) -> Mul (self#expr a, self#expr b) | Neg e -> Neg (self#expr e)
  method num n = Num n
end
class double = object inherit map method! num n = Num (2 * n) end
let e = Add (Num 3, Mul (Neg (Num 4), Add (Num 1, Num 2)))
let () =
  Printf.printf "%d %s\n" ((new eval)#visit e) ((new show)#visit e);
  Printf.printf "%s %d\n" ((new show)#visit ((new double)#expr e)) ((new eval)#visit ((new double)#expr e))
