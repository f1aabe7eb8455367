(* Inline records: mutable fields are read only when the constructor is known to be theirs. *)
type 'a cell = Nil | Cons of { key : 'a; mutable data : int; mutable next : 'a cell } | Pair of { mutable left : int; right : string }
let rec find k = function
  | Nil -> None
  | Cons { key; data; next } -> if key = k then Some data else find k next
  | Pair { left; right } -> Some (left + String.length right)
let rec total = function
  | Nil -> 0
  | Cons ({ data; _ } as c) -> data + total c.next
  | Pair p -> p.left
let classify = function
  | Nil -> "nil"
  | Cons ({ data = 1; _ } | { data = 2; next = Nil; _ }) -> "small"
  | Cons { data = d; next = Cons { data = e; _ }; _ } when d = e -> "equal"
  | Cons _ -> "cons"
  | Pair { right = "r"; _ } -> "r"
  | Pair { left = 0; right } -> "zero " ^ right
  | Pair _ -> "pair"
let bump = function Cons c -> c.data <- c.data + 10; c.next <- Nil | Pair p -> p.left <- 7 | Nil -> ()
exception Bad of { code : int; mutable note : string }
type t = Only of { mutable x : int; y : float }
type ext = ..
type ext += E of { a : int; b : int } | F
let show_ext = function E { a; b } -> a * b | F -> 0 | _ -> -1
let () =
  let l = Cons { key = "a"; data = 1; next = Cons { key = "b"; data = 2; next = Nil } } in
  let show = function None -> "none" | Some n -> string_of_int n in
  List.iter (fun k -> print_endline (show (find k l))) [ "a"; "b"; "c" ];
  print_endline (show (find "x" (Pair { left = 4; right = "abc" })));
  Printf.printf "%d %d\n" (total l) (total (Pair { left = 3; right = "" }));
  List.iter (fun c -> print_endline (classify c))
    [ Nil; l; Cons { key = "k"; data = 2; next = Nil }; Cons { key = "k"; data = 2; next = l };
      Cons { key = "k"; data = 5; next = Cons { key = ""; data = 5; next = Nil } };
      Pair { left = 1; right = "r" }; Pair { left = 0; right = "q" }; Pair { left = 1; right = "q" } ];
  bump l;
  Printf.printf "%d\n" (total l);
  (try raise (Bad { code = 3; note = "n" }) with Bad ({ code = 3; _ } as b) -> b.note <- b.note ^ "!"; print_endline b.note | Bad { note; _ } -> print_endline note);
  let (Only { x; y }) = Only { x = 3; y = 1.5 } in
  Printf.printf "%d %g\n" x y;
  let (Only r) = Only { x = 3; y = 1.5 } in
  r.x <- 9;
  Printf.printf "%d\n" r.x;
  Printf.printf "%d %d\n" (show_ext (E { a = 6; b = 7 })) (show_ext F)
