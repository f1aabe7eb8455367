(* One send that meets objects whose tables have the method in other places, in longer and in shorter tables. *)
class a = object method name = "a" method value = 1 end
class b = object method aaa = 0 method name = "b" method value = 2 method zzz = 3 end
class c = object (self) method m1 = 1 method m2 = 2 method m3 = 3 method m4 = 4 method m5 = 5 method m6 = 6 method value = 3 method name = "c" ^ string_of_int self#m3 end
class d = object inherit c as super method! name = "d" ^ super#name method m7 = 7 end

let objects : < name : string ; value : int > list =
  [
    new a;
    (new b :> < name : string ; value : int >);
    (new c :> < name : string ; value : int >);
    (new d :> < name : string ; value : int >);
    object method name = "immediate" method value = 5 end;
    object method value = 6 method private hidden = 0 method name = "with a private method" end;
  ]

let rec permutations = function
  | [] -> [ [] ]
  | list -> List.concat_map (fun x -> List.map (List.cons x) (permutations (List.filter (( != ) x) list))) list

let () =
  let total = ref 0 and names = Buffer.create 100 in
  List.iter
    (fun order ->
      List.iter
        (fun o ->
          total := (!total * 7) + o#value;
          total := !total mod 1_000_003;
          if !total land 63 = 0 then Buffer.add_string names (o#name ^ " "))
        order)
    (permutations objects);
  Printf.printf "%d %s\n" !total (Buffer.contents names);
  List.iter (fun o -> Printf.printf "%s %d\n" o#name o#value) (List.rev objects @ objects);
  (* The only method, after a table in which it stood far behind. *)
  let last = object method m6 = "m6" end in
  let c = new c in
  Printf.printf "%d %s %d %s\n" c#m6 last#m6 c#m6 (Oo.copy last)#m6
