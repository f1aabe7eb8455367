#!/usr/bin/env bash
# Makes the expectations of the drivers (default: all) with the real compiler and the packages that their first lines name.
# Interfaces of Coq ask for -rectypes; it changes nothing for the others.
set -e
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- *.ml
for driver in "$@"; do
  packages=$(sed -n '1s/^(\* packages: \(.*\) \*)$/\1/p' "$driver" | tr ' ' ',')
  work=$(mktemp -d)
  cp "$driver" "$work/driver.ml"
  (cd "$work" && ocamlfind ocamlopt -w -a -rectypes -thread -package "$packages" -linkpkg driver.ml -o program)
  (cd "$work" && status=0 && { ./program 2>&1 || status=$?; } && echo "exit $status") > "${driver%.ml}.expected"
  rm -r "$work"
done
