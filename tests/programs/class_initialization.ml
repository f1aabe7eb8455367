(* order of initialisation with multiple inheritance *)
let p s = print_string s; print_char ' '
class a n = object (self) val v = (p ("a.val" ^ string_of_int n); n) method v = v method who = "a" initializer p ("a.init:" ^ self#who) end
class b n = let () = p "b.let" in object (self) inherit a (p "b.arg"; n + 1) as super val w = (p "b.val"; n) method w = w method! who = "b<" ^ super#who initializer p ("b.init:" ^ self#who) end

class m = object val mutable log : string list = (p "m.val"; []) method log x = log <- x :: log method logged = List.rev log initializer p "m.init" end
class c n = object (self) inherit b (n * 2) as b inherit m as m method! who = "c<" ^ b#who method! log x = m#log ("[" ^ x ^ "]") initializer p "c.init"; self#log "made" end
let () =
  let o = new c 5 in print_newline ();
  o#log "x"; Printf.printf "%d %d %s %s\n" o#v o#w o#who (String.concat "," o#logged);
  let o2 = Oo.copy o in o2#log "y";
  Printf.printf "%s | %s %b\n" (String.concat "," o#logged) (String.concat "," o2#logged) (Oo.id o < Oo.id o2)
