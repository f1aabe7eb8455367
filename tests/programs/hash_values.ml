(* The numbers of Hashtbl.hash and Hashtbl.seeded_hash_param. *)
type t = A | B of int * string | C of float | D of t list
let () =
  let p x = Printf.printf "%d " (Hashtbl.hash x) in
  for i = -20 to 20 do p i; p (i * 1234567); p (i * 123456789012345) done; print_newline ();
  List.iter p [max_int; min_int; 0x7fffffff; 0x80000000; -0x80000000; 1 lsl 31; 1 lsl 61; 1 lsl 62]; print_newline ();
  List.iter p [""; "a"; "ab"; "abc"; "abcd"; "abcde"; "hello world"; String.make 300 'x'; String.init 1000 (fun i -> Char.chr (i land 255)); "\255\254\253"]; print_newline ();
  List.iter p [0.; -0.; 1.; nan; -. nan; infinity; neg_infinity; 3.14; 1e300; 4.9e-324]; print_newline ();
  p [1;2;3]; p (1,"a",2.5); p [|1.;2.;3.|]; p (Array.init 30 float); p A; p (B (1,"x")); p (C 1.5); p (D [A; B (2,"y"); D []; C 2.]);
  p (List.init 300 (fun i -> i)); p (List.init 300 string_of_int); p 1l; p (-1l); p 12345678901L; p (-5L); p 7n; p (-7n); p (0x123456789abn);
  p (Some (Some (Some 3))); p (ref 4); p `A; p (`B 3); p (lazy 3); p (Lazy.from_val 5);
  p (Array.make 5 (Array.make 5 "q")); p (Bytes.of_string "abc"); p 'c'; p true; p (); p [||];
  let l = lazy (1+2) in ignore (Lazy.force l); p l;
  p (Int32.min_int); p Int64.min_int; p Int64.max_int; p Nativeint.min_int;
  print_newline ();
  let q m t s x = Printf.printf "%d " (Hashtbl.seeded_hash_param m t s x) in
  List.iter (fun (m,t,s) -> q m t s [1;2;3;4;5]; q m t s "x"; q m t s [|1.;2.;3.|]; q m t s (D [A; B (2,"y"); D []; C 2.]); q m t s 4; q m t s 2.5)
    [0,0,0; 1,1,0; 2,3,0; 3,5,1; 10,100,-1; 10,100,123456789123; 300,300,5; -1,-1,2; 5,-1,2; 256,256,9; 1000,1000,7];
  print_newline ()
let () = List.iter (fun e -> Printf.printf "%d " (Hashtbl.hash e)) [Not_found; End_of_file; Stack_overflow; Out_of_memory; Division_by_zero]
