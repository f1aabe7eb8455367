(* First-class modules: packing, unpacking, in data, as arguments, functors from values. *)
let p fmt = Printf.printf (fmt ^^ "\n")
module type SHAPE = sig type t val name : string val area : t -> float val default : t end
module Square = struct type t = float let name = "square" let area s = s *. s let default = 2. end
module Disc = struct type t = float let name = "disc" let area r = 3. *. r *. r let default = 1. end
let shapes : (module SHAPE) list = [ (module Square); (module Disc) ]
let describe (module S : SHAPE) = Printf.sprintf "%s:%g" S.name (S.area S.default)
module type NUM = sig type t val zero : t val add : t -> t -> t val to_string : t -> string end
let sum (type a) (module N : NUM with type t = a) (l : a list) = N.to_string (List.fold_left N.add N.zero l)
module IntNum = struct type t = int let zero = 0 let add = ( + ) let to_string = string_of_int end
module StrNum = struct type t = string let zero = "" let add = ( ^ ) let to_string s = s end
let make n = (module struct type t = int let name = "made" ^ string_of_int n let area t = float_of_int (t * n) let default = n end : SHAPE)
module Double (S : SHAPE) = struct include S let name = S.name ^ S.name let area t = 2. *. S.area t end
let double (module S : SHAPE) = (module Double (S) : SHAPE)
module type OUTER = sig module Inner : SHAPE val f : int -> int end
let outer (module O : OUTER) = Printf.sprintf "%s %d" O.Inner.name (O.f 3)
let () =
  List.iter (fun m -> p "%s" (describe m)) shapes;
  p "%s %s" (sum (module IntNum) [ 1; 2; 3 ]) (sum (module StrNum) [ "a"; "b" ]);
  p "%s" (describe (make 4));
  p "%s" (describe (double (make 5)));
  let (module D) = double (module Square) in
  p "%s" D.name;
  p "%s" (outer (module struct module Inner = Disc let f x = x + 1 let unused = 3 end));
  let tbl = Hashtbl.create 3 in
  List.iter (fun (module S : SHAPE) -> Hashtbl.replace tbl S.name (module S : SHAPE)) shapes;
  p "%s" (describe (Hashtbl.find tbl "disc"))
