(* Declarative command lines: the public face of the modules beside this one. *)

module Manpage = Cmdliner_manpage
module Term = Cmdliner_term
module Cmd = Cmdliner_cmd
module Arg = Cmdliner_arg
