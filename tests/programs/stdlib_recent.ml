(* needs OCaml 5.3. What the library has won since 4.13. The expectations are the documentation's. *)
let check name condition = Printf.printf "%s %s\n" name (if condition then "ok" else "WRONG")
let raises e f = match f () with _ -> false | exception x -> x = e
let l = [ 1; 2; 3; 4; 5 ]

let () =
  check "List.take" (List.take 2 l = [ 1; 2 ] && List.take 0 l = [] && List.take 9 l = l && raises (Invalid_argument "List.take") (fun () -> List.take (-1) l));
  check "List.drop" (List.drop 2 l = [ 3; 4; 5 ] && List.drop 9 l = [] && List.drop 0 l == l && raises (Invalid_argument "List.drop") (fun () -> List.drop (-1) l));
  check "List.take_while" (List.take_while (fun x -> x < 3) l = [ 1; 2 ] && List.drop_while (fun x -> x < 3) l = [ 3; 4; 5 ] && List.drop_while (fun _ -> true) l = []);
  check "List.find_index" (List.find_index (fun x -> x > 2) l = Some 2 && List.find_index (fun x -> x > 9) l = None);
  check "List.find_mapi" (List.find_mapi (fun i x -> if i + x > 4 then Some (i, x) else None) l = Some (2, 3));
  check "List.is_empty" (List.is_empty [] && not (List.is_empty l));
  let long = List.init 200_000 (fun i -> i) in
  check "tail recursion"
    (List.length (List.map succ long) = 200_000
    && List.length (List.mapi ( + ) long) = 200_000
    && List.length (List.filter (fun x -> x land 1 = 0) long) = 100_000
    && List.length (List.map2 ( + ) long long) = 200_000
    && List.length (List.concat_map (fun x -> [ x; x ]) long) = 400_000
    && List.length (long @ long) = 400_000
    && List.length (List.flatten [ long; [ 1 ]; long ]) = 400_001
    && List.length (List.of_seq (List.to_seq long)) = 200_000
    && List.length (List.filter_map (fun x -> if x > 5 then Some x else None) long) = 199_994);
  check "Array.find_index" (Array.find_index (fun x -> x > 2) [| 1; 2; 3 |] = Some 2 && Array.find_mapi (fun i x -> if x = 3 then Some i else None) [| 1; 2; 3 |] = Some 2);
  check "Array.map_inplace"
    (let a = [| 1; 2; 3 |] in
     Array.map_inplace succ a;
     Array.mapi_inplace ( * ) a;
     a = [| 0; 3; 8 |]);
  check "Array.init_matrix" (Array.init_matrix 2 3 (fun i j -> (10 * i) + j) = [| [| 0; 1; 2 |]; [| 10; 11; 12 |] |] && raises (Invalid_argument "Array.make_matrix") (fun () -> Array.make_matrix 0 (-1) 0));
  check "Array.shuffle"
    (let a = Array.init 10 Fun.id in
     Array.shuffle ~rand:(fun n -> n - 1) a;
     a = Array.init 10 Fun.id
     &&
     (Array.shuffle ~rand:(fun _ -> 0) a;
      a = [| 1; 2; 3; 4; 5; 6; 7; 8; 9; 0 |]));
  check "Float.Array.shuffle" (let a = Float.Array.of_list [ 1.; 2.; 3. ] in Float.Array.shuffle ~rand:(fun _ -> 0) a; Float.Array.to_list a = [ 2.; 3.; 1. ]);
  check "Fun.compose" (Fun.compose succ (fun x -> x * 2) 5 = 11);
  check "Map"
    (let module M = Map.Make (Int) in
     let m = M.of_list [ 1, [ "a" ]; 2, [ "b" ]; 1, [ "c" ] ] in
     M.to_list m = [ 1, [ "c" ]; 2, [ "b" ] ] && M.to_list (M.add_to_list 1 "x" (M.add_to_list 5 "y" m)) = [ 1, [ "x"; "c" ]; 2, [ "b" ]; 5, [ "y" ] ]);
  check "Set.to_list" (let module S = Set.Make (Int) in S.to_list (S.of_list [ 3; 1; 2; 3 ]) = [ 1; 2; 3 ]);
  check "hash" (Int.hash 5 = Hashtbl.hash 5 && String.hash "x" = Hashtbl.hash "x" && Char.hash 'x' = Hashtbl.hash 'x' && Bool.hash true = Hashtbl.hash true && Int64.hash 5L = Hashtbl.hash 5L && Float.seeded_hash 3 1.5 = Hashtbl.seeded_hash 3 1.5 && Uchar.hash Uchar.rep = Hashtbl.hash 0xfffd && String.seeded_hash 3 "x" = Hashtbl.seeded_hash 3 "x");
  check "Queue.drop" (let q = Queue.of_seq (List.to_seq l) in Queue.drop q; Queue.peek q = 2 && raises Queue.Empty (fun () -> Queue.drop (Queue.create ())));
  check "Stack.drop" (let s = Stack.of_seq (List.to_seq l) in Stack.drop s; Stack.top s = 4 && raises Stack.Empty (fun () -> Stack.drop (Stack.create ())))

(* UTF-8 and UTF-16 *)
let decode s i =
  let d = String.get_utf_8_uchar s i in
  Uchar.utf_decode_is_valid d, Uchar.utf_decode_length d, Uchar.to_int (Uchar.utf_decode_uchar d)

let () =
  check "utf-8" (List.map (decode "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xab") [ 0; 1; 3; 6 ] = [ true, 1, 0x61; true, 2, 0xe9; true, 3, 0x20ac; true, 4, 0x1f42b ]);
  (* table 3-8 of the Unicode standard: maximal subparts *)
  check "utf-8 wrong"
    (List.map (fun s -> decode s 0)
       [ "\x80"; "\xc0\xaf"; "\xc3"; "\xc3("; "\xe2\x82"; "\xe2("; "\xe0\x80\x80"; "\xed\xa0\x80"; "\xf0\x9f\x90"; "\xf0\x80\x80\x80"; "\xf4\x90\x80\x80"; "\xf5\x80\x80\x80"; "\xff"; "\xe2\x82A"; "\xf0\x9f\x90A"; "\xf0\x9fA" ]
    = [ false, 1, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 2, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 3, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 1, 0xfffd; false, 2, 0xfffd; false, 3, 0xfffd; false, 2, 0xfffd ]);
  check "utf-8 valid" (String.is_valid_utf_8 "" && String.is_valid_utf_8 "a\xc3\xa9\xf4\x8f\xbf\xbf" && (not (String.is_valid_utf_8 "a\xc3")) && not (String.is_valid_utf_8 "\xed\xbf\xbf"));
  check "utf-8 round trip"
    (let ok = ref true in
     let b = Bytes.create 4 in
     for k = 0 to 0x10ff do
       let n = (k * 0x100) + (k land 0xff) in
       if Uchar.is_valid n then begin
         let u = Uchar.of_int n in
         let length = Bytes.set_utf_8_uchar b 0 u in
         let d = Bytes.get_utf_8_uchar b 0 in
         if length <> Uchar.utf_8_byte_length u || Uchar.utf_decode_length d <> length || Uchar.utf_decode_uchar d <> u then ok := false;
         let length = Bytes.set_utf_16be_uchar b 0 u in
         let d = Bytes.get_utf_16be_uchar b 0 in
         if length <> Uchar.utf_16_byte_length u || Uchar.utf_decode_length d <> length || Uchar.utf_decode_uchar d <> u then ok := false
       end
     done;
     !ok);
  check "no room" (Bytes.set_utf_8_uchar (Bytes.create 2) 0 (Uchar.of_int 0x20ac) = 0 && Bytes.set_utf_16le_uchar (Bytes.create 3) 0 (Uchar.of_int 0x1f42b) = 0);
  check "outside" (raises (Invalid_argument "index out of bounds") (fun () -> String.get_utf_8_uchar "abc" 3) && raises (Invalid_argument "index out of bounds") (fun () -> String.get_utf_16be_uchar "abc" (-1)));
  let d16 s = let d = String.get_utf_16be_uchar s 0 in Uchar.utf_decode_is_valid d, Uchar.utf_decode_length d, Uchar.to_int (Uchar.utf_decode_uchar d) in
  check "utf-16" (List.map d16 [ "\x20\xac"; "\xd8\x3d\xdc\x2b"; "\xd8\x3d"; "\xd8"; "\xdc\x2b\x00\x41"; "\xd8\x3d\x00\x41" ] = [ true, 2, 0x20ac; true, 4, 0x1f42b; false, 2, 0xfffd; false, 1, 0xfffd; false, 2, 0xfffd; false, 2, 0xfffd ])

(* Sequences *)
let () =
  let s = List.to_seq l in
  let list = List.of_seq in
  check "Seq consumers" (Seq.length s = 5 && Seq.exists (fun x -> x = 3) s && Seq.for_all (fun x -> x > 0) s && Seq.find (fun x -> x > 3) s = Some 4 && Seq.find_index (fun x -> x > 3) s = Some 3 && Seq.find_mapi (fun i x -> if x = 4 then Some i else None) s = Some 3 && Seq.fold_lefti (fun a i x -> a + (i * x)) 0 s = 40);
  check "Seq.take" (list (Seq.take 2 s) = [ 1; 2 ] && list (Seq.drop 3 s) = [ 4; 5 ] && list (Seq.take 3 (Seq.cycle (List.to_seq [ 1; 2 ]))) = [ 1; 2; 1 ] && list (Seq.cycle Seq.empty) = []);
  check "Seq.scan" (list (Seq.scan ( + ) 0 s) = [ 0; 1; 3; 6; 10; 15 ]);
  check "Seq.unfold" (list (Seq.unfold (fun n -> if n = 0 then None else Some (n, n - 1)) 3) = [ 3; 2; 1 ] && list (Seq.take 4 (Seq.iterate (fun x -> 2 * x) 1)) = [ 1; 2; 4; 8 ] && list (Seq.take 2 (Seq.repeat 'a')) = [ 'a'; 'a' ] && list (Seq.take 3 (Seq.ints 5)) = [ 5; 6; 7 ] && list (Seq.init 3 succ) = [ 1; 2; 3 ]);
  check "Seq.group" (List.map list (list (Seq.group ( = ) (List.to_seq [ 1; 1; 2; 3; 3; 3; 1 ]))) = [ [ 1; 1 ]; [ 2 ]; [ 3; 3; 3 ]; [ 1 ] ]);
  check "Seq.zip" (list (Seq.zip s (List.to_seq [ 'a'; 'b' ])) = [ 1, 'a'; 2, 'b' ] && list (Seq.map2 ( + ) s s) = [ 2; 4; 6; 8; 10 ] && list (Seq.interleave s (List.to_seq [ 10; 20 ])) = [ 1; 10; 2; 20; 3; 4; 5 ]);
  check "Seq.sorted_merge" (list (Seq.sorted_merge compare (List.to_seq [ 1; 4; 6 ]) (List.to_seq [ 2; 3; 7; 8 ])) = [ 1; 2; 3; 4; 6; 7; 8 ]);
  check "Seq.product" (list (Seq.product (List.to_seq [ 1; 2; 3 ]) (List.to_seq [ 'a'; 'b' ])) |> List.sort compare = [ 1, 'a'; 1, 'b'; 2, 'a'; 2, 'b'; 3, 'a'; 3, 'b' ] && list (Seq.take 6 (Seq.product (Seq.ints 0) (Seq.ints 0))) = [ 0, 0; 1, 0; 0, 1; 2, 0; 1, 1; 0, 2 ]);
  check "Seq.transpose" (List.map list (list (Seq.transpose (List.to_seq (List.map List.to_seq [ [ 1; 2; 3 ]; [ 4 ]; [ 5; 6 ] ])))) = [ [ 1; 4; 5 ]; [ 2; 6 ]; [ 3 ] ]);
  check "Seq.partition" (let a, b = Seq.partition (fun x -> x > 2) s in list a = [ 3; 4; 5 ] && list b = [ 1; 2 ] && (let a, b = Seq.partition_map (fun x -> if x > 2 then Either.Left x else Either.Right (-x)) s in list a = [ 3; 4; 5 ] && list b = [ -1; -2 ]));
  check "Seq.once" (let o = Seq.once s in list o = l && raises Seq.Forced_twice (fun () -> o ()));
  check "Seq.memoize" (let n = ref 0 in let m = Seq.memoize (Seq.map (fun x -> incr n; x) s) in list m = l && list m = l && !n = 5);
  check "Seq.to_dispenser" (let next = Seq.to_dispenser s in next () = Some 1 && next () = Some 2 && list (Seq.of_dispenser next) = [ 3; 4; 5 ] && next () = None);
  check "Seq.equal" (Seq.equal ( = ) s s && (not (Seq.equal ( = ) s Seq.empty)) && Seq.compare compare s (List.to_seq [ 1; 3 ]) < 0 && Seq.compare compare s s = 0)

(* Dynamic arrays *)
let () =
  let a = Dynarray.create () in
  for i = 1 to 20 do Dynarray.add_last a (i * i) done;
  check "Dynarray" (Dynarray.length a = 20 && Dynarray.get a 3 = 16 && Dynarray.get_last a = 400 && Dynarray.capacity a >= 20 && Dynarray.pop_last a = 400 && Dynarray.pop_last_opt a = Some 361 && Dynarray.find_last a = Some 324);
  check "Dynarray errors"
    (raises (Invalid_argument "Dynarray.get: index 18 out of bounds (0..17)") (fun () -> Dynarray.get a 18)
    && raises (Invalid_argument "Dynarray.set: index -1 out of bounds (empty dynarray)") (fun () -> Dynarray.set (Dynarray.create ()) (-1) 0)
    && raises Not_found (fun () -> Dynarray.pop_last (Dynarray.create ()))
    && raises (Invalid_argument "Dynarray.make: negative length -1 requested") (fun () -> Dynarray.make (-1) 0)
    && (match Dynarray.iter (fun _ -> Dynarray.add_last a 0) a with () -> false | exception Invalid_argument _ -> true));
  Dynarray.truncate a 4;
  check "Dynarray conversions" (Dynarray.to_list a = [ 1; 4; 9; 16 ] && Dynarray.to_array a = [| 1; 4; 9; 16 |] && List.of_seq (Dynarray.to_seq_rev a) = [ 16; 9; 4; 1 ] && Dynarray.to_list (Dynarray.map succ (Dynarray.of_array [| 1; 2 |])) = [ 2; 3 ] && Dynarray.to_list (Dynarray.filter (fun x -> x > 4) a) = [ 9; 16 ]);
  let f = Dynarray.of_list [ 1.5; 2.5 ] in
  Dynarray.append_seq f (Seq.return 3.5); Dynarray.append f (Dynarray.of_array [| 4.5 |]); Dynarray.append_list f [ 5.5 ]; Dynarray.set f 0 0.5;
  Gc.compact ();
  check "Dynarray of floats" (Dynarray.to_array f = [| 0.5; 2.5; 3.5; 4.5; 5.5 |] && Dynarray.fold_left ( +. ) 0. f = 16.5 && Dynarray.fold_right (fun x acc -> x :: acc) f [] = [ 0.5; 2.5; 3.5; 4.5; 5.5 ]);
  Dynarray.blit ~src:a ~src_pos:1 ~dst:a ~dst_pos:3 ~len:3;
  check "Dynarray.blit" (Dynarray.to_list a = [ 1; 4; 9; 4; 9; 16 ] && Dynarray.mem 9 a && Dynarray.find_index (fun x -> x > 4) a = Some 2 && Dynarray.equal ( = ) a (Dynarray.copy a) && Dynarray.compare compare a (Dynarray.copy a) = 0);
  Dynarray.ensure_capacity a 100; check "Dynarray.capacity" (Dynarray.capacity a >= 100); Dynarray.fit_capacity a; check "Dynarray.fit_capacity" (Dynarray.capacity a = 6); Dynarray.clear a; Dynarray.reset a; check "Dynarray.reset" (Dynarray.capacity a = 0 && Dynarray.is_empty a)

(* Types, domains *)
let () =
  let a : int Type.Id.t = Type.Id.make () and b : string Type.Id.t = Type.Id.make () and c : int Type.Id.t = Type.Id.make () in
  let cast : type a b. a Type.Id.t -> b Type.Id.t -> a -> b option = fun x y v -> match Type.Id.provably_equal x y with Some Type.Equal -> Some v | None -> None in
  check "Type.Id" (cast a a 5 = Some 5 && cast a b 5 = None && cast a c 5 = None && Type.Id.uid a <> Type.Id.uid c);
  let d = Domain.spawn (fun () -> List.fold_left ( + ) 0 l) in
  check "Domain" (Domain.join d = 15 && raises Exit (fun () -> Domain.join (Domain.spawn (fun () -> raise Exit))) && Domain.is_main_domain () && Domain.recommended_domain_count () = 1);
  let m = Mutex.create () and filled = Condition.create () and q = Queue.create () in
  let consumer = Domain.spawn (fun () ->
    let rec go sum = function
      | 0 -> sum
      | n ->
          Mutex.lock m;
          while Queue.is_empty q do Condition.wait filled m done;
          let x = Queue.take q in
          Mutex.unlock m;
          go (sum + x) (n - 1)
    in
    go 0 10) in
  for i = 1 to 10 do Mutex.protect m (fun () -> Queue.add i q; Condition.signal filled) done;
  check "Condition" (Domain.join consumer = 55);
  let go = Atomic.make false in
  let d = Domain.spawn (fun () -> while not (Atomic.get go) do Domain.cpu_relax () done; "gone") in
  Atomic.set go true;
  check "cpu_relax" (Domain.join d = "gone");
  let s = Semaphore.Counting.make 2 in
  check "Semaphore" (Semaphore.Counting.try_acquire s && Semaphore.Counting.try_acquire s && (not (Semaphore.Counting.try_acquire s)) && Semaphore.Counting.get_value s = 0 && (Semaphore.Counting.release s; Semaphore.Counting.acquire s; true));
  let key = Domain.DLS.new_key ~split_from_parent:(fun x -> x + 1) (fun () -> 1) in
  Domain.DLS.set key 5;
  check "DLS" (Domain.join (Domain.spawn (fun () -> Domain.DLS.get key)) = 6 && Domain.DLS.get key = 5);
  check "Mutex errors" (Mutex.lock m; (match Mutex.lock m with () -> false | exception Sys_error _ -> true) && not (Mutex.try_lock m));
  Mutex.unlock m;
  check "Atomic" (let a = Atomic.make 5 in Atomic.fetch_and_add a 3 = 5 && Atomic.exchange a 1 = 8 && Atomic.compare_and_set a 1 2 && (not (Atomic.compare_and_set a 1 3)) && (Atomic.incr a; Atomic.decr a; Atomic.get a = 2))
