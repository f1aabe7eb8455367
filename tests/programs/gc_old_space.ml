(* Structures in the old space that change while it is marked and swept: large arrays, hash tables, strings, closures. *)
let arrays () =
  let a = ref (Array.make 300 []) in
  for i = 1 to 6_000 do
    if i mod 500 = 0 then begin
      let b = Array.make (Array.length !a + 15) [] in
      Array.blit !a 0 b 0 (Array.length !a);
      a := b
    end;
    let n = i * 7919 mod Array.length !a in
    !a.(n) <- (if i land 63 = 0 then [ i ] else i :: !a.(n))
  done;
  Array.fold_left (fun s l -> s + List.length l) 0 !a

let tables () =
  let h = Hashtbl.create 16 in
  for i = 1 to 2_000 do
    Hashtbl.replace h (i * 7919 land 0xffff) (string_of_int i)
  done;
  let wrong = ref 0 in
  for i = 1 to 2_000 do
    if Hashtbl.find h (i * 7919 land 0xffff) <> string_of_int i then incr wrong
  done;
  (Hashtbl.length h, !wrong)

let closures () =
  let fs = Array.init 400 (fun i -> ref (fun x -> x + i)) in
  for round = 1 to 5 do
    Array.iteri (fun i f -> let g = !f in f := fun x -> g x + (i * round)) fs
  done;
  Array.fold_left (fun s f -> s + !f 1) 0 fs

let strings () =
  let b = Buffer.create 10 in
  for i = 1 to 1_000 do
    Buffer.add_string b (String.make (i mod 17) 'x');
    Buffer.add_string b (string_of_int i)
  done;
  let s = Buffer.contents b in
  (String.length s, Hashtbl.hash s)

let floats () =
  let m = Array.init 20 (fun i -> Array.init 20 (fun j -> float_of_int ((i * j) + 1))) in
  let r = Array.make_matrix 20 20 0. in
  for i = 0 to 19 do
    for j = 0 to 19 do
      for k = 0 to 19 do
        r.(i).(j) <- r.(i).(j) +. (m.(i).(k) *. m.(k).(j))
      done
    done
  done;
  r.(7).(9)

let () =
  Printf.printf "%d\n" (arrays ());
  let length, wrong = tables () in
  Printf.printf "%d %d\n" length wrong;
  Printf.printf "%d\n" (closures ());
  let length, hash = strings () in
  Printf.printf "%d %d\n" length hash;
  Printf.printf "%g\n" (floats ())
