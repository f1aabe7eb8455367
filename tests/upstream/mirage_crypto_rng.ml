(* packages: mirage-crypto-rng.unix *)
(* Random numbers from the system: how many there are, and that they are not the same twice. *)
let () =
  Mirage_crypto_rng_unix.initialize ();
  let a = Mirage_crypto_rng.generate 32 and b = Mirage_crypto_rng.generate 32 in
  Printf.printf "%d %d %b\n" (Cstruct.length a) (Cstruct.length b) (Cstruct.equal a b);
  let c = Mirage_crypto_rng_unix.getrandom 5000 in
  Printf.printf "%d %b\n" (Cstruct.length c) (Cstruct.equal (Cstruct.sub c 0 2500) (Cstruct.sub c 2500 2500));
  List.iter (fun s -> Format.printf "%a@." Mirage_crypto_rng.Entropy.pp_source s) (Mirage_crypto_rng.Entropy.sources ());
  match Mirage_crypto_rng.Entropy.cpu_rng_bootstrap with
  | Ok bootstrap -> Printf.printf "%d\n" (Cstruct.length (bootstrap 3))
  | Error `Not_supported -> print_endline "no generator in the processor"
