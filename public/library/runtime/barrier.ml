(* The write barrier's slow part (ARCHITECTURE.md, section 7.5). *)
[@@@runtime]

open Raw

let write_barrier slot old_value new_value =
  if Block.is_block new_value && Young.contains new_value then begin
    if not (Block.is_block old_value && Young.contains old_value) then begin
      Growable.push Young.remembered slot;
      if Growable.lost Young.remembered then Fatal.stop "out of memory for the remembered set"
    end
  end;
  if load (symbol "gc_marking") <> 0n then Major.darken old_value;
  0n
[@@export "morgana_write_barrier"]
