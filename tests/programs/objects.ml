(* Objects and classes: inheritance, virtual methods, private methods, self, instance variables, copies, initialisers. *)
let p fmt = Printf.printf (fmt ^^ "\n")
class point x0 y0 = object (self)
  val mutable x = x0
  val mutable y : int = y0
  method x : int = x
  method y = y
  method move dx dy = x <- x + dx; y <- y + dy
  method show = Printf.sprintf "(%d,%d)" self#x self#y
  method private secret = 42
  method reveal = self#secret + x
end
class colored x y (c : string) = object
  inherit point x y as super
  method color = c
  method! show = c ^ super#show
end
class virtual shape name = object (self)
  method virtual area : float
  method describe = Printf.sprintf "%s %g" name self#area
end
class square s = object inherit shape "square" method area = s *. s end
class circle r = object inherit shape "circle" method area = 3. *. r *. r initializer print_string "[circle]" end
class ['a] stack = object
  val mutable items : 'a list = []
  method push x = items <- x :: items
  method pop = match items with [] -> failwith "empty" | x :: r -> items <- r; x
  method size = List.length items
end
class counter = object (self : 'self)
  val n = 0
  method get = n
  method incr = {< n = n + 1 >}
  method add k : 'self = if k = 0 then self else self#incr#add (k - 1)
end
class a = object method who = "a" method make_b = new b end
and b = object inherit a method! who = "b" end
class with_let n = let k = n * 2 in object val v = k + 1 method v = v method k = k end
class trace = object initializer print_string "<trace>" end
class traced = object inherit trace inherit counter initializer print_string "<traced>" end
let make_adder n = object method add m = n + m method twice m = m + n + n end
class type named = object method name : string end
let greet (o : #named) = "hello " ^ o#name
let poly = object method id : 'a. 'a -> 'a = fun x -> x end
let rec_obj = object (self) val mutable count = 0 method tick = count <- count + 1; if count < 3 then self#tick else count end
module type O = sig class c : int -> object method v : int end end
module M : O = struct class c n = object method v = n * n end end
class sub = object inherit M.c 7 method w = 1 end
let () =
  let pt = new point 1 2 in
  pt#move 3 4;
  p "%s %d" pt#show pt#reveal;
  let c = new colored 0 0 "red" in
  c#move 1 1;
  p "%s %s" c#show c#color;
  let points : point list = [ pt; (c :> point) ] in
  List.iter (fun q -> p "%s" q#show) points;
  List.iter (fun s -> p "%s" s#describe) [ (new square 2. :> shape); (new circle 1. :> shape) ];
  let s = new stack in
  s#push 1; s#push 2;
  p "%d %d %d" s#pop s#size s#pop;
  (try ignore s#pop with Failure m -> p "%s" m);
  let k = new counter in
  p "%d %d" (k#add 5)#get k#get;
  p "%s %s" (new a)#make_b#who (new a)#who;
  p "%d %d" (new with_let 5)#v (new with_let 6)#k;
  p "%d" (new traced)#incr#get;
  let o = make_adder 10 and o2 = make_adder 20 in
  p "%d %d %d" (o#add 1) (o2#add 1) (o#twice 3);
  p "%s" (greet (object method name = "world" method other = 3 end));
  p "%d %s" (poly#id 1) (poly#id "x");
  p "%d" rec_obj#tick;
  p "%d %d" (new M.c 5)#v (new sub)#v;
  p "%b %b" (pt = pt) ((new point 1 2) = (new point 1 2));
  let c2 = Oo.copy pt in
  c2#move 100 100;
  p "%s %s" pt#show c2#show;
  let objs = List.init 5 (fun i -> object method v = i * i end) in
  p "%d" (List.fold_left (fun acc o -> acc + o#v) 0 objs)
