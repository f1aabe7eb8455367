(* Points of curves y{^2} = x{^3} - 3x + b (SP 800-186, 3.2.1) over a prime field, in Jacobian coordinates (X/Z{^2}, Y/Z{^3}), Z = 0 at
   infinity. Formulas: D. J. Bernstein and T. Lange's Explicit-Formulas Database, dbl-2001-b and add-2007-bl. *)

module F = Montgomery

type point = { x : bytes; y : bytes; z : bytes }

let create (field : F.t) = { x = Bytes.make field.size '\000'; y = Bytes.make field.size '\000'; z = Bytes.make field.size '\000' }

(** A field, and room for what is between. *)
type curve = { field : F.t; t0 : bytes; t1 : bytes; t2 : bytes; t3 : bytes; t4 : bytes; t5 : bytes; t6 : bytes; t7 : bytes; sum : point; twice : point }

let curve field =
  let room () = Bytes.make field.F.size '\000' in
  {
    field;
    t0 = room ();
    t1 = room ();
    t2 = room ();
    t3 = room ();
    t4 = room ();
    t5 = room ();
    t6 = room ();
    t7 = room ();
    sum = create field;
    twice = create field;
  }

(** [r = 2p]; they may be one. *)
let double { field = f; t0 = delta; t1 = gamma; t2 = beta; t3 = alpha; t4; t5; _ } r p =
  F.sqr f delta p.z;
  F.sqr f gamma p.y;
  F.mul f beta p.x gamma;
  F.sub f t4 p.x delta;
  F.add f t5 p.x delta;
  F.mul f t4 t4 t5;
  F.add f alpha t4 t4;
  F.add f alpha alpha t4;
  (* Z = (Y + Z)^2 - gamma - delta *)
  F.add f t4 p.y p.z;
  F.sqr f t4 t4;
  F.sub f t4 t4 gamma;
  F.sub f r.z t4 delta;
  (* X = alpha^2 - 8 beta *)
  F.add f beta beta beta;
  F.add f beta beta beta;
  F.sqr f t4 alpha;
  F.sub f t4 t4 beta;
  F.sub f r.x t4 beta;
  (* Y = alpha (4 beta - X) - 8 gamma^2 *)
  F.sub f t5 beta r.x;
  F.mul f t5 alpha t5;
  F.add f gamma gamma gamma;
  F.sqr f gamma gamma;
  F.add f gamma gamma gamma;
  F.sub f r.y t5 gamma

let select mask r a b size =
  Limbs.select r.x mask a.x b.x size;
  Limbs.select r.y mask a.y b.y size;
  Limbs.select r.z mask a.z b.z size

(** [r = p + q], whatever they are; they may be one. Only the sum of equal points takes another time. *)
let add ({ field = f; t0 = z1z1; t1 = z2z2; t2 = u1; t3 = u2; t4 = s1; t5 = s2; t6; t7; sum; twice } as curve) r p q =
  F.sqr f z1z1 p.z;
  F.sqr f z2z2 q.z;
  F.mul f u1 p.x z2z2;
  F.mul f u2 q.x z1z1;
  F.mul f s1 q.z z2z2;
  F.mul f s1 p.y s1;
  F.mul f s2 p.z z1z1;
  F.mul f s2 q.y s2;
  let h = u2 and rr = s2 in
  F.sub f h u2 u1;
  F.sub f rr s2 s1;
  let p_finite = Limbs.not_zero p.z f.size and q_finite = Limbs.not_zero q.z f.size in
  let differ = Int64.logor (Limbs.not_zero h f.size) (Limbs.not_zero rr f.size) in
  if Int64.equal (Int64.logand (Int64.logand p_finite q_finite) (Int64.lognot differ)) (-1L) then begin
    double curve twice p;
    select (-1L) r twice twice f.size
  end
  else begin
    F.add f rr rr rr;
    (* Z = ((Z1 + Z2)^2 - Z1Z1 - Z2Z2) H *)
    F.add f t6 p.z q.z;
    F.sqr f t6 t6;
    F.sub f t6 t6 z1z1;
    F.sub f t6 t6 z2z2;
    F.mul f sum.z t6 h;
    (* I = (2H)^2, J = HI, V = U1 I *)
    F.add f t6 h h;
    F.sqr f t6 t6;
    F.mul f t7 h t6;
    let j = t7 and v = t6 in
    F.mul f v u1 t6;
    (* X = r^2 - J - 2V *)
    F.sqr f sum.x rr;
    F.sub f sum.x sum.x j;
    F.sub f sum.x sum.x v;
    F.sub f sum.x sum.x v;
    (* Y = r (V - X) - 2 S1 J *)
    F.sub f v v sum.x;
    F.mul f sum.y rr v;
    F.mul f j s1 j;
    F.add f j j j;
    F.sub f sum.y sum.y j;
    select q_finite sum sum p f.size;
    select p_finite r sum q f.size
  end
