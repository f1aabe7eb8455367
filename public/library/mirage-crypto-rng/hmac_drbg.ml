(* The deterministic generator made of HMAC (NIST SP 800-90A, 10.1.2). *)

module Make (H : Digestif.S) = struct
  type g = { mutable k : string; mutable v : string; mutable seeded : bool }

  let block = H.digest_size
  let pools = 0
  let create ?time:_ () = { k = String.make block '\000'; v = String.make block '\001'; seeded = false }
  let hmac key parts = H.to_raw_string (H.hmacv_string ~key parts)
  let seeded ~g = g.seeded

  let update g data =
    g.k <- hmac g.k [ g.v; "\000"; data ];
    g.v <- hmac g.k [ g.v ];
    if data <> "" then begin
      g.k <- hmac g.k [ g.v; "\001"; data ];
      g.v <- hmac g.k [ g.v ]
    end

  let reseed ~g data =
    update g data;
    g.seeded <- true

  let generate_into ~g b ~off n =
    if not g.seeded then raise Rng.Unseeded_generator;
    let rec go off n =
      if n > 0 then begin
        g.v <- hmac g.k [ g.v ];
        let part = min n block in
        Bytes.blit_string g.v 0 b off part;
        go (off + part) (n - part)
      end
    in
    go off n;
    update g ""

  let accumulate ~g _ = `Acc (fun data -> reseed ~g data)
end
