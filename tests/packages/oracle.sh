#!/usr/bin/env bash
# Makes the expectations of the drivers that name, on their first line, the packages of Debian to compare with.
set -e
cd "$(dirname "$0")"
for driver in *.ml; do
  packages=$(head -1 "$driver" | sed -n 's/.*oracle: \(.*\) \*)$/\1/p' | tr ' ' ',')
  [ -n "$packages" ] || continue
  work=$(mktemp -d)
  cp "$driver" "$work/driver.ml"
  (cd "$work" && ocamlfind ocamlopt -w -a -thread -package "$packages" -linkpkg driver.ml -o program)
  "$work/program" > "${driver%.ml}.expected" 2>/dev/null
  rm -r "$work"
done
