(* needs OCaml 5: corrupt messages never crash the reader *)
let () =
  let rnd = Random.State.make [|9|] in
  let r n = Random.State.int rnd n in
  let ba = Bigarray.Array2.init Bigarray.int32 Bigarray.c_layout 3 4 (fun i j -> Int32.of_int (i * j)) in
  let v = Marshal.to_bytes ([1;2;3], "abc", [|1.5;2.5|], Some (3l, 4L, 5n), Array.init 20 string_of_int, ba, Array.init 300 Fun.id, `X 3) [] in
  let ok = ref 0 and bad = ref 0 in
  for _ = 1 to 3000 do
    let b = Bytes.copy v in
    for _ = 0 to r 4 do Bytes.set b (16 + r (Bytes.length b - 16)) (Char.chr (r 256)) done;
    match (Marshal.from_bytes b 0 : Obj.t) with
    | v -> incr ok; ignore (Hashtbl.hash v)
    | exception (Failure _ | Invalid_argument _ | Out_of_memory | Division_by_zero) -> incr bad
  done;
  Printf.printf "%d\n" (!ok + !bad); Gc.full_major ()
