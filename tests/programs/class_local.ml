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
