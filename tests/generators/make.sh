#!/usr/bin/env bash
# Makes the sources of a program in a folder: `make.sh yacc|menhir|incremental FOLDER`, with the generators that are installed.
set -e
cd "$(dirname "$0")"
cp ast.ml "$2/"
cp lexer.mll "$2/lexer.mll"
case $1 in
  yacc) cp yacc.mly "$2/parser.mly"; cp main.ml "$2/main.ml" ;;
  menhir) cp menhir.mly "$2/parser.mly"; cp main.ml "$2/main.ml" ;;
  incremental) cp menhir.mly "$2/parser.mly"; cp incremental.ml "$2/main.ml" ;;
esac
cd "$2"
ocamllex -q lexer.mll
case $1 in
  yacc) ocamlyacc parser.mly ;;
  *)
    ocamlfind ocamlc -c ast.ml
    if [ "$1" = menhir ]; then menhir --infer parser.mly; else menhir --infer --table --inspection parser.mly; fi
    ;;
esac
