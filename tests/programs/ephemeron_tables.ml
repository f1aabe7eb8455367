(* needs OCaml 5; skip: stress *)
module Hk = struct type t = string ref let equal a b = !a = !b let hash a = Hashtbl.hash !a let seeded_hash s a = Hashtbl.seeded_hash s !a end
module E = Ephemeron
let pr = Printf.printf
let keep = ref []
let k n = let r = ref (string_of_int n) in keep := r :: !keep; r
module T (M : sig type key include E.S with type key := key end) (K : sig val mk : int -> M.key end) = struct
  let go seed =
    let rnd = Random.State.make [|seed|] in let r n = Random.State.int rnd n in
    let t = M.create (r 40) in
    let st () = let s = M.stats t in pr "%d %d %d %d[" (M.length t) s.num_bindings s.num_buckets s.max_bucket_length; Array.iter (pr "%d;") s.bucket_histogram; pr "] "; let s = M.stats_alive t in pr "%d %d %d\n" s.num_bindings s.num_buckets s.max_bucket_length in
    let t2 = ref (M.copy t) in
    for i = 1 to 400 do
      let n = r (1 + r 200) in let k = K.mk n in
      match r 12 with
      | 0|1|2 -> M.add t k i | 3 | 4 -> M.replace t k i | 5 -> M.remove t k | 6 -> (match M.find_opt t k with Some n -> pr "%d " n | None -> pr "N ")
      | 7 -> (try pr "%d " (M.find t k) with Not_found -> pr "NF ") | 8 -> List.iter (pr "%d,") (M.find_all t k) | 9 -> pr "%b " (M.mem t k)
      | 10 -> if r 100 = 0 then (st (); M.clear t) else if r 100 = 0 then (st (); M.reset t) else if r 10 = 0 then st (); if r 50 = 0 then M.clean t
      | _ -> if r 30 = 0 then (t2 := M.copy t; M.add t k i; List.iter (pr "%d,") (M.find_all !t2 k); M.add_seq t (List.to_seq [K.mk 1, 2; K.mk 3, 4]); M.replace_seq t (List.to_seq [K.mk 1, 7; K.mk 3, 8]))
    done; st ();
    let t = M.of_seq (List.to_seq (List.init 50 (fun i -> K.mk (i mod 20), i))) in  pr "%d\n" (M.length t); for i = 0 to 5 do List.iter (pr "%d,") (M.find_all t (K.mk i)) done
end
module K1 = E.K1.Make(Hk)
module K2 = E.K2.Make(Hk)(Hk)
module Kn = E.Kn.Make(Hk)
module K1s = E.K1.MakeSeeded(Hk)
module T1 = T (K1) (struct let mk n = k n end)
module T2 = T (K2) (struct let mk n = k n, k (n + 1) end)
module T3 = T (Kn) (struct let mk n = Array.init (n mod 4) (fun i -> k (n + i)) end)
module T4 = T (struct include K1s let create n = K1s.create ~random:false n end) (struct let mk n = k n end)
let () = for s = 1 to 1 do T1.go s; T2.go s; T3.go s; T4.go s done;
 let a = ref 1 and b = ref 2 in
 let e = E.K1.make a "x" in let os = function None -> pr "None " | Some s -> pr "%s " s in
 os (E.K1.query e a); os (E.K1.query e b); os (E.K1.query e (ref 1));
 let e = E.K2.make a b "x" in os (E.K2.query e a b); os (E.K2.query e b a);
 let e = E.Kn.make [|a;b;a|] "x" in os (E.Kn.query e [|a;b;a|]); os (E.Kn.query e [|a;b|]); os (E.Kn.query e [|a;b;b|]); os (E.Kn.query e [|a;b;a;a|]);
 let e = E.Kn.make [||] "x" in os (E.Kn.query e [||]);
 let module B = E.K1.Bucket in let u = B.make () in B.add u a "1"; B.add u b "2"; B.add u a "3"; os (B.find u a); pr "%d " (B.length u); B.remove u a; os (B.find u a); B.remove u a;  os (B.find u a); B.remove u a; pr "%d " (B.length u); B.clear u; os (B.find u b);
 let module B = E.K2.Bucket in let u = B.make () in B.add u a b "1"; B.add u b a "2"; B.add u a b "3"; os (B.find u a b); pr "%d " (B.length u); B.remove u a b; os (B.find u a b); 
 let module B = E.Kn.Bucket in let u = B.make () in B.add u [|a|] "1"; B.add u [||] "2"; B.add u [|a;b|] "3"; os (B.find u [|a|]); os (B.find u [||]); pr "%d " (B.length u); B.remove u [|a|]; os (B.find u [|a|]); 
 ignore (Sys.opaque_identity (!keep, a, b))

(* Keys that are compared physically, static ones among them. *)
module Kinds = Ephemeron.K1.Make (struct type t = extension_constructor let equal = ( == ) let hash = Hashtbl.hash end)
exception Mine of int
let () =
  let kinds = Kinds.create 17 in
  List.iter (fun (c, name) -> Kinds.replace kinds c name) [ [%extension_constructor Failure], "failure"; [%extension_constructor Mine], "mine"; [%extension_constructor Not_found], "none" ];
  List.iter (fun e -> pr "%s " (Option.value ~default:"?" (Kinds.find_opt kinds (Obj.Extension_constructor.of_val e)))) [ Mine 3; Not_found; Failure "x"; Exit ]
