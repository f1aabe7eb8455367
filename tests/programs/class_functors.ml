(* classes in functors and modules; signatures that hide *)
module type ELT = sig type t val show : t -> string val compare : t -> t -> int end
module type SORTED = sig
  type elt
  class type t = object method add : elt -> unit method to_list : elt list method show : string end
  class sorted : elt list -> t
  class reversed : elt list -> object inherit t method rev : elt list end
end
module Sorted (E : ELT) : SORTED with type elt = E.t = struct
  type elt = E.t
  class type t = object method add : elt -> unit method to_list : elt list method show : string end
  class sorted init = object (self)
    val mutable items = List.sort E.compare init
    method private insert x = List.merge E.compare [x] items
    method add x = items <- self#insert x
    method to_list = items
    method show = String.concat " " (List.map E.show self#to_list)
  end
  class reversed init = object (self)
    inherit sorted init as super
    method rev = List.rev super#to_list
    method! to_list = self#rev
    method! private insert x = print_string "(ins)"; List.merge E.compare [x] items
  end
end
module I = Sorted (struct type t = int let show = string_of_int let compare = compare end)
module S = Sorted (struct type t = string let show s = s let compare a b = compare (String.length a, a) (String.length b, b) end)
class my = object (self) inherit I.reversed [5; 3] method sum = List.fold_left (+) 0 self#to_list end
let () =
  let o = new my in o#add 4; Printf.printf "%s %d\n" o#show o#sum;
  let l : I.t list = [new I.sorted [2; 1]; (new I.reversed [1; 2; 3] :> I.t); (o :> I.t)] in
  List.iter (fun o -> o#add 0; print_endline o#show) l;
  let s = new S.sorted ["ccc"; "a"] in s#add "bb"; print_endline s#show
