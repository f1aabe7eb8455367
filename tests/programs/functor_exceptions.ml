(* Exceptions declared in functors are printed with the functor's path and its parameters' names, whatever its results are called. *)
module type S = sig end
module E = struct end

module One (X : S) = struct
  exception Stop of int
  module Inner = struct exception Deep end
  module Nested (Z : S) = struct exception Far end
end

module Two (X : S) (Y : S) = struct exception Both of string end
module Unit () = struct exception Alone end
module Anonymous (_ : S) = struct exception Hidden end

module A = One (E)
module B = One (struct end)
module N = A.Nested (E)
module T = Two (E) (E)
module Partial = Two (E)
module P = Partial (struct end)
module U = Unit ()
module H = Anonymous (E)

module Wrapped (X : S) : sig exception Stop of int end = struct
  include One (X)
  exception Own
  let () = print_endline (Printexc.to_string Own)
end

module W = Wrapped (E)

let () =
  List.iter
    (fun e -> print_endline (Printexc.to_string e))
    [ A.Stop 1; B.Stop 2; A.Inner.Deep; N.Far; T.Both "t"; P.Both "p"; U.Alone; H.Hidden; W.Stop 3 ];
  let module L = One (E) in
  print_endline (Printexc.to_string (L.Stop 4));
  let module M = struct exception Local end in
  print_endline (Printexc.to_string M.Local);
  raise (B.Stop 5)
