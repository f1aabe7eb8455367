#!/bin/sh
# Makes NAME.expected for each program given (default: all) with the real OCaml: what it prints on standard output,
# then the exit code. Programs that need a newer OCaml than the installed one carry their expectation by hand.
set -u
cd "$(dirname "$0")" || exit 1
here=$PWD
[ $# -gt 0 ] || set -- *.ml
for source in "$@"; do
  name=$(basename "$source" .ml)
  grep -q '^(\* needs OCaml 5' "$source" && continue
  work=$(mktemp -d)
  cp "$source" "$work/"
  (cd "$work" && ocamlfind ocamlopt -g -w -a -thread -package unix,str,threads.posix,lwt.unix,duration,ptime,hex -linkpkg "$name.ml" -o program >compiler.log 2>&1) || { echo "$name does not compile"; cat "$work/compiler.log"; rm -rf "$work"; continue; }
  (cd "$work" && ./program >output 2>errors </dev/null; echo "exit $?" >>output)
  cp "$work/output" "$here/$name.expected"
  if head -1 "$source" | grep -q '^(\* .*errors:'; then (cd "$work" && OCAMLRUNPARAM=b ./program 2>"$here/$name.errors" >/dev/null </dev/null); fi
  rm -rf "$work"
done
