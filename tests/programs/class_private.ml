(* private methods redefined in subclasses, hidden by class types, virtual private *)
class virtual template = object (self) method private virtual step1 : string method private step2 = "default2" method run = self#step1 ^ "/" ^ self#step2 end
class a = object inherit template method private step1 = "a1" end
class b = object inherit a method! private step2 = "b2" end
class c = object (self) inherit b as super method! private step1 = self#run_count ^ "c1" method private run_count = "0" end
class d : object method run : string end = object inherit c method! private step2 = "d2" end
class e = object inherit d method private step2 = 5 method get = 5 end
let () = List.iter (fun o -> print_endline o#run) [(new a :> < run : string >); (new b :> < run : string >); (new c :> < run : string >); (new d :> < run : string >)]; Printf.printf "%s %d\n" (new e)#run (new e)#get
