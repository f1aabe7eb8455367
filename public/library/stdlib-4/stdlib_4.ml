module Stream = Stdlib_4_stream
module Genlex = Stdlib_4_genlex
module Pervasives = Stdlib

module Stdlib = struct
  include Stdlib
  module Stream = Stdlib_4_stream
  module Genlex = Stdlib_4_genlex
  module Pervasives = Stdlib
end
