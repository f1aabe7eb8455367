(* Integers and rationals of any size against zarith: for every operation a hash of all its results on random operands. oracle: zarith *)
let seed = ref 12345
let rnd n = seed := (!seed * 25214903917 + 11) land ((1 lsl 48) - 1); (!seed lsr 16) mod n
let hashes = Hashtbl.create 100
let out name s = Hashtbl.replace hashes name (Hashtbl.hash (Option.value (Hashtbl.find_opt hashes name) ~default:0, Digest.string s))
let words () = match rnd 10 with 0 -> 0 | 1 | 2 | 3 -> 1 | 4 | 5 -> 2 | 6 -> 3 | 7 -> 1 + rnd 8 | 8 -> 1 + rnd 40 | _ -> 1 + rnd 3
let rz ?(w = words ()) () =
  if w = 0 then Z.of_int (rnd 5 - 2) else
  let b = Bytes.create (8 * w) in
  let style = rnd 6 in
  for i = 0 to 8 * w - 1 do Bytes.set b i (Char.chr (match style with 0 -> 255 | 1 -> 0 | 2 -> if rnd 9 = 0 then 255 else 0 | 3 -> if rnd 9 = 0 then 0 else 255 | _ -> rnd 256)) done;
  let z = Z.of_bits (Bytes.to_string b) in
  let z = match rnd 4 with 0 -> Z.shift_right z (rnd 64) | 1 -> Z.succ z | _ -> z in
  if rnd 2 = 0 then Z.neg z else z
let z name v = out name (Z.to_string v)
let i name v = out name (string_of_int v)
let b name v = out name (string_of_bool v)
let ex name f = match f () with () -> () | exception Division_by_zero -> out name "div0" | exception Z.Overflow -> out name "overflow" | exception Invalid_argument m -> out name ("inv " ^ m) | exception Failure m -> out name ("fail " ^ m) | exception e -> out name (Printexc.to_string e)
let zz name (a, b) = z name a; z name b
let () =
  for k = 1 to 400 do
    let x = rz () and y = rz () in
    z "add" (Z.add x y); z "sub" (Z.sub x y); z "mul" (Z.mul x y); z "neg" (Z.neg x); z "abs" (Z.abs x); z "succ" (Z.succ x); z "pred" (Z.pred x);
    ex "div" (fun () -> z "div" (Z.div x y)); ex "rem" (fun () -> z "rem" (Z.rem x y)); ex "dr" (fun () -> zz "dr" (Z.div_rem x y)); ex "cdiv" (fun () -> z "cdiv" (Z.cdiv x y)); ex "fdiv" (fun () -> z "fdiv" (Z.fdiv x y)); ex "ediv" (fun () -> zz "ediv" (Z.ediv_rem x y));
    ex "dx" (fun () -> z "dx" (Z.divexact (Z.mul x y) y)); ex "dv" (fun () -> b "dv" (Z.divisible x y); b "dv" (Z.divisible (Z.mul x y) y); b "cg" (Z.congruent x y (Z.of_int (rnd 5))));
    z "and" (Z.logand x y); z "or" (Z.logor x y); z "xor" (Z.logxor x y); z "not" (Z.lognot x);
    let s = rnd 200 in
    z "shl" (Z.shift_left x s); z "shr" (Z.shift_right x s); z "shrt" (Z.shift_right_trunc x s); i "nb" (Z.numbits x); i "tz" (Z.trailing_zeros x); b "tb" (Z.testbit x s);
    ex "pop" (fun () -> i "pop" (Z.popcount x)); ex "ham" (fun () -> i "ham" (Z.hamdist x y));
    let l = 1 + rnd 150 in
    z "ext" (Z.extract x s l); z "sext" (Z.signed_extract x s l);
    out "bits" (Z.to_bits x); i "size" (Z.size x);
    i "cmp" (Z.compare x y); b "eq" (Z.equal x y); i "sign" (Z.sign x); i "pcmp" (compare x y); b "peq" (x = y); b "plt" (x < y); i "hash" (Z.hash x); i "phash" (Hashtbl.hash x); i "phash2" (Hashtbl.hash (x, [ y ])); i "cmpt" (compare (1, x) (1, y));
    out "flt" (Printf.sprintf "%h" (Z.to_float x)); 
    ex "ti" (fun () -> i "ti" (Z.to_int x)); ex "ti64" (fun () -> out "ti64" (Int64.to_string (Z.to_int64 x))); ex "ti32" (fun () -> out "ti32" (Int32.to_string (Z.to_int32 x))); b "fi" (Z.fits_int x); b "f64" (Z.fits_int64 x); b "f32" (Z.fits_int32 x);
    z "gcd" (Z.gcd x y); z "lcm" (Z.lcm x y);
    (let g, s, t = Z.gcdext x y in z "gx" g; b "gxok" (Z.equal g (Z.add (Z.mul x s) (Z.mul y t))); ());
    List.iter (fun f -> out f (Z.format f x)) [ "%x"; "%X"; "%#o"; "%+d"; "% 30d"; "%-40x"; "%040d"; "%#b"; "%+#x"; "%0#30x"; "%i" ];
    z "os" (Z.of_string (Z.format "%#x" x)); z "os10" (Z.of_string (Z.to_string x)); z "os7" (Z.of_string_base 16 (Z.format "%x" x));
    if k mod 4 = 0 then begin
      let m = rz () in
      ex "powm" (fun () -> z "powm" (Z.powm x (Z.abs y) m)); ex "powmn" (fun () -> z "powmn" (Z.powm x (Z.neg (Z.abs (Z.rem y (Z.of_int 1000)))) m)); ex "inv" (fun () -> z "inv" (Z.invert x y));
      ex "sqrt" (fun () -> zz "sqrt" (Z.sqrt_rem x)); let d = rnd 7 in ex "root" (fun () -> zz "root" (Z.rootrem x d)); ex "pow" (fun () -> z "pow" (Z.pow x (rnd 12)));
      ex "kr" (fun () -> i "kr" (Z.kronecker x y)); ex "rm" (fun () -> let a, n = Z.remove x (Z.of_int (2 + rnd 5)) in z "rm" a; i "rm" n);
      b "psq" (Z.perfect_square x); b "psq2" (Z.perfect_square (Z.mul x x)); b "ppw" (Z.perfect_power (Z.pow (Z.of_int (rnd 20 - 10)) (2 + rnd 3)));
      ex "jac" (fun () -> i "jac" (Z.jacobi x (Z.add (Z.mul y (Z.of_int 2)) Z.one)));
      let small = Z.of_int (rnd 100000) in
      b "pp" (Z.probab_prime small 10 > 0); z "np" (Z.nextprime small);
      ex "log" (fun () -> i "log2" (Z.log2 x); i "log2up" (Z.log2up x));
      ex "off" (fun () -> z "off" (Z.of_float (Z.to_float x *. 1.37))); z "off2" (Z.of_float (float (rnd 100000) /. 7.));
      z "o64" (Z.of_int64 (Int64.mul (Int64.of_int (rnd 1000000007)) 9223372036854775783L)); z "o32" (Z.of_int32 (Int32.of_int (rnd 1000000007 * 5)));
    end;
    if k mod 2 = 0 then begin
      let q = Q.make x y and r = Q.make (rz ~w:1 ()) (rz ~w:1 ()) in
      let o n v = out n (Q.to_string v) in
      o "q" q; o "qa" (Q.add q r); o "qs" (Q.sub q r); o "qm" (Q.mul q r); o "qd" (Q.div q r); o "qi" (Q.inv q); o "qn" (Q.neg q); i "qc" (Q.compare q r); b "qe" (Q.equal q q); b "ql" (Q.lt q r); out "qf" (Printf.sprintf "%h" (Q.to_float q +. 0.));
      out "qf2" (Printf.sprintf "%h" (Float.abs (Q.to_float (Q.div_2exp r (1000 + rnd 120))))); o "qof" (Q.of_float (Q.to_float r)); o "qst" (Q.of_string (Q.to_string r)); ex "qb" (fun () -> z "qb" (Q.to_bigint q)); o "qm2" (Q.mul_2exp q (rnd 100)); i "qsg" (Q.sign q)
    end
  done;
  List.iter (fun s -> ex s (fun () -> z s (Z.of_string s)); ex ("q" ^ s) (fun () -> out s (Q.to_string (Q.of_string s)))) [ ""; "-"; "+5"; "-0"; "0x"; "0xg"; "0b101"; "0o17"; "-0xFF"; "12a"; "1/2"; "-3/6"; "1.5"; "-1.25e3"; "1e-3"; "0.1"; ".5"; "5."; "inf"; "-inf"; "undef"; "1/0"; "0/0"; "1e"; "--1"; "1_000"; " 1"; "0x1.8"; "1E+2" ];
  List.iter (fun n -> ex "fac" (fun () -> z "fac" (Z.fac n)); ex "fac2" (fun () -> z "fac2" (Z.fac2 n)); ex "facM" (fun () -> z "facM" (Z.facM n 3)); ex "prim" (fun () -> z "prim" (Z.primorial n)); ex "fib" (fun () -> z "fib" (Z.fib n)); ex "luc" (fun () -> z "luc" (Z.lucnum n)); ex "bin" (fun () -> z "bin" (Z.bin (Z.of_int n) 7)); ex "bin2" (fun () -> z "bin2" (Z.bin (Z.of_int 50) n)); ex "bin3" (fun () -> z "bin3" (Z.bin (Z.of_int (-20)) n))) [ -1; 0; 1; 2; 3; 5; 10; 30; 100; 257 ];
  List.iter (fun f -> ex "ff" (fun () -> z "ff" (Z.of_float f))) [ nan; infinity; 0.; -0.5; 1e300; -1e20; 4.9e-324; 9007199254740993.; 4611686018427387904.; -4611686018427387904. ];
  ex "sh" (fun () -> z "sh" (Z.shift_left Z.one (-1))); ex "shr" (fun () -> z "sh" (Z.shift_right Z.one (-1))); ex "pow" (fun () -> z "" (Z.pow Z.one (-1))); ex "fmt" (fun () -> out "" (Z.format "%q" Z.one)); ex "base" (fun () -> z "" (Z.of_string_base 17 "1")); ex "ext" (fun () -> z "" (Z.extract Z.one 0 0)); ex "ext" (fun () -> z "" (Z.extract Z.one (-1) 1));
  ex "big" (fun () -> z "big" (Z.pow (Z.of_int 7) 20000)); z "sqbig" (Z.sqrt (Z.pow (Z.of_int 10) 2001)); z "big2" (Z.div (Z.pow (Z.of_int 7) 9000) (Z.pow (Z.of_int 3) 7000)); z "big3" (Z.of_string (String.make 5000 '7'));
  z "rsa" (Z.powm (Z.of_int 65537) (Z.pow (Z.of_int 3) 640) (Z.succ (Z.shift_left Z.one 1024)));
  (match (Marshal.from_string (Marshal.to_string (Z.pow (Z.of_int (-7)) 99, [ Z.fac 30 ], 1.5) []) 0 : Z.t * Z.t list * float) with a, l, f -> z "marshal" a; z "marshal" (List.hd l); out "marshal" (string_of_float f));
  out "bytes" (Marshal.to_string [ Z.fac 40; Z.neg (Z.fac 25); Z.of_int 3 ] []);
  List.iter (fun (name, h) -> Printf.printf "%s %d\n" name h) (List.sort compare (List.of_seq (Hashtbl.to_seq hashes)))
