(* The modules with labels. *)
open StdLabels
open MoreLabels
let p = Printf.printf
module M = Map.Make (Int) module S = Set.Make (String) module H = Hashtbl.Make (struct type t = int let equal = Int.equal let hash = Hashtbl.hash end)
let () =
  List.iter ~f:(p "%d ") (List.map ~f:succ (List.filter ~f:(fun x -> x > 1) [ 1; 2; 3 ])); p "%d\n" (List.fold_left ~init:0 ~f:( + ) [ 1; 2 ]); p "%d\n" (List.fold_right ~f:( - ) [ 5; 2 ] ~init:1);
  p "%s %b %s\n" (String.concat ~sep:"-" [ "a"; "b" ]) (List.mem 2 ~set:[ 1; 2 ]) (String.sub "hello" ~pos:1 ~len:3); p "%s\n" (String.map ~f:Char.uppercase_ascii "abc"); let a = Array.init 5 ~f:(fun i -> i * i) in Array.sort ~cmp:(fun a b -> compare b a) a; Array.iteri ~f:(fun i x -> p "%d:%d " i x) a; Array.blit ~src:a ~src_pos:0 ~dst:a ~dst_pos:2 ~len:3; Array.fill a ~pos:0 ~len:1 9; p "%d\n" (Array.fold_right ~f:( + ) a ~init:0);
  let m = M.of_seq (List.to_seq [ 1, "a"; 2, "b" ]) in let m = M.add ~key:3 ~data:"c" m in M.iter ~f:(fun ~key ~data -> p "%d=%s " key data) m; p "%d\n" (M.fold ~f:(fun ~key ~data:_ acc -> acc + key) m ~init:0); p "%d\n" (M.cardinal (M.filter ~f:(fun k _ -> k > 1) m)); let m = M.union ~f:(fun _ a b -> Some (a ^ b)) m m in M.iter ~f:(fun ~key:_ ~data -> p "%s " data) m;
  let s = S.of_list [ "x"; "y" ] in S.iter ~f:print_string s; p "%d\n" (S.fold ~f:(fun x acc -> acc + String.length x) s ~init:0);
  let h = Hashtbl.create 3 in Hashtbl.add h ~key:"k" ~data:1; Hashtbl.replace h ~key:"k" ~data:2; Hashtbl.iter ~f:(fun ~key ~data -> p "%s %d\n" key data) h; p "%d\n" (Hashtbl.fold ~f:(fun ~key:_ ~data acc -> data + acc) h ~init:1); Hashtbl.filter_map_inplace ~f:(fun ~key:_ ~data -> if data > 5 then Some data else None) h; p "%d\n" (Hashtbl.length h);
  let t = H.create 3 in H.add t ~key:1 ~data:'x'; H.iter ~f:(fun ~key ~data -> p "%d%c\n" key data) t;
  p "%b %s\n" (List.for_all2 ~f:( = ) [ 1 ] [ 1 ]) (Bytes.to_string (Bytes.sub (Bytes.of_string "abcdef") ~pos:2 ~len:2)); let b = Bytes.make 3 'a' in Bytes.fill b ~pos:1 ~len:1 'z'; print_endline (Bytes.to_string b); p "%s\n" (match List.find_opt ~f:(fun x -> x > 1) [ 1; 2 ] with Some n -> string_of_int n | None -> "-"); List.iter2 ~f:(fun a b -> p "%d%c " a b) [ 1; 2 ] [ 'a'; 'b' ]; p "%d\n" (List.assoc 1 [ 1, 2 ]); List.iteri ~f:(fun i s -> p "%d%s " i s) (String.split_on_char ~sep:',' "a,b"); let l = ListLabels.sort ~cmp:compare [ 3; 1 ] in p "%d\n" (List.hd l);
  let f : ?x:int -> y:int -> unit -> int = fun ?(x = 1) ~y () -> x + y in p "%d %d\n" (f ~y:2 ()) (f ~x:5 ~y:2 ()); let g = f ~y:3 in p "%d\n" (g ()); let apply ~f x = f x in p "%d\n" (apply ~f:(fun x -> x + 1) 2); p "%s\n" (Float.ArrayLabels.fold_left ~f:(fun a x -> a ^ string_of_float x) ~init:"" (Float.ArrayLabels.of_list [ 1.; 2. ]))
