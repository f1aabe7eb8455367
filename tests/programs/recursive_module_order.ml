(* Recursive modules that are not safe are evaluated after those of them that they mention. *)
let log name = print_endline name

module rec A : sig val x : int end = struct let () = log "A" let x = B.y + 1 end
and B : sig val y : int end = struct let () = log "B" let y = 3 end
and C : sig val f : int -> int val l : int Lazy.t end = struct let () = log "C" let f x = x + 1 + A.x let l = lazy (D.d + 1) end
and D : sig val d : int exception E of int end = struct let () = log "D" let d = B.y exception E of int end
and F : functor (X : sig val z : int end) -> sig val w : int end = functor (X : sig val z : int end) -> struct let w = X.z + A.x end

let () =
  let module M = F (struct let z = 1 end) in
  Printf.printf "%d %d %d %d\n" A.x (C.f 1) (Lazy.force C.l) M.w

(* A function of a safe module is not there before its time; where its module's body stands is told. *)
let () =
  try
    let module M = struct
      module rec P : sig val v : int end = struct let () = log "P" let v = Q.w + 1 end
      and Q : sig val w : int end = struct let () = log "Q" let w = R.f 1 end
      and R : sig val f : int -> int end = struct let () = log "R" let f x = x + 1 end
    end in
    print_int M.P.v
  with Undefined_recursive_module (file, line, column) -> Printf.printf "%s %d %d\n" file line column
