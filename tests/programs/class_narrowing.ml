(* narrowing: the same private names in unrelated parents do not meet *)
class a : object method run_a : string end = object (self)
  val name = "a" method private helper = "ha:" ^ name method run_a = self#helper
end
class b : object method run_b : string end = object (self)
  val name = "b" method private helper = "hb:" ^ name method run_b = self#helper
end
class c = object (self)
  inherit a inherit b
  val name = "c" method private helper = "hc:" ^ name method run_c = self#helper
end
class type hidden = object method m : int end
class d = object method m = 1 method private n = 2 end
class e = (d : hidden)
class f = object inherit (d : hidden) method n = 30 end
class g = object (self) inherit d method sum = self#m + self#n end
class virtual h = object (self) method virtual k : int method twice = 2 * self#k end
class i = object inherit (object method k = 21 end) inherit h end
let () =
  let o = new c in print_endline (o#run_a ^ " " ^ o#run_b ^ " " ^ o#run_c);
  Printf.printf "%d %d %d %d\n" (new e)#m (new f)#n (new f)#m (new g)#sum;
  Printf.printf "%d\n" (new i)#twice
