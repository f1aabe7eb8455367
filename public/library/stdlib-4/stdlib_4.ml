module Stream = Stdlib_4_stream
module Genlex = Stdlib_4_genlex
module Pervasives = Stdlib

module Stdlib = struct
  include Stdlib

  external ( & ) : bool -> bool -> bool = "%sequand"
  external ( or ) : bool -> bool -> bool = "%sequor"

  module Stream = Stdlib_4_stream
  module Genlex = Stdlib_4_genlex
  module Pervasives = Stdlib
end
