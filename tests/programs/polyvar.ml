(* Polymorphic variants: open and closed types, subtyping, matching with defaults, tags with arguments. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type color = [ `Red | `Green | `Blue ]
type ext = [ color | `Rgb of int * int * int | `Named of string ]
let basic : color -> string = function `Red -> "r" | `Green -> "g" | `Blue -> "b"
let show : ext -> string = function #color as c -> basic c | `Rgb (r, g, b) -> Printf.sprintf "%d/%d/%d" r g b | `Named n -> n
let f = function `A -> 1 | `B n when n > 5 -> n | `B _ -> 0 | `C (x, y) -> x + y | _ -> -1
let rec len = function `Nil -> 0 | `Cons (_, r) -> 1 + len r
let toggle = function `On -> `Off | `Off -> `On
let g x = match x with `X | `Y -> "xy" | `Z -> "z" | `Other s -> s
let () =
  List.iter (fun c -> p "%s" (show c)) [ `Red; `Rgb (1, 2, 3); `Named "n"; (`Blue : color :> ext) ];
  List.iter (fun v -> p "%d" (f v)) [ `A; `B 10; `B 1; `C (3, 4); `D ];
  p "%d" (len (`Cons (1, `Cons (2, `Nil))));
  p "%b" (toggle (toggle `On) = `On);
  p "%s %s %s" (g `X) (g `Z) (g (`Other "o"));
  p "%b %b" (`A < `B) (compare (`T 1) (`T 2) < 0);
  let tbl = [ (`Monday, "mon"); (`Tuesday, "tue") ] in
  p "%s" (List.assoc `Tuesday tbl)
