(* Labels and optional arguments: commuting, omitting, passing options through, partial application. *)
let p fmt = Printf.printf (fmt ^^ "\n")
let f ~a ~b c = Printf.sprintf "%d %d %d" a b c
let g ?(x = 10) ?y () = match y with None -> Printf.sprintf "%d none" x | Some y -> Printf.sprintf "%d %d" x y
let h ?sep l = String.concat (Option.value sep ~default:",") l
let wrap ?sep l = "<" ^ h ?sep l ^ ">"
let map ~f l = List.map f l
let apply (k : a:int -> b:int -> int) = k ~a:1 ~b:2
let opt_first ?(n = 1) s = String.make n s.[0]
let nested ?(a = 1) ?(b = a + 1) ~c () = a + b + c
let () =
  p "%s %s %s" (f ~a:1 ~b:2 3) (f ~b:2 ~a:1 3) (f 3 ~b:2 ~a:1);
  let fb = f ~b:20 in
  p "%s %s" (fb ~a:1 3) (fb 3 ~a:5);
  let a = 7 and b = 8 in
  p "%s" (f ~a ~b 9);
  p "%s | %s | %s | %s" (g ()) (g ~x:1 ()) (g ~y:2 ()) (g ?x:(Some 3) ?y:None ());
  p "%s %s %s" (h [ "a"; "b" ]) (h ~sep:"-" [ "a"; "b" ]) (wrap ~sep:"+" [ "a"; "b" ]);
  p "%s" (String.concat ";" (map ~f:string_of_int [ 1; 2 ]));
  p "%d" (apply (fun ~a ~b -> a - b));
  p "%s" (String.concat " " (List.map (opt_first ~n:2) [ "x"; "y" ]));
  p "%s" (String.concat " " (List.map (fun s -> opt_first s) [ "x"; "y" ]));
  p "%d %d" (nested ~c:5 ()) (nested ~a:10 ~c:1 ());
  let k = nested ~c:100 in
  p "%d" (k ~b:0 ())
