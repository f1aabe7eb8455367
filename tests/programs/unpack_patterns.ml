(* First-class modules unpacked by patterns, everywhere a pattern may stand. *)
module type S = sig val name : string val f : int -> int end
module type T = sig type t val v : t val show : t -> string module In : S end
module Make (X : sig val n : int end) = struct let name = "m" ^ string_of_int X.n let f x = x + X.n end
module A = Make (struct let n = 1 end)
module B = Make (struct let n = 2 end)
let all (module D : S) s = print_endline (D.name ^ s ^ string_of_int (D.f 10))
let two (module D : S) (module E : S) = D.f (E.f 0)
let labelled ~(m : (module S)) = let (module M) = m in M.name
let pair ((module D : S), k) = D.f k
let option = function Some (module D : S) -> D.name | None -> "none"
let guard = function (module D : S) when D.f 0 > 1 -> "big " ^ D.name | (module D : S) -> "small " ^ D.name
let nested (module M : T) = M.show M.v ^ M.In.name
let attempt f = match f () with (module D : S) -> D.name | exception Not_found -> "not found"
let either x = match x with Ok (module D : S) | Error (module D : S) -> D.f 100
let closure (module D : S) = fun x -> D.f x
type box = { m : (module S); k : int }
let record { m = (module D : S); k } = D.f k
let () =
  all (module A) "a"; all (module B) "b";
  Printf.printf "%d\n" (two (module A) (module B));
  print_endline (labelled ~m:(module A));
  Printf.printf "%d\n" (pair ((module B), 40));
  print_endline (option (Some (module A))); print_endline (option None);
  print_endline (guard (module A)); print_endline (guard (module B));
  print_endline (nested (module struct type t = int let v = 3 let show = string_of_int module In = A end));
  print_endline (attempt (fun () -> raise Not_found)); print_endline (attempt (fun () -> (module B)));
  Printf.printf "%d %d\n" (either (Ok (module A))) (either (Error (module B)));
  Printf.printf "%d\n" (List.fold_left (fun a f -> f a) 0 [ closure (module A); closure (module B) ]);
  Printf.printf "%d\n" (record { m = (module B); k = 5 });
  let l = [ (module A : S); (module B) ] in
  List.iter (fun (module D : S) -> print_endline D.name) l;
  let (module X), y = ((module A : S), 3) in
  Printf.printf "%s %d\n" X.name (X.f y)
