(* Slots of weak blocks. In the dialect, where nothing allocates while addresses are at hand. *)
[@@@runtime]

open Raw

(** A store: old to young pointers are remembered as everywhere. *)
let set slot word =
  let before = load slot in
  store slot word;
  if Block.is_block word && Young.contains word then ignore (Barrier.write_barrier slot (if before = 0n then 1n else before) word)

(** What is read is reachable again. *)
let get slot =
  let word = load slot in
  if word <> 0n && load (symbol "gc_marking") <> 0n then Major.darken word;
  word
