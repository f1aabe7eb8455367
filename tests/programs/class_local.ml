(* local classes through let module; objects capture local variables *)
let make n =
  let module M = struct
    class c k = object (self) val mutable total = n method add x = total <- total + x * k; self method total = total end
    class d = object inherit c 3 as super method! total = - super#total end
  end in
  ((new M.c 2)#add 5)#total, ((new M.d)#add 5)#total
let rec objs n = if n = 0 then [] else (object method n = n method next = objs (n - 1) end) :: objs (n - 1)
let () =
  let a, b = make 1 in let c, d = make 100 in
  Printf.printf "%d %d %d %d\n" a b c d;
  let l = objs 4 in
  Printf.printf "%d %d\n" (List.length l) (List.fold_left (fun s o -> s + o#n * List.length o#next) 0 l);
  let f x y = object method sum = x + y method diff = x - y method both = let s = x + y in fun z -> s + z end in
  let o = f 5 3 in Printf.printf "%d %d %d\n" o#sum o#diff (o#both 1)

(* Definitions at the beginning of a class are evaluated with it, once; behind a parameter, a type or an open, with each object. *)
module Beginnings = struct
  let p = Printf.printf
  module M = struct let z = 1 end

  class once = let c = ref 0 in let next () = incr c; !c in object val id = next () method id = id end
  class read = let c = ref 0 in object method id = incr c; !c end
  class before_parameter = let c = ref 0 in fun k -> let d = ref 0 in object val id = (incr c; incr d; (10 * !c) + !d + k) method id = id end
  class after_parameter k = let c = ref 0 in object val id = (incr c; !c + k) method id = id end
  class typed : object method id : int end = let c = ref 0 in object val id = (incr c; !c) method id = id end
  class opened = let c = ref M.z in let open M in let d = ref 0 in object val id = (incr c; incr d; (10 * !c) + !d) method id = id end
  class ['a] kept = let c = ref 0 in let next () = incr c; !c in object val mutable l : 'a list = [] val id = next () method id = id method add x = l <- x :: l end
  class heir = let c = ref 100 in object inherit once as super val own = (incr c; !c) method! id = super#id + own end
  class pair = let (a, b) = (ref 0, ref 5) in let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1) in object method id = incr a; decr b; if even !a then !b else - !b end
  class not_made = let () = p "evaluated with the class\n" in object end

  let twice name make = let a = make () in let b = make () in p "%s %d %d\n" name a b

  let () =
    twice "once" (fun () -> (new once)#id);
    twice "read" (fun () -> (new read)#id);
    twice "before a parameter" (fun () -> (new before_parameter 0)#id);
    twice "after a parameter" (fun () -> (new after_parameter 0)#id);
    twice "typed" (fun () -> (new typed)#id);
    twice "opened" (fun () -> (new opened)#id);
    twice "kept" (fun () -> (new kept : int kept)#id);
    twice "heir" (fun () -> (new heir)#id);
    twice "pair" (fun () -> (new pair)#id);
    let local k =
      let module L = struct
        class once = let c = ref k in let next () = incr c; !c in object val id = next () method id = id method step = next () end
      end in
      twice "local" (fun () -> (new L.once)#id);
      twice "local, later" (fun () -> (new L.once)#step)
    in
    local 10;
    local 20
end
