(* deep inheritance chains and super calls; method cache behaviour with many classes at one call *)
class c0 = object method f x = x + 1 method name = "c0" end
class c1 = object inherit c0 as s method! f x = s#f x * 2 method! name = "c1" ^ s#name end
class c2 = object inherit c1 as s method! f x = s#f x + 3 method! name = "c2" ^ s#name end
class c3 = object inherit c2 as s method! f x = s#f (x - 1) method extra = "e" end
class c4 = object (self) inherit c3 as s method! f x = if x > 10 then s#f x else self#f (x + 5) method! name = s#name ^ self#extra end
let all = [new c0; (new c1 :> c0); (new c2 :> c0); (new c3 :> c0); (new c4 :> c0)]
let () =
  List.iter (fun o -> Printf.printf "%s %d %d\n" o#name (o#f 1) (o#f 100)) all;
  let total = ref 0 in
  for i = 1 to 300 do List.iter (fun o -> total := !total + o#f i) all done;
  Printf.printf "%d\n" !total
