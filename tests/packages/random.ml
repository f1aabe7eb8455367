(* Generators with known seeds; Fortuna's stream is that of OpenSSL's AES-256-CTR, keys and hashes as its definition has them. *)
open Lwt.Infix

let hex = Eqaf.hex_of_string

let raises f = match f () with _ -> print_endline "fine" | exception e -> print_endline (Printexc.to_string e)

let () =
  let g = Mirage_crypto_rng.create ~seed:"abc" (module Mirage_crypto_rng.Fortuna) in
  print_endline (hex (Mirage_crypto_rng.generate ~g 40));
  print_endline (hex (Mirage_crypto_rng.generate ~g 5));
  raises (fun () -> Mirage_crypto_rng.generate 3);
  raises (fun () -> Mirage_crypto_rng.generate ~g:(Mirage_crypto_rng.create (module Mirage_crypto_rng.Fortuna)) 3);
  raises (fun () -> Mirage_crypto_rng.generate_into ~g (Bytes.create 4) ~off:2 3)

(* Entropy in pool 0 makes the generator reseed itself: the same draws differ from those without. *)
let () =
  let fresh () = Mirage_crypto_rng.create ~seed:"abc" (module Mirage_crypto_rng.Fortuna) in
  let a = fresh () and b = fresh () in
  let (`Acc give) = Mirage_crypto_rng.accumulate (Some a) (Mirage_crypto_rng.Entropy.register_source "test") in
  print_endline (string_of_bool (Mirage_crypto_rng.generate ~g:a 16 = Mirage_crypto_rng.generate ~g:b 16));
  for i = 1 to 64 do give (String.make 40 (Char.chr i)) done;
  print_endline (string_of_bool (Mirage_crypto_rng.generate ~g:a 16 = Mirage_crypto_rng.generate ~g:b 16))

let () =
  Morgana_os.Main.run
    ( Mirage_crypto_rng_mirage.initialize (module Mirage_crypto_rng.Fortuna) >>= fun () ->
      let a = Mirage_crypto_rng.generate 16 and b = Mirage_crypto_rng.generate 16 in
      Printf.printf "%b %d %b\n" (a <> b) (String.length a) (Mirage_crypto_rng.seeded None);
      print_endline (string_of_int (Randomconv.int ~bound:1 Mirage_crypto_rng.generate));
      Lwt.catch (fun () -> Mirage_crypto_rng_mirage.initialize (module Mirage_crypto_rng.Fortuna)) (fun e -> print_endline (Printexc.to_string e); Lwt.return_unit) )
