(** A lexical analyser of general use (OCaml 4's [Genlex]). *)

type token = Kwd of string | Ident of string | Int of int | Float of float | String of string | Char of char

val make_lexer : string list -> char Stdlib_4_stream.t -> token Stdlib_4_stream.t
(** [make_lexer keywords]: the tokens of a text. A word that is one of [keywords] is [Kwd], another one an [Ident]; another character must
    be a keyword. Blanks and nested comments between [(*] and [*)] are left out. @raise Stdlib_4_stream.Error for what is no token. *)
