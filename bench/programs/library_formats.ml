(* Formatted text. *)
let () =
  let total = ref 0 in
  for i = 0 to 299_999 do
    total := !total + String.length (Printf.sprintf "%d %s %5d|%-8s|%c" i "text" (i land 1023) "ab" 'x')
  done;
  for i = 0 to 99_999 do
    total := !total + String.length (Printf.sprintf "%.3f %g %x %Ld" (float_of_int i /. 7.) (float_of_int i) i (Int64.of_int i))
  done;
  for i = 0 to 499_999 do
    total := !total + String.length (string_of_int i)
  done;
  Printf.printf "%d\n" !total
