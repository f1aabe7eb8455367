(* Natural numbers of any size, as blocks (Zarith_block) whose sign is positive and whose top limb is not zero; zero has no limbs. *)

module L = Zarith_limbs

type t = L.block

external of_bytes : bytes -> t = "%identity"
external set_tag : t -> int -> unit = "morgana_set_tag"

let () = Zarith_block.initialize ()

(** Index of the lowest limb. *)
let first = 2

let custom_tag = 255

(** Room for so many limbs, whatever they are. *)
let make limbs =
  (* As long as it is a sequence of bytes the collector may see it; what is written next makes it a number. *)
  let block = of_bytes (Bytes.create ((8 * (limbs + 1)) + 7)) in
  set_tag block custom_tag;
  L.set block 0 (Zarith_block.operations ());
  L.set block 1 (Nativeint.of_int limbs);
  block

(** How many limbs, whatever the sign. *)
let size (t : t) = Nativeint.to_int (Nativeint.logand (L.get t 1) Nativeint.max_int)

let set_size t limbs = L.set t 1 (Nativeint.of_int limbs)

(** The lowest [limbs] without zeros at the top, in a block that is not much larger than needed. *)
let finish t limbs =
  let n = L.significant t first limbs in
  if n + 4 >= limbs then begin
    set_size t n;
    t
  end
  else begin
    let r = make n in
    L.copy r first t first n;
    r
  end

let of_word w =
  if Nativeint.equal w 0n then make 0
  else begin
    let r = make 1 in
    L.set r first w;
    r
  end

let zero () = make 0
let limb t i = L.get t (first + i)
let compare a b = L.compare a first (size a) b first (size b)
let is_zero t = size t = 0
let is_word t w = size t = 1 && Nativeint.equal (limb t 0) w

(* {1 Sums, differences} *)

let rec add a b =
  let an = size a and bn = size b in
  if an < bn then add b a
  else begin
    let r = make (an + 1) in
    L.set r (first + an) (L.add r first a first an b first bn);
    finish r (an + 1)
  end

(** [a >= b]. *)
let sub a b =
  let an = size a in
  let r = make an in
  ignore (L.sub r first a first an b first (size b));
  finish r an

(* {1 Products} *)

(* From so many limbs on, three products of halves cost less than four. *)
let karatsuba_limbs = 28

(* The absolute difference of [an] and [bn <= an] limbs, as [an] limbs; whether it was negative. *)
let absolute_difference r ri a ai an b bi bn =
  let n = L.significant a ai an and m = L.significant b bi bn in
  if L.compare a ai n b bi m >= 0 then begin
    ignore (L.sub r ri a ai an b bi bn);
    false
  end
  else begin
    (* b is the larger one, so that what a has above is zero. *)
    ignore (L.sub r ri b bi bn a ai (min n bn));
    L.fill_zeros r (ri + bn) (an - bn);
    true
  end

(* Karatsuba's way: the product of numbers of [n] limbs each, into 2n limbs; [s] from [si] on is scratch. *)
let rec mul_balanced r ri a ai b bi n s si =
  if n < karatsuba_limbs then L.mul_schoolbook r ri a ai n b bi n
  else begin
    let low = n / 2 in
    let high = n - low in
    mul_balanced r ri a ai b bi low s si;
    mul_balanced r (ri + (2 * low)) a (ai + low) b (bi + low) high s si;
    (* a1 - a0 and b1 - b0 lie in scratch, their product behind them, and what is added in the middle in their place. *)
    let product = si + (2 * high) + 2 in
    let negative = absolute_difference s si a (ai + low) high a ai low in
    let negative = absolute_difference s (si + high) b (bi + low) high b bi low <> negative in
    mul_balanced s product s si s (si + high) high s (product + (2 * high));
    L.copy s si r (ri + (2 * low)) (2 * high);
    L.set s (si + (2 * high)) (L.add s si s si (2 * high) r ri (2 * low));
    let middle = (2 * high) + 1 in
    ignore (if negative then L.add s si s si middle s product (2 * high) else L.sub s si s si middle s product (2 * high));
    let rest = n + high in
    ignore (L.add r (ri + low) r (ri + low) rest s si (min rest (L.significant s si middle)))
  end

let scratch_for n = make ((8 * n) + 256)

let rec mul a b =
  let an = size a and bn = size b in
  if an < bn then mul b a
  else if bn = 0 then zero ()
  else begin
    let r = make (an + bn) in
    if bn < karatsuba_limbs then L.mul_schoolbook r first a first an b first bn
    else begin
      (* Pieces of a as long as b. *)
      let s = scratch_for bn in
      let piece = make (2 * bn) in
      L.fill_zeros r first (an + bn);
      let at = ref 0 in
      while an - !at >= bn do
        mul_balanced piece first a (first + !at) b first bn s first;
        ignore (L.add r (first + !at) r (first + !at) (an + bn - !at) piece first (2 * bn));
        at := !at + bn
      done;
      let rest = L.significant a (first + !at) (an - !at) in
      if rest > 0 then begin
        let part = make rest in
        L.copy part first a (first + !at) rest;
        let product = mul part b in
        ignore (L.add r (first + !at) r (first + !at) (an + bn - !at) product first (size product))
      end
    end;
    finish r (an + bn)
  end

let mul_word t w =
  let n = size t in
  let r = make (n + 1) in
  L.set r (first + n) (L.mul_word r first t first n w 0n);
  finish r (n + 1)

(* {1 Shifts, bits} *)

let shift_left t count =
  let n = size t in
  if n = 0 then t
  else begin
    let words = count / 64 in
    let r = make (n + words + 1) in
    L.fill_zeros r first words;
    L.set r (first + words + n) (L.shift_left r (first + words) t first n (count land 63));
    finish r (n + words + 1)
  end

(** Without the bits that leave. *)
let shift_right t count =
  let n = size t and words = count / 64 in
  if words >= n then zero ()
  else begin
    let r = make (n - words) in
    ignore (L.shift_right r first t (first + words) (n - words) (count land 63));
    finish r (n - words)
  end

let bits t =
  let n = size t in
  if n = 0 then 0 else (64 * n) - L.leading_zeros (limb t (n - 1))

(** Of a number that is not 0. *)
let trailing_zeros t =
  let rec go i = if Nativeint.equal (limb t i) 0n then go (i + 1) else (64 * i) + L.trailing_zeros (limb t i) in
  go 0

let test_bit t i =
  let word = i / 64 in
  word < size t && Nativeint.equal (Nativeint.logand (Nativeint.shift_right_logical (limb t word) (i land 63)) 1n) 1n

(** Whether one of the lowest bits is set. *)
let any_below t count =
  let n = size t in
  n > 0 && count > 0 && trailing_zeros t < count

let population t =
  let rec go i sum = if i = size t then sum else go (i + 1) (sum + L.population (limb t i)) in
  go 0 0

(** The lowest so many bits. *)
let low_bits t count =
  let words = (count + 63) / 64 in
  if words > size t then t
  else begin
    let r = make words in
    L.copy r first t first words;
    let over = (64 * words) - count in
    if words > 0 then L.set r (first + words - 1) (Nativeint.shift_right_logical (Nativeint.shift_left (limb r (words - 1)) over) over);
    finish r words
  end

(* {1 Division} *)

(** Quotient and remainder by a word that is not 0. *)
let div_word t w =
  let n = size t in
  if n = 0 then (t, 0n)
  else begin
    let shift = L.leading_zeros w in
    let d = Nativeint.shift_left w shift in
    let q = make n in
    let high = L.shift_left q first t first n shift in
    let r = L.div_word q first q first n high d (L.reciprocal d) in
    (finish q n, Nativeint.shift_right_logical r shift)
  end

(** By a number that is not 0. *)
let div_rem a b =
  let bn = size b in
  if compare a b < 0 then (zero (), a)
  else if bn = 1 then begin
    let q, r = div_word a (limb b 0) in
    (q, of_word r)
  end
  else begin
    let an = size a in
    let shift = L.leading_zeros (limb b (bn - 1)) in
    let d = make bn in
    ignore (L.shift_left d first b first bn shift);
    let u = make (an + 1) in
    L.set u (first + an) (L.shift_left u first a first an shift);
    let q = make (an - bn + 1) in
    L.div q first u first an d first bn;
    ignore (L.shift_right u first u first bn shift);
    (finish q (an - bn + 1), finish u bn)
  end

let rem a b = snd (div_rem a b)

(* {1 Roots, powers, divisors} *)

let rec power base exponent =
  if exponent = 0 then of_word 1n
  else if exponent = 1 then base
  else begin
    let half = power base (exponent / 2) in
    let square = mul half half in
    if exponent land 1 = 1 then mul square base else square
  end

(** The largest number whose power is not above, and the rest; Newton's iteration from above. *)
let root_rem t degree =
  if is_zero t then (t, t)
  else if degree = 1 then (t, zero ())
  else if degree >= bits t then (of_word 1n, sub t (of_word 1n))
  else begin
    let less = degree - 1 in
    let rec go x =
      (* x := ((degree - 1) x + t / x^(degree-1)) / degree, until it grows no smaller. *)
      let q, _ = div_rem t (power x less) in
      let next, _ = div_word (add (mul_word x (Nativeint.of_int less)) q) (Nativeint.of_int degree) in
      if compare next x >= 0 then x else go next
    in
    let root = go (shift_left (of_word 1n) ((bits t + degree - 1) / degree)) in
    (root, sub t (power root degree))
  end

let rec gcd_words a b = if Nativeint.equal b 0n then a else gcd_words b (Nativeint.unsigned_rem a b)

(** Euclid's algorithm. *)
let rec gcd a b =
  if is_zero b then a
  else if size a = 1 && size b = 1 then of_word (gcd_words (limb a 0) (limb b 0))
  else gcd b (rem a b)

(** Modulo a number that is not 0, with windows of four bits of the exponent. *)
let power_mod base exponent modulus =
  let reduce x = if compare x modulus < 0 then x else rem x modulus in
  let base = reduce base in
  let one = reduce (of_word 1n) in
  let n = bits exponent in
  if n <= 8 then begin
    let rec go i result =
      if i < 0 then result
      else
        let square = reduce (mul result result) in
        go (i - 1) (if test_bit exponent i then reduce (mul square base) else square)
    in
    go (n - 1) one
  end
  else begin
    let powers = Array.make 16 one in
    for i = 1 to 15 do
      powers.(i) <- reduce (mul powers.(i - 1) base)
    done;
    let digit i = (if test_bit exponent i then 1 else 0) lor (if test_bit exponent (i + 1) then 2 else 0) lor (if test_bit exponent (i + 2) then 4 else 0) lor if test_bit exponent (i + 3) then 8 else 0 in
    let square x = reduce (mul x x) in
    let rec go i result =
      if i < 0 then result
      else
        let fourth = square (square (square (square result))) in
        let d = digit i in
        go (i - 4) (if d = 0 then fourth else reduce (mul fourth powers.(d)))
    in
    let start = (n - 1) / 4 * 4 in
    go (start - 4) powers.(digit start)
  end

(* {1 Text} *)

let digit_characters = "0123456789abcdef"

(* The largest power of a base that is a word, as digits and value. *)
let chunk_of base =
  let b = Nativeint.of_int base in
  let rec go digits value =
    let next = Nativeint.mul value b in
    if Nativeint.equal (L.high_product value b) 0n then go (digits + 1) next else (digits, value)
  in
  go 1 b

(** In a base from 2 to 16, in small letters. *)
let to_string base t =
  if is_zero t then "0"
  else begin
    let digits, divisor = chunk_of base in
    let n = size t in
    let shift = L.leading_zeros divisor in
    let d = Nativeint.shift_left divisor shift in
    let inverse = L.reciprocal d in
    let work = make n in
    L.copy work first t first n;
    let buffer = Bytes.create (((64 * n) + 64) / (let rec log2 b = if b < 2 then 0 else 1 + log2 (b / 2) in log2 base) + digits) in
    let at = ref (Bytes.length buffer) in
    let base = Nativeint.of_int base in
    let rec go n =
      if n > 0 then begin
        let high = L.shift_left work first work first n shift in
        let r = ref (Nativeint.shift_right_logical (L.div_word work first work first n high d inverse) shift) in
        let n = L.significant work first n in
        (* The last piece has no zeros in front. *)
        let left = ref digits in
        while !left > 0 && (n > 0 || not (Nativeint.equal !r 0n)) do
          let q = Nativeint.unsigned_div !r base in
          decr at;
          Bytes.unsafe_set buffer !at (String.unsafe_get digit_characters (Nativeint.to_int (Nativeint.sub !r (Nativeint.mul q base))));
          r := q;
          decr left
        done;
        go n
      end
    in
    go n;
    Bytes.sub_string buffer !at (Bytes.length buffer - !at)
  end

(** Of digits below the base, with underscores behind the first one; [None] where there is anything else. *)
let of_digits base text pos len =
  let value c = match c with '0' .. '9' -> Char.code c - 48 | 'a' .. 'f' -> Char.code c - 87 | 'A' .. 'F' -> Char.code c - 55 | _ -> 99 in
  let digits, _ = chunk_of base in
  let r = make ((len / digits) + 1) in
  let b = Nativeint.of_int base in
  let stop = pos + len in
  let add n scale word =
    let carry = L.mul_word r first r first n scale word in
    if Nativeint.equal carry 0n then n
    else begin
      L.set r (first + n) carry;
      n + 1
    end
  in
  (* [n] limbs so far; [word] is of [count] digits that are still to be added. *)
  let rec go at n word scale count =
    if at = stop then Some (finish r (add n scale word))
    else if count = digits then go at (add n scale word) 0n 1n 0
    else
      match text.[at] with
      | '_' when at > pos -> go (at + 1) n word scale count
      | c ->
        let v = value c in
        if v >= base then None else go (at + 1) n (Nativeint.add (Nativeint.mul word b) (Nativeint.of_int v)) (Nativeint.mul scale b) (count + 1)
  in
  go pos 0 0n 1n 0
