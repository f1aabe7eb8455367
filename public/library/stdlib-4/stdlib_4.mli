(** What OCaml's standard library had before version 5 and has no more: the sources of libraries that were made for OCaml 4 are
    compiled with this module opened (OCaml 5.0's changes, "Standard library"). *)

module Stream = Stdlib_4_stream
module Genlex = Stdlib_4_genlex
module Pervasives = Stdlib

(** The standard library with these modules. *)
module Stdlib : sig
  include module type of struct
    include Stdlib
  end

  external ( & ) : bool -> bool -> bool = "%sequand"
  external ( or ) : bool -> bool -> bool = "%sequor"

  module Stream = Stdlib_4_stream
  module Genlex = Stdlib_4_genlex
  module Pervasives = Stdlib
end
