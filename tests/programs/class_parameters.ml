(* class lets, partially applied classes, labels and optional arguments *)
let log = Buffer.create 16
let say s = Buffer.add_string log s; Buffer.add_char log ' '
class c ~a ?(b = (say "default"; 5)) x =
  let y = say "let"; a + b + x in
  let rec fact n = if n = 0 then 1 else n * fact (n - 1) in
  object
    val z = say "val"; y * 2
    method y = y method z = z method f n = fact n + a
    initializer say "init"
  end
class d = c ~a:1
class e x = object inherit d ~b:7 x as super method! y = super#y * 10 initializer say "e" end
let () =
  let o = new c ~a:1 2 in Printf.printf "%d %d %d\n" o#y o#z (o#f 5);
  let o = new c ~b:3 ~a:1 2 in Printf.printf "%d %d\n" o#y o#z;
  let o = new d 4 in Printf.printf "%d\n" o#y;
  let o = new e 4 in Printf.printf "%d %d %d\n" o#y o#z (o#f 3);
  let mk = new c ~b:1 in
  let o = mk ~a:2 3 in Printf.printf "%d\n" o#y;
  print_endline (Buffer.contents log)
