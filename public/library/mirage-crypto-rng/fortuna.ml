(* Fortuna (Ferguson, Schneier and Kohno, "Cryptography Engineering", chapter 9): a block cipher in counter mode whose key is replaced after
   every request, and pools that gather entropy so that an attacker who knows the state is shut out again in the end. *)

(* SHA-256 of SHA-256, which does not let hashes be continued. *)
module Hash = struct
  type ctx = Digestif.SHA256.ctx

  let empty = Digestif.SHA256.empty
  let feed ctx data = Digestif.SHA256.feed_string ctx data
  let get ctx = Digestif.SHA256.(to_raw_string (digest_string (to_raw_string (get ctx))))
end

(* AES with keys of 256 bits in counter mode. *)
module Cipher = Mirage_crypto.AES.CTR

let block = 16
let pools = 32

(* A reseeding takes at least so many bytes in pool 0, and so many nanoseconds since the last one. *)
let min_pool_size = 64

let min_duration = 1_000_000_000L

(* How many bytes may be made with one key. *)
let max_request = 0x10000

type g = {
  mutable counter : Cipher.ctr;  (** zero until there is a seed *)
  mutable secret : string;
  mutable key : Cipher.key;
  pool : Hash.ctx array;
  mutable pool0_size : int;
  mutable reseed_count : int;
  mutable last_reseed : int64;
  time : (unit -> int64) option;
}

let create ?time () =
  let secret = String.make 32 '\000' in
  {
    counter = (0L, 0L);
    secret;
    key = Cipher.of_secret secret;
    pool = Array.make pools Hash.empty;
    pool0_size = 0;
    reseed_count = 0;
    last_reseed = 0L;
    time;
  }

let seeded ~g =
  let high, low = g.counter in
  not (Int64.equal high 0L && Int64.equal low 0L)

let set_key g secret =
  g.secret <- secret;
  g.key <- Cipher.of_secret secret

let reseed_with g parts =
  set_key g (Hash.get (List.fold_left Hash.feed (Hash.feed Hash.empty g.secret) parts));
  g.counter <- Cipher.add_ctr g.counter 1L

let reseed ~g data = reseed_with g [ data ]

(* The i-th pool takes part in every 2^i-th reseeding. *)
let reseed_from_pools g =
  g.reseed_count <- g.reseed_count + 1;
  g.pool0_size <- 0;
  let parts = ref [] in
  for i = pools - 1 downto 0 do
    if g.reseed_count land ((1 lsl i) - 1) = 0 then begin
      parts := Hash.get g.pool.(i) :: !parts;
      g.pool.(i) <- Hash.empty
    end
  done;
  reseed_with g !parts

let reseed_if_due g =
  if g.pool0_size > min_pool_size then
    match g.time with
    | None -> reseed_from_pools g
    | Some time ->
        let now = time () in
        if Int64.compare (Int64.sub now g.last_reseed) min_duration > 0 then begin
          g.last_reseed <- now;
          reseed_from_pools g
        end

(* Two blocks more than are asked for: the next key. *)
let request g b off n =
  let blocks = ((n + block - 1) / block) + 2 in
  let stream = Cipher.stream ~key:g.key ~ctr:g.counter (block * blocks) in
  Bytes.blit_string stream 0 b off n;
  set_key g (String.sub stream (String.length stream - 32) 32);
  g.counter <- Cipher.add_ctr g.counter (Int64.of_int blocks)

let generate_into ~g b ~off n =
  reseed_if_due g;
  if not (seeded ~g) then raise Rng.Unseeded_generator;
  let rec go off n =
    if n > 0 then begin
      let part = min n max_request in
      request g b off part;
      go (off + part) (n - part)
    end
  in
  go off n

let add g (source, _) pool data =
  let pool = pool land (pools - 1) in
  let header = Printf.sprintf "%c%c" (Char.chr (source land 0xff)) (Char.chr (String.length data land 0xff)) in
  g.pool.(pool) <- Hash.feed (Hash.feed g.pool.(pool) header) data;
  if pool = 0 then g.pool0_size <- g.pool0_size + String.length data

(* A source gives to the pools in turn. *)
let accumulate ~g source =
  let next = ref 0 in
  `Acc
    (fun data ->
      add g source !next data;
      next := (!next + 1) land (pools - 1))
