(* Hash functions and message authentication codes made of them. *)

type bigstring = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type 'a iter = ('a -> unit) -> unit
type 'a compare = 'a -> 'a -> int
type 'a equal = 'a -> 'a -> bool
type 'a pp = Format.formatter -> 'a -> unit

module type S = sig
  val digest_size : int

  type ctx
  type hmac
  type t

  val empty : ctx
  val init : unit -> ctx
  val feed_bytes : ctx -> ?off:int -> ?len:int -> Bytes.t -> ctx
  val feed_string : ctx -> ?off:int -> ?len:int -> String.t -> ctx
  val feed_bigstring : ctx -> ?off:int -> ?len:int -> bigstring -> ctx
  val feedi_bytes : ctx -> Bytes.t iter -> ctx
  val feedi_string : ctx -> String.t iter -> ctx
  val feedi_bigstring : ctx -> bigstring iter -> ctx
  val get : ctx -> t
  val digest_bytes : ?off:int -> ?len:int -> Bytes.t -> t
  val digest_string : ?off:int -> ?len:int -> String.t -> t
  val digest_bigstring : ?off:int -> ?len:int -> bigstring -> t
  val digesti_bytes : Bytes.t iter -> t
  val digesti_string : String.t iter -> t
  val digesti_bigstring : bigstring iter -> t
  val digestv_bytes : Bytes.t list -> t
  val digestv_string : String.t list -> t
  val digestv_bigstring : bigstring list -> t
  val hmac_bytes : key:string -> ?off:int -> ?len:int -> Bytes.t -> t
  val hmac_string : key:string -> ?off:int -> ?len:int -> String.t -> t
  val hmac_bigstring : key:string -> ?off:int -> ?len:int -> bigstring -> t
  val hmaci_bytes : key:string -> Bytes.t iter -> t
  val hmaci_string : key:string -> String.t iter -> t
  val hmaci_bigstring : key:string -> bigstring iter -> t
  val hmacv_bytes : key:string -> Bytes.t list -> t
  val hmacv_string : key:string -> String.t list -> t
  val hmacv_bigstring : key:string -> bigstring list -> t
  val hmac_init : key:string -> hmac
  val hmac_feed_bytes : hmac -> ?off:int -> ?len:int -> Bytes.t -> hmac
  val hmac_feed_string : hmac -> ?off:int -> ?len:int -> String.t -> hmac
  val hmac_feed_bigstring : hmac -> ?off:int -> ?len:int -> bigstring -> hmac
  val hmac_feedi_bytes : hmac -> Bytes.t iter -> hmac
  val hmac_feedi_string : hmac -> String.t iter -> hmac
  val hmac_feedi_bigstring : hmac -> bigstring iter -> hmac
  val hmac_get : hmac -> t
  val unsafe_compare : t compare
  val equal : t equal
  val pp : t pp
  val of_hex : string -> t
  val of_hex_opt : string -> t option
  val consistent_of_hex : string -> t
  val consistent_of_hex_opt : string -> t option
  val to_hex : t -> string
  val of_raw_string : string -> t
  val of_raw_string_opt : string -> t option
  val to_raw_string : t -> string
  val get_into_bytes : ctx -> ?off:int -> bytes -> unit
end

module type MAC = sig
  type t

  val mac_bytes : key:string -> ?off:int -> ?len:int -> Bytes.t -> t
  val mac_string : key:string -> ?off:int -> ?len:int -> String.t -> t
  val mac_bigstring : key:string -> ?off:int -> ?len:int -> bigstring -> t
  val maci_bytes : key:string -> Bytes.t iter -> t
  val maci_string : key:string -> String.t iter -> t
  val maci_bigstring : key:string -> bigstring iter -> t
  val macv_bytes : key:string -> Bytes.t list -> t
  val macv_string : key:string -> String.t list -> t
  val macv_bigstring : key:string -> bigstring list -> t
end

(* {1 The interface made of a compression function} *)

let chunk_size = 4096

(* Gives the parts of a bigstring, as strings, to [f]. *)
let iter_bigstring ?(off = 0) ?len (b : bigstring) f =
  let dim = Bigarray.Array1.dim b in
  let len = match len with None -> dim - off | Some len -> len in
  if off < 0 || len < 0 || off > dim - len then invalid_arg "offset out of bounds";
  let rec go off len =
    if len > 0 then begin
      let n = min len chunk_size in
      f (String.init n (fun i -> Bigarray.Array1.get b (off + i)));
      go (off + n) (len - n)
    end
  in
  go off len

module Hash (C : Hash_functions.Engine.COMPRESSION) = struct
  module Engine = Hash_functions.Engine.Make (C)

  let digest_size = C.digest_size
  let block_size = C.block_size

  type ctx = Engine.ctx
  type t = string

  let empty = Engine.empty
  let init = Engine.init

  (* {2 Contexts} *)

  let feed_string ctx ?(off = 0) ?len s =
    Engine.feed ctx s off (match len with None -> String.length s - off | Some len -> len)

  (* Only read, and only now. *)
  let feed_bytes ctx ?off ?len b = feed_string ctx ?off ?len (Bytes.unsafe_to_string b)

  let accumulate feed ctx iter =
    let ctx = ref ctx in
    iter (fun part -> ctx := feed !ctx part);
    !ctx

  let feedi_string ctx iter = accumulate (fun ctx s -> feed_string ctx s) ctx iter
  let feedi_bytes ctx iter = accumulate (fun ctx b -> feed_bytes ctx b) ctx iter
  let feed_bigstring ctx ?off ?len b = feedi_string ctx (iter_bigstring ?off ?len b)
  let feedi_bigstring ctx iter = accumulate (fun ctx b -> feed_bigstring ctx b) ctx iter
  let get = Engine.get

  let get_into_bytes ctx ?(off = 0) b =
    if off < 0 || off > Bytes.length b - digest_size then invalid_arg "the digest does not fit";
    Bytes.blit_string (get ctx) 0 b off digest_size

  (* {2 Digests} *)

  let digest_string ?off ?len s = get (feed_string empty ?off ?len s)
  let digest_bytes ?off ?len b = get (feed_bytes empty ?off ?len b)
  let digest_bigstring ?off ?len b = get (feed_bigstring empty ?off ?len b)
  let digesti_string iter = get (feedi_string empty iter)
  let digesti_bytes iter = get (feedi_bytes empty iter)
  let digesti_bigstring iter = get (feedi_bigstring empty iter)
  let listed list f = List.iter f list
  let digestv_string list = digesti_string (listed list)
  let digestv_bytes list = digesti_bytes (listed list)
  let digestv_bigstring list = digesti_bigstring (listed list)

  (* {2 HMAC} (RFC 2104) *)

  type hmac = { inner : ctx; outer : ctx }

  let hmac_init ~key =
    let key = if String.length key > block_size then digest_string key else key in
    let pad byte =
      String.init block_size (fun i -> Char.chr (byte lxor if i < String.length key then Char.code key.[i] else 0))
    in
    { inner = feed_string empty (pad 0x36); outer = feed_string empty (pad 0x5c) }

  let hmac_feed_string hmac ?off ?len s = { hmac with inner = feed_string hmac.inner ?off ?len s }
  let hmac_feed_bytes hmac ?off ?len b = { hmac with inner = feed_bytes hmac.inner ?off ?len b }
  let hmac_feed_bigstring hmac ?off ?len b = { hmac with inner = feed_bigstring hmac.inner ?off ?len b }
  let hmac_feedi_string hmac iter = { hmac with inner = feedi_string hmac.inner iter }
  let hmac_feedi_bytes hmac iter = { hmac with inner = feedi_bytes hmac.inner iter }
  let hmac_feedi_bigstring hmac iter = { hmac with inner = feedi_bigstring hmac.inner iter }
  let hmac_get hmac = get (feed_string hmac.outer (get hmac.inner))
  let hmac_string ~key ?off ?len s = hmac_get (hmac_feed_string (hmac_init ~key) ?off ?len s)
  let hmac_bytes ~key ?off ?len b = hmac_get (hmac_feed_bytes (hmac_init ~key) ?off ?len b)
  let hmac_bigstring ~key ?off ?len b = hmac_get (hmac_feed_bigstring (hmac_init ~key) ?off ?len b)

  let hmaci_string ~key iter = hmac_get (hmac_feedi_string (hmac_init ~key) iter)
  let hmaci_bytes ~key iter = hmac_get (hmac_feedi_bytes (hmac_init ~key) iter)
  let hmaci_bigstring ~key iter = hmac_get (hmac_feedi_bigstring (hmac_init ~key) iter)
  let hmacv_string ~key list = hmaci_string ~key (listed list)
  let hmacv_bytes ~key list = hmaci_bytes ~key (listed list)
  let hmacv_bigstring ~key list = hmaci_bigstring ~key (listed list)

  (* {2 Digests as values} *)

  let unsafe_compare = String.compare
  let equal = Eqaf.equal
  let to_hex t = Eqaf.hex_of_string t
  let pp ppf t = Format.pp_print_string ppf (to_hex t)
  let is_white = function ' ' | '\t' | '\r' | '\n' -> true | _ -> false

  (* Digits with white space anywhere. [exact]: neither fewer nor more than a digest has; otherwise what is missing is zero. *)
  let parse_hex ~exact text =
    let digits = String.of_seq (Seq.filter (fun c -> not (is_white c)) (String.to_seq text)) in
    let wanted = 2 * digest_size and given = String.length digits in
    if exact && given <> wanted then Error (Printf.sprintf "%d hexadecimal digits are expected: %S" wanted text)
    else
      let digits = if given < wanted then digits ^ String.make (wanted - given) '0' else String.sub digits 0 wanted in
      match Eqaf.string_of_hex digits with
      | digest, 0 -> Ok digest
      | _ -> Error (Printf.sprintf "no hexadecimal digits: %S" text)

  let or_invalid = function Ok v -> v | Error reason -> invalid_arg reason
  let of_hex text = or_invalid (parse_hex ~exact:false text)
  let of_hex_opt text = Result.to_option (parse_hex ~exact:false text)
  let consistent_of_hex text = or_invalid (parse_hex ~exact:true text)
  let consistent_of_hex_opt text = Result.to_option (parse_hex ~exact:true text)
  let of_raw_string_opt s = if String.length s = digest_size then Some s else None
  let of_raw_string s = match of_raw_string_opt s with Some t -> t | None -> invalid_arg "invalid hash size"
  let to_raw_string t = t
end

module MD5 = Hash (Hash_functions.Md5)
module SHA1 = Hash (Hash_functions.Sha1)
module RMD160 = Hash (Digestif_rmd160)
module SHA224 = Hash (Hash_functions.Sha256.Sha224)
module SHA256 = Hash (Hash_functions.Sha256.Sha256)
module SHA384 = Hash (Hash_functions.Sha512.Sha384)
module SHA512 = Hash (Hash_functions.Sha512.Sha512)
module WHIRLPOOL = Hash (Digestif_whirlpool)

module SHA3_224 = Hash (Digestif_keccak.Make (struct
  let digest_size = 28
  let domain = '\x06'
end))

module SHA3_256 = Hash (Digestif_keccak.Make (struct
  let digest_size = 32
  let domain = '\x06'
end))

module SHA3_384 = Hash (Digestif_keccak.Make (struct
  let digest_size = 48
  let domain = '\x06'
end))

module SHA3_512 = Hash (Digestif_keccak.Make (struct
  let digest_size = 64
  let domain = '\x06'
end))

module KECCAK_256 = Hash (Digestif_keccak.Make (struct
  let digest_size = 32
  let domain = '\x01'
end))

(* {1 BLAKE2} of any digest size, with a key or without *)

module Blake2
    (F : Digestif_blake2.FUNCTION) (Size : sig
      val digest_size : int
    end) =
struct
  let () = if Size.digest_size < 1 || Size.digest_size > F.max_size then invalid_arg "BLAKE2: no such digest size"

  include
    Hash
      (Digestif_blake2.Make
         (F)
         (struct
           let digest_size = Size.digest_size
           let key_size = 0
         end))

  module Keyed = struct
    type nonrec t = t

    (* The context after the key. *)
    let start key =
      let key_size = String.length key in
      if key_size > F.max_size then invalid_arg "BLAKE2: the key is too long";
      let state = F.initial ~digest_size ~key_size in
      let ctx = { empty with Engine.state } in
      if key_size = 0 then ctx else feed_string ctx (Digestif_blake2.key_block ~block_size key)

    let mac_string ~key ?off ?len s = get (feed_string (start key) ?off ?len s)
    let mac_bytes ~key ?off ?len b = get (feed_bytes (start key) ?off ?len b)
    let mac_bigstring ~key ?off ?len b = get (feed_bigstring (start key) ?off ?len b)
    let maci_string ~key iter = get (feedi_string (start key) iter)
    let maci_bytes ~key iter = get (feedi_bytes (start key) iter)
    let maci_bigstring ~key iter = get (feedi_bigstring (start key) iter)
    let macv_string ~key list = maci_string ~key (listed list)
    let macv_bytes ~key list = maci_bytes ~key (listed list)
    let macv_bigstring ~key list = maci_bigstring ~key (listed list)
  end
end

module Make_BLAKE2B (D : sig
  val digest_size : int
end) =
  Blake2 (Digestif_blake2.B) (D)

module Make_BLAKE2S (D : sig
  val digest_size : int
end) =
  Blake2 (Digestif_blake2.S) (D)

module BLAKE2B = Make_BLAKE2B (struct
  let digest_size = 64
end)

module BLAKE2S = Make_BLAKE2S (struct
  let digest_size = 32
end)

(* {1 Functions as values} *)

type 'k hash =
  | MD5 : MD5.t hash
  | SHA1 : SHA1.t hash
  | RMD160 : RMD160.t hash
  | SHA224 : SHA224.t hash
  | SHA256 : SHA256.t hash
  | SHA384 : SHA384.t hash
  | SHA512 : SHA512.t hash
  | SHA3_224 : SHA3_224.t hash
  | SHA3_256 : SHA3_256.t hash
  | KECCAK_256 : KECCAK_256.t hash
  | SHA3_384 : SHA3_384.t hash
  | SHA3_512 : SHA3_512.t hash
  | WHIRLPOOL : WHIRLPOOL.t hash
  | BLAKE2B : BLAKE2B.t hash
  | BLAKE2S : BLAKE2S.t hash

type hash' =
  [ `MD5
  | `SHA1
  | `RMD160
  | `SHA224
  | `SHA256
  | `SHA384
  | `SHA512
  | `SHA3_224
  | `SHA3_256
  | `KECCAK_256
  | `SHA3_384
  | `SHA3_512
  | `WHIRLPOOL
  | `BLAKE2B
  | `BLAKE2S ]

type _ t = string

let md5 = MD5
let sha1 = SHA1
let rmd160 = RMD160
let sha224 = SHA224
let sha256 = SHA256
let sha384 = SHA384
let sha512 = SHA512
let sha3_224 = SHA3_224
let sha3_256 = SHA3_256
let keccak_256 = KECCAK_256
let sha3_384 = SHA3_384
let sha3_512 = SHA3_512
let whirlpool = WHIRLPOOL
let blake2b = BLAKE2B
let blake2s = BLAKE2S

let hash_to_hash' : type k. k hash -> hash' = function
  | MD5 -> `MD5
  | SHA1 -> `SHA1
  | RMD160 -> `RMD160
  | SHA224 -> `SHA224
  | SHA256 -> `SHA256
  | SHA384 -> `SHA384
  | SHA512 -> `SHA512
  | SHA3_224 -> `SHA3_224
  | SHA3_256 -> `SHA3_256
  | KECCAK_256 -> `KECCAK_256
  | SHA3_384 -> `SHA3_384
  | SHA3_512 -> `SHA3_512
  | WHIRLPOOL -> `WHIRLPOOL
  | BLAKE2B -> `BLAKE2B
  | BLAKE2S -> `BLAKE2S

let module_of : type k. k hash -> (module S with type t = k) = function
  | MD5 -> (module MD5)
  | SHA1 -> (module SHA1)
  | RMD160 -> (module RMD160)
  | SHA224 -> (module SHA224)
  | SHA256 -> (module SHA256)
  | SHA384 -> (module SHA384)
  | SHA512 -> (module SHA512)
  | SHA3_224 -> (module SHA3_224)
  | SHA3_256 -> (module SHA3_256)
  | KECCAK_256 -> (module KECCAK_256)
  | SHA3_384 -> (module SHA3_384)
  | SHA3_512 -> (module SHA3_512)
  | WHIRLPOOL -> (module WHIRLPOOL)
  | BLAKE2B -> (module BLAKE2B)
  | BLAKE2S -> (module BLAKE2S)

let module_of_hash' : hash' -> (module S) = function
  | `MD5 -> (module MD5)
  | `SHA1 -> (module SHA1)
  | `RMD160 -> (module RMD160)
  | `SHA224 -> (module SHA224)
  | `SHA256 -> (module SHA256)
  | `SHA384 -> (module SHA384)
  | `SHA512 -> (module SHA512)
  | `SHA3_224 -> (module SHA3_224)
  | `SHA3_256 -> (module SHA3_256)
  | `KECCAK_256 -> (module KECCAK_256)
  | `SHA3_384 -> (module SHA3_384)
  | `SHA3_512 -> (module SHA3_512)
  | `WHIRLPOOL -> (module WHIRLPOOL)
  | `BLAKE2B -> (module BLAKE2B)
  | `BLAKE2S -> (module BLAKE2S)

let digest_bytes : type k. k hash -> Bytes.t -> k t =
 fun hash data ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digest_bytes data)

let digesti_bytes : type k. k hash -> Bytes.t iter -> k t =
 fun hash iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digesti_bytes iter)

let hmaci_bytes : type k. k hash -> key:string -> Bytes.t iter -> k t =
 fun hash ~key iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.hmaci_bytes ~key iter)

let digest_string : type k. k hash -> String.t -> k t =
 fun hash data ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digest_string data)

let digesti_string : type k. k hash -> String.t iter -> k t =
 fun hash iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digesti_string iter)

let hmaci_string : type k. k hash -> key:string -> String.t iter -> k t =
 fun hash ~key iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.hmaci_string ~key iter)

let digest_bigstring : type k. k hash -> bigstring -> k t =
 fun hash data ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digest_bigstring data)

let digesti_bigstring : type k. k hash -> bigstring iter -> k t =
 fun hash iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.digesti_bigstring iter)

let hmaci_bigstring : type k. k hash -> key:string -> bigstring iter -> k t =
 fun hash ~key iter ->
  let (module H) = module_of hash in
  H.to_raw_string (H.hmaci_bigstring ~key iter)

let of_hex : type k. k hash -> string -> k t =
 fun hash text ->
  let (module H) = module_of hash in
  H.to_raw_string (H.of_hex text)

let of_hex_opt : type k. k hash -> string -> k t option =
 fun hash text ->
  let (module H) = module_of hash in
  Option.map H.to_raw_string (H.of_hex_opt text)

let consistent_of_hex : type k. k hash -> string -> k t =
 fun hash text ->
  let (module H) = module_of hash in
  H.to_raw_string (H.consistent_of_hex text)

let consistent_of_hex_opt : type k. k hash -> string -> k t option =
 fun hash text ->
  let (module H) = module_of hash in
  Option.map H.to_raw_string (H.consistent_of_hex_opt text)

let of_raw_string : type k. k hash -> string -> k t =
 fun hash text ->
  let (module H) = module_of hash in
  H.to_raw_string (H.of_raw_string text)

let of_raw_string_opt : type k. k hash -> string -> k t option =
 fun hash text ->
  let (module H) = module_of hash in
  Option.map H.to_raw_string (H.of_raw_string_opt text)

let unsafe_compare _ a b = String.compare a b
let equal _ a b = Eqaf.equal a b
let to_hex _ t = Eqaf.hex_of_string t
let to_raw_string _ t = t
let pp hash ppf t = Format.pp_print_string ppf (to_hex hash t)
let of_digest (type hash) (module H : S with type t = hash) (t : hash) : hash t = H.to_raw_string t
let of_md5 = MD5.to_raw_string
let of_sha1 = SHA1.to_raw_string
let of_rmd160 = RMD160.to_raw_string
let of_sha224 = SHA224.to_raw_string
let of_sha256 = SHA256.to_raw_string
let of_sha384 = SHA384.to_raw_string
let of_sha512 = SHA512.to_raw_string
let of_sha3_224 = SHA3_224.to_raw_string
let of_sha3_256 = SHA3_256.to_raw_string
let of_keccak_256 = KECCAK_256.to_raw_string
let of_sha3_384 = SHA3_384.to_raw_string
let of_sha3_512 = SHA3_512.to_raw_string
let of_whirlpool = WHIRLPOOL.to_raw_string
let of_blake2b = BLAKE2B.to_raw_string
let of_blake2s = BLAKE2S.to_raw_string
