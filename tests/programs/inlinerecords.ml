(* Mutable fields of inline records are read after the constructor's test. *)
type bucket = Empty | Cons of { mutable key : int; mutable data : string; mutable next : bucket }

let rec keys acc = function Empty -> List.rev acc | Cons { key; next } -> keys (key :: acc) next

let rec replace k d = function
  | Empty -> false
  | Cons ({ key; next } as cell) ->
      if key = k then begin
        cell.data <- d;
        true
      end
      else replace k d next

let rec show = function Empty -> "" | Cons { key; data; next } -> Printf.sprintf "%d=%s;%s" key data (show next)

type shape = Circle of { mutable radius : float } | Square of { mutable side : float; name : string } | Point

let area = function Circle { radius } -> 3. *. radius *. radius | Square { side; name = "big" } -> 100. *. side | Square { side } -> side *. side | Point -> 0.

exception E of { mutable count : int }

let () =
  let b = Cons { key = 1; data = "a"; next = Cons { key = 2; data = "b"; next = Empty } } in
  List.iter (Printf.printf "%d ") (keys [] b);
  Printf.printf "%b %b %s\n" (replace 2 "c" b) (replace 3 "d" b) (show b);
  List.iter (fun s -> Printf.printf "%g " (area s)) [ Circle { radius = 2. }; Square { side = 3.; name = "big" }; Square { side = 3.; name = "" }; Point ];
  print_newline ();
  try raise (E { count = 3 }) with
  | E { count = 2 } -> print_endline "two"
  | E r ->
      r.count <- r.count + 1;
      Printf.printf "%d\n" r.count
