let n = 5_000_000
let () = let c = ref 0 in
 for _ = 1 to 5 do
  let a = Bytes.make (n+1) '\001' in
  c := 0;
  for i = 2 to n do
    if Bytes.get a i = '\001' then begin incr c; let j = ref (i*i) in while !j <= n do Bytes.set a !j '\000'; j := !j + i done end
  done done; Printf.printf "%d\n" !c
