(* Natural numbers as limbs of 64 bits in blocks, the lowest limb first: what is done limb by limb. A place is a block and the index of
   a word in it. Algorithms: Knuth, The Art of Computer Programming, volume 2, section 4.3.1; division by a reciprocal as in Möller
   and Granlund, Improved division by invariant integers (2011). *)

type block

external get : block -> int -> nativeint = "%morgana_raw_field"
external set : block -> int -> nativeint -> unit = "%morgana_set_raw_field"
external ( + ) : nativeint -> nativeint -> nativeint = "%nativeint_add"
external ( - ) : nativeint -> nativeint -> nativeint = "%nativeint_sub"
external ( * ) : nativeint -> nativeint -> nativeint = "%nativeint_mul"
external high_product : nativeint -> nativeint -> nativeint = "%raw_mulhu"
external unsigned_div : nativeint -> nativeint -> nativeint = "%raw_udiv"
external ( lsl ) : nativeint -> int -> nativeint = "%nativeint_lsl"
external ( lsr ) : nativeint -> int -> nativeint = "%nativeint_lsr"
external ( land ) : nativeint -> nativeint -> nativeint = "%nativeint_and"
external ( lor ) : nativeint -> nativeint -> nativeint = "%nativeint_or"
external ( lxor ) : nativeint -> nativeint -> nativeint = "%nativeint_xor"
external plus : int -> int -> int = "%addint"
external minus : int -> int -> int = "%subint"
external times : int -> int -> int = "%mulint"

let top = Nativeint.min_int

(* Unsigned. *)
let[@inline] below (a : nativeint) (b : nativeint) = a lxor top < b lxor top

external int_of_bool : bool -> int = "%identity"
external of_int : int -> nativeint = "%nativeint_of_int"

(* 1 or 0 without a branch, which no processor could predict. *)
let[@inline] bit condition = of_int (int_of_bool condition)

(* {1 Copying, comparing} *)

let copy r ri a ai n =
  for i = 0 to minus n 1 do
    set r (plus ri i) (get a (plus ai i))
  done

let fill_zeros r ri n =
  for i = 0 to minus n 1 do
    set r (plus ri i) 0n
  done

(** How many of the [n] limbs are left without the zeros at the top. *)
let rec significant a ai n = if n > 0 && Nativeint.equal (get a (plus ai (minus n 1))) 0n then significant a ai (minus n 1) else n

let rec compare_same a ai b bi n =
  if n = 0 then 0
  else
    let x = get a (plus ai (minus n 1)) and y = get b (plus bi (minus n 1)) in
    if Nativeint.equal x y then compare_same a ai b bi (minus n 1) else if below x y then -1 else 1

(** Of numbers without zeros at the top. *)
let compare a ai an b bi bn = if an <> bn then if an < bn then -1 else 1 else compare_same a ai b bi an

(* {1 Sums and differences} The result may lie where an operand begins. *)

let rec add_carry r ri a ai n carry =
  if n = 0 then carry
  else begin
    let s = get a ai + carry in
    set r ri s;
    add_carry r (plus ri 1) a (plus ai 1) (minus n 1) (bit (below s carry))
  end

(** [an >= bn]; the carry. *)
let add r ri a ai an b bi bn =
  let carry = ref 0n in
  for i = 0 to minus bn 1 do
    let x = get a (plus ai i) in
    let s = x + get b (plus bi i) in
    let t = s + !carry in
    carry := bit (below s x) + bit (below t s);
    set r (plus ri i) t
  done;
  add_carry r (plus ri bn) a (plus ai bn) (minus an bn) !carry

let rec sub_borrow r ri a ai n borrow =
  if n = 0 then borrow
  else begin
    let x = get a ai in
    set r ri (x - borrow);
    sub_borrow r (plus ri 1) a (plus ai 1) (minus n 1) (bit (below x borrow))
  end

(** [an >= bn]; the borrow. *)
let sub r ri a ai an b bi bn =
  let borrow = ref 0n in
  for i = 0 to minus bn 1 do
    let x = get a (plus ai i) and y = get b (plus bi i) in
    let s = x - y in
    set r (plus ri i) (s - !borrow);
    borrow := bit (below x y) + bit (below s !borrow)
  done;
  sub_borrow r (plus ri bn) a (plus ai bn) (minus an bn) !borrow

(* {1 Products} *)

(** The product with a word, added to: its top limb. *)
let mul_word r ri a ai n w carry =
  let carry = ref carry in
  for i = 0 to minus n 1 do
    let x = get a (plus ai i) in
    let low = x * w in
    let s = low + !carry in
    carry := high_product x w + bit (below s low);
    set r (plus ri i) s
  done;
  !carry

(** Adds the product with a word to [n] limbs: the carry. *)
let add_mul r ri a ai n w =
  let carry = ref 0n in
  for i = 0 to minus n 1 do
    let x = get a (plus ai i) in
    let low = x * w in
    let s = low + !carry in
    let high = high_product x w + bit (below s low) in
    let old = get r (plus ri i) in
    let t = s + old in
    carry := high + bit (below t old);
    set r (plus ri i) t
  done;
  !carry

(** Subtracts the product with a word from [n] limbs: the borrow. *)
let sub_mul r ri a ai n w =
  let borrow = ref 0n in
  for i = 0 to minus n 1 do
    let x = get a (plus ai i) in
    let low = x * w in
    let s = low + !borrow in
    let high = high_product x w + bit (below s low) in
    let old = get r (plus ri i) in
    borrow := high + bit (below old s);
    set r (plus ri i) (old - s)
  done;
  !borrow

(** [an + bn] limbs, apart from the operands; neither is empty. *)
let mul_schoolbook r ri a ai an b bi bn =
  set r (plus ri an) (mul_word r ri a ai an (get b bi) 0n);
  for j = 1 to minus bn 1 do
    set r (plus ri (plus an j)) (add_mul r (plus ri j) a ai an (get b (plus bi j)))
  done

(* {1 Shifts} By less than a limb. *)

(** The bits that leave at the top. For [count] = 0 a copy. *)
let shift_left r ri a ai n count =
  if count = 0 then begin
    for i = minus n 1 downto 0 do
      set r (plus ri i) (get a (plus ai i))
    done;
    0n
  end
  else begin
    let back = minus 64 count in
    let out = if n = 0 then 0n else get a (plus ai (minus n 1)) lsr back in
    for i = minus n 1 downto 1 do
      set r (plus ri i) ((get a (plus ai i) lsl count) lor (get a (plus ai (minus i 1)) lsr back))
    done;
    if n > 0 then set r ri (get a ai lsl count);
    out
  end

(** The bits that leave at the bottom, at the top of a word. *)
let shift_right r ri a ai n count =
  if count = 0 then begin
    copy r ri a ai n;
    0n
  end
  else begin
    let back = minus 64 count in
    let out = if n = 0 then 0n else get a ai lsl back in
    for i = 0 to minus n 2 do
      set r (plus ri i) ((get a (plus ai i) lsr count) lor (get a (plus ai (plus i 1)) lsl back))
    done;
    if n > 0 then set r (plus ri (minus n 1)) (get a (plus ai (minus n 1)) lsr count);
    out
  end

(* {1 Bits} *)

let rec leading_zeros_from (w : nativeint) width count =
  if width = 0 then count
  else
    let high = w lsr minus 64 width in
    if Nativeint.equal high 0n then leading_zeros_from (w lsl width) (Stdlib.( / ) width 2) (plus count width) else leading_zeros_from w (Stdlib.( / ) width 2) count

(** Of a word that is not 0. *)
let leading_zeros w = leading_zeros_from w 32 0

let rec trailing_zeros_from (w : nativeint) width count =
  if width = 0 then count
  else
    let low = w lsl minus 64 width in
    if Nativeint.equal low 0n then trailing_zeros_from (w lsr width) (Stdlib.( / ) width 2) (plus count width) else trailing_zeros_from w (Stdlib.( / ) width 2) count

(** Of a word that is not 0. *)
let trailing_zeros w = trailing_zeros_from w 32 0

(* The Art of Computer Programming, volume 4A, section 7.1.3. *)
let population w =
  let w = w - ((w lsr 1) land 0x5555_5555_5555_5555n) in
  let w = (w land 0x3333_3333_3333_3333n) + ((w lsr 2) land 0x3333_3333_3333_3333n) in
  let w = (w + (w lsr 4)) land 0x0f0f_0f0f_0f0f_0f0fn in
  Nativeint.to_int ((w * 0x0101_0101_0101_0101n) lsr 56)

(* {1 Division} *)

(* Quotient of two words by one whose top bit is set and that is above [u1], by halves of words. *)
let div_two u1 u0 d =
  let dh = d lsr 32 and dl = d land 0xffff_ffffn in
  let half u next =
    let q = unsigned_div u dh in
    let r = u - (q * dh) in
    let rec settle q r = if Nativeint.equal (r lsr 32) 0n && (not (Nativeint.equal (q lsr 32) 0n) || below ((r lsl 32) lor next) (q * dl)) then settle (q - 1n) (r + dh) else q in
    settle q r
  in
  let q1 = half u1 (u0 lsr 32) in
  let rest = ((u1 lsl 32) lor (u0 lsr 32)) - (q1 * d) in
  let q0 = half rest (u0 land 0xffff_ffffn) in
  (q1 lsl 32) + q0

(** (2{^128} - 1) / d - 2{^64} for a word whose top bit is set. *)
let reciprocal d = div_two (Nativeint.lognot d) (-1n) d

(** Divides [n] limbs by a word whose top bit is set, with [high] below it in front of them: the remainder. *)
let div_word q qi a ai n high d inverse =
  let r = ref high in
  for i = minus n 1 downto 0 do
    let u0 = get a (plus ai i) in
    let q0 = inverse * !r in
    let s0 = q0 + u0 in
    let q1 = high_product inverse !r + !r + bit (below s0 q0) + 1n in
    let rest = u0 - (q1 * d) in
    let over = below s0 rest in
    let q1 = if over then q1 - 1n else q1 and rest = if over then rest + d else rest in
    if below rest d then begin
      set q (plus qi i) q1;
      r := rest
    end
    else begin
      set q (plus qi i) (q1 + 1n);
      r := rest - d
    end
  done;
  !r

(* The reciprocal of two words, the upper one's top bit set. *)
let reciprocal_two d1 d0 =
  let v = ref (reciprocal d1) in
  let p = ref ((d1 * !v) + d0) in
  if below !p d0 then begin
    v := !v - 1n;
    if not (below !p d1) then begin
      v := !v - 1n;
      p := !p - d1
    end;
    p := !p - d1
  end;
  let t1 = high_product !v d0 and t0 = !v * d0 in
  p := !p + t1;
  if below !p t1 then begin
    v := !v - 1n;
    if below d1 !p || (Nativeint.equal !p d1 && not (below t0 d0)) then v := !v - 1n
  end;
  !v

(* Quotient of three words by two, of which the first two are below the divisor. *)
let div_three u2 u1 u0 d1 d0 inverse =
  let q0 = inverse * u2 in
  let s0 = q0 + u1 in
  let q1 = high_product inverse u2 + u2 + bit (below s0 q0) in
  let r1 = u1 - (q1 * d1) in
  let t1 = high_product d0 q1 and t0 = d0 * q1 in
  let a0 = u0 - t0 in
  let a1 = r1 - t1 - bit (below u0 t0) in
  let r0 = a0 - d0 in
  let r1 = a1 - d1 - bit (below a0 d0) in
  let q1 = q1 + 1n in
  let back = not (below r1 s0) in
  let q1 = if back then q1 - 1n else q1 in
  let b0 = if back then r0 + d0 else r0 in
  let b1 = if back then r1 + d1 + bit (below b0 d0) else r1 in
  if below d1 b1 || (Nativeint.equal b1 d1 && not (below b0 d0)) then q1 + 1n else q1

(** Divides [an + 1] limbs (the top one below the divisor's) by [dn >= 2] limbs whose top bit is set. The quotient has [an - dn + 1] limbs, and
    the remainder takes the place of the dividend's lowest [dn]. *)
let div q qi a ai an d di dn =
  let d1 = get d (plus di (minus dn 1)) and d0 = get d (plus di (minus dn 2)) in
  let inverse = reciprocal_two d1 d0 in
  for j = minus an dn downto 0 do
    let at = plus ai j in
    let u2 = get a (plus at dn) and u1 = get a (plus at (minus dn 1)) in
    let estimate = if Nativeint.equal u2 d1 && Nativeint.equal u1 d0 then -1n else div_three u2 u1 (get a (plus at (minus dn 2))) d1 d0 inverse in
    let borrow = sub_mul a at d di dn estimate in
    set a (plus at dn) (u2 - borrow);
    (* The estimate is right or one too large. *)
    let estimate =
      if below u2 borrow then begin
        let carry = add a at a at dn d di dn in
        set a (plus at dn) (get a (plus at dn) + carry);
        estimate - 1n
      end
      else estimate
    in
    set q (plus qi j) estimate
  done
