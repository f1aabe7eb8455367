(* Small things: constants of all kinds, escapes, nested comments, characters, unit, string concatenation order. *)
let p fmt = Printf.printf (fmt ^^ "\n")
(* nested (* comment *) "with a string *)" *)
external length : string -> int = "%string_length"
external ( +! ) : int -> int -> int = "%addint"
external identity : 'a -> 'a = "%identity"
let apply f x = f x
let () =
  p "%d %d" (length "abc") (3 +! 4);
  p "%d" (List.fold_left ( +! ) 0 [ 1; 2; 3 ]);
  p "%d" (apply length "abcd");
  p "%d" (identity 5);
  p "%d %d %d %d" 0xff 0o17 0b101 1_000_000;
  p "%s" "\065\x42\u{43}\o104 \
          continued";
  p "%d" (Char.code '\n' + Char.code '\'' + Char.code '\\' + Char.code '\x41' + Char.code '\o101');
  p "%S" "\u{e9}\u{4e2d}";
  p "%g %g %g" 1e3 1.5e-3 0x1.8p1;
  p "%Ld %ld %nd" 0xFFFFFFFFL 0x7fl (-5n);
  p "%s" __MODULE__;
  p "%d" __LINE__;
  (match __POS__ with _, l, a, b -> p "%d %d %d" l a b);
  p "%b" (() = ());
  p "%s" (if true then "t" else "f");
  begin p "a"; p "b" end;
  let f = function true -> 1 | false -> 0 in
  p "%d" (f true + f false)
