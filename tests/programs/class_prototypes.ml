(* self type through containers, clone, prototype pattern, Oo.copy with subclass *)
class virtual prototype = object (self : 'a) val mutable tags : string list = [] method virtual describe : string method clone : 'a = Oo.copy self method tag t = tags <- t :: tags; self method tags = List.rev tags end
class monster hp = object inherit prototype val mutable hp = hp method hit n = hp <- hp - n method describe = Printf.sprintf "monster %d" hp end
class boss hp title = object inherit monster hp as super val title = title method! describe = title ^ " " ^ super#describe method rename t = {< title = t >} end
let () =
  let b = (new boss 100 "Lich")#tag "undead" in
  let c = b#clone#tag "clone" in
  c#hit 30; b#hit 1;
  let d = c#rename "Shade" in d#hit 1;
  List.iter (fun o -> Printf.printf "%s [%s]\n" o#describe (String.concat "," o#tags)) [b; c; d];
  Printf.printf "%b %b\n" (Oo.id b = Oo.id c) (b = b)
