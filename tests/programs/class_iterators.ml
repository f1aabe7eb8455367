(* polymorphic methods, class types as interfaces, explicit coercions in containers *)
class type ['a] iterator = object method next : 'a option method reset : unit end
class ['a] list_iterator (l : 'a list) : ['a] iterator = object
  val mutable rest = l
  method next = match rest with [] -> None | x :: r -> rest <- r; Some x
  method reset = rest <- l
end
class range lo hi = object (self)
  val mutable i = lo
  method next = if i > hi then None else (i <- i + 1; Some (i - 1))
  method reset = i <- lo
  method sum = let rec go acc = match self#next with None -> acc | Some x -> go (acc + x) in self#reset; go 0
end
class ['a, 'b] map (f : 'a -> 'b) (it : 'a iterator) = object
  method next = match it#next with None -> None | Some x -> Some (f x)
  method reset = it#reset
end
class ['a] filter p (it : 'a iterator) = object (self)
  method next : 'a option = match it#next with Some x when not (p x) -> self#next | r -> r
  method reset = it#reset
end
let to_list (it : 'a #iterator) = let rec go acc = match it#next with None -> List.rev acc | Some x -> go (x :: acc) in go []
let () =
  let r = new range 1 10 in
  let evens = new filter (fun x -> x mod 2 = 0) (r :> int iterator) in
  let s = new map string_of_int (evens :> int iterator) in
  print_endline (String.concat "," (to_list s));
  s#reset; print_int (List.length (to_list evens)); print_newline ();
  Printf.printf "%d\n" r#sum;
  let its : int iterator list = [new list_iterator [1; 2]; (new range 5 6 :> int iterator); (evens :> int iterator)] in
  List.iter (fun i -> i#reset; print_string (String.concat " " (List.map string_of_int (to_list i)) ^ "; ")) its; print_newline ()
