module type SCALE = sig
  type t

  val next : t -> int
end

module First (C : Counter.S) (S : SCALE) = struct
  let start c s =
    Printf.printf "first: %s %d %d\n" (C.name c) (C.next c) (S.next s);
    Lwt.return_unit
end

module Second (C : Counter.S) = struct
  let start c () =
    Printf.printf "second: %s %d\n" (C.name c) (C.next c);
    Lwt.return_unit
end
