type t = { name : string; mutable n : int }

let create name =
  Printf.printf "connect %s\n" name;
  { name; n = 0 }

let next t =
  t.n <- t.n + 1;
  t.n

let name t = t.name
let factor = Cmdliner.Arg.(value & opt int 10 & info [ "factor" ] ~doc:"The factor.")

module type S = sig
  type nonrec t = t

  val next : t -> int
  val name : t -> string
end

module Scale (C : S) = struct
  type t = { counter : C.t; factor : int }

  let connect ~factor counter =
    print_endline "connect scale";
    Lwt.return { counter; factor }

  let next t = t.factor * C.next t.counter
end
