let start () =
  let a = Mirage_crypto_rng.generate 16 and b = Mirage_crypto_rng.generate 16 in
  Printf.printf "%d %d %b\n" (String.length a) (String.length b) (a = b);
  let n = Randomconv.int ~bound:6 Mirage_crypto_rng.generate in
  Printf.printf "a die: %b\n" (n >= 0 && n < 6);
  Lwt.return_unit
