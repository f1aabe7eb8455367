(* Records: mutation, functional update, nested, polymorphic fields, inline records, shadowed labels. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type person = { name : string; mutable age : int; tags : string list }
type 'a box = { mutable contents_ : 'a; id : int }
type poly = { f : 'a. 'a -> 'a }
type msg = Text of { from : string; body : string } | Ping of { mutable count : int }
type mixed = { i : int; fl : float; s : string }
type fl = { mutable u : float; mutable v : float }
let older p = { p with age = p.age + 1 }
let () =
  let a = { name = "ann"; age = 30; tags = [ "x" ] } in
  let b = older a in
  a.age <- 99;
  p "%s %d %d" b.name a.age b.age;
  let c = { a with name = "bob"; tags = "y" :: a.tags } in
  p "%s %d %s" c.name c.age (String.concat "," c.tags);
  let bx = { contents_ = [ 1 ]; id = 7 } in
  bx.contents_ <- 2 :: bx.contents_;
  p "%d %d" (List.length bx.contents_) bx.id;
  let id = { f = (fun x -> x) } in
  p "%d %s" (id.f 1) (id.f "s");
  let m = Ping { count = 1 } in
  (match m with Ping r -> r.count <- r.count + 5 | Text _ -> ());
  (match m with Ping { count } -> p "%d" count | Text { from; body } -> p "%s%s" from body);
  (match Text { from = "a"; body = "b" } with Text { body; _ } -> p "%s" body | Ping _ -> ());
  let x = { i = 1; fl = 2.5; s = "z" } in
  p "%d %g %s" x.i x.fl { x with s = "w" }.s;
  let f = { u = 1.; v = 2. } in
  f.u <- f.u +. f.v;
  p "%g %g %g" f.u f.v { f with v = 9. }.v;
  p "%b %b" (a = { a with age = 99 }) (a == a);
  let { name; age = n; _ } = c in
  p "%s %d" name n
