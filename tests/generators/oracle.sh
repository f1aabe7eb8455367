#!/usr/bin/env bash
# Makes the expectations with the real compiler.
set -e
cd "$(dirname "$0")"
for kind in yacc menhir incremental; do
  work=$(mktemp -d)
  ./make.sh "$kind" "$work"
  (cd "$work" && ocamlfind ocamlopt -w -a -package menhirLib -linkpkg ast.ml parser.mli parser.ml lexer.ml main.ml -o program && ./program) > "$kind.expected"
  rm -r "$work"
done
work=$(mktemp -d)
cp places.mll "$work"
(cd "$work" && ocamllex -q places.mll && ocamlfind ocamlopt -w -a places.ml -o program && ./program) > places.expected
rm -r "$work"
