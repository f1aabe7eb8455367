(* needs OCaml 5 *)
let pr = Printf.printf
let e n f = try f () with Invalid_argument m -> pr "%s IA %s\n" n m | Failure m -> pr "%s F %s\n" n m | End_of_file -> pr "%s EOF\n" n | Not_found -> pr "%s NF\n" n
let hex s = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq s)))
let m ?(f=[]) v = let s = Marshal.to_string v f in if String.length s < 300 then pr "%s\n" (hex s) else pr "%d %s\n" (String.length s) (Digest.to_hex (Digest.string s))
type t = A | B | C of int | D of t * t | E of { x : int; mutable y : float } | F of float array
type r = { a : int; b : string; c : float }
type fr = { f1 : float; f2 : float }
exception Ex of int
class c = object val x = 3 method m = x end
let () =
  pr "%d\n" Marshal.header_size;
  List.iter (fun n -> m n) [0;1;63;64;-1;127;128;-128;-129;32767;32768;-32768;-32769;0x3fffffff;0x40000000;-0x40000000;-0x40000001;0x7fffffff;max_int;min_int];
  m "" ; m "a"; m (String.make 31 'x'); m (String.make 32 'x'); m (String.make 255 'x'); m (String.make 256 'x'); m (String.make 70000 'x'); m (Bytes.of_string "abc");
  m 1.5; m nan; m (-0.); m [|1.;2.|]; m [||]; m (Array.make 300 1.5); m (Array.init 7 Fun.id); m (Array.init 8 Fun.id); m (Array.init 70000 Fun.id);
  m (1,"x"); m [1;2;3]; m A; m (C 3); m (D (A, B)); m (E {x=1;y=2.}); m (F [|1.|]); m {a=1;b="z";c=3.}; m {f1=1.;f2=2.};
  let s = "shared" in m (s, s); m [s;s;s]; m ~f:[No_sharing] (s,s); let l = [1;2] in m (l, l, List.tl l);
  let rec cyc = 1 :: 2 :: cyc in m cyc;
  m 5l; m (-5l); m 5L; m Int64.min_int; m 5n; m 0x100000000n; m (-1n); let x = 7L in m (x, x, 7l);
  m (Some 3); m None; m (Some (Some "q")); m `Foo; m (`Bar 3); m (Ok 3 : (int,string) result); m (ref 5); m ();
  m (Array.init 2000 (fun i -> string_of_int (i mod 500))); m (List.init 1000 (fun i -> (i, float i, Int64.of_int i)));
  let big = Array.init 300 (fun i -> ref i) in m (Array.append big big);
  e "compat" (fun () -> m ~f:[Compat_32] max_int); e "compat" (fun () -> m ~f:[Compat_32] 0x3fffffff); e "compat" (fun () -> m ~f:[Compat_32] 0x100000000n);
  m (lazy 3); let z = lazy (String.length "abc") in ignore (Lazy.force z); m z; 
  let ba = Bigarray.Array1.of_array Bigarray.int16_signed Bigarray.c_layout [|1;-2;300|] in m ba; m (Bigarray.Array1.of_array Bigarray.float64 Bigarray.c_layout [|1.5|]); m (Bigarray.Array1.of_array Bigarray.int Bigarray.c_layout [|1;-2|]); m (Bigarray.Array1.of_array Bigarray.int Bigarray.c_layout [|1;max_int|]);  m (Bigarray.Array1.of_array Bigarray.nativeint Bigarray.c_layout [|1n;-2n|]); m (Bigarray.Array2.of_array Bigarray.complex32 Bigarray.fortran_layout [|[|Complex.one;Complex.i|]|]);
  m (Bigarray.Array1.init Bigarray.char Bigarray.c_layout 70000 (fun i -> Char.chr (i land 255)));
  let rt v = let s = Marshal.to_string v [] in let w = Marshal.from_string s 0 in pr "%b %d %d %b\n" (compare v w = 0) (Marshal.total_size (Bytes.of_string s) 0) (Marshal.data_size (Bytes.of_string s) 0) (Marshal.to_string w [] = s) in
  rt 3; rt "abc"; rt [1;2;3]; rt (1.5, [|1.;2.|], "x", 3l, 4L, 5n); rt (s, s); rt (Array.init 1000 (fun i -> (i, string_of_int i))); rt ba; rt (E {x=1;y=2.}); rt (String.make 1000 'c'); rt min_int; rt {f1=1.;f2=2.}; rt (Array.make 300 2.5); rt (Bigarray.Array1.of_array Bigarray.int Bigarray.c_layout [|1;max_int|]);
  let c2 : int list = Marshal.from_string (Marshal.to_string cyc []) 0 in pr "%b %d\n" (List.tl (List.tl c2) == c2) (List.nth c2 100);
  let (a, b) : string * string = Marshal.from_string (Marshal.to_string (s, s) []) 0 in pr "%b\n" (a == b);
  let (a, b) : string * string = Marshal.from_string (Marshal.to_string (s, s) [No_sharing]) 0 in pr "%b\n" (a == b);
  let x = Marshal.to_bytes [1;2] [] in e "tr" (fun () -> ignore (Marshal.from_bytes (Bytes.sub x 0 (Bytes.length x - 1)) 0)); e "tr" (fun () -> ignore (Marshal.from_bytes x 1)); e "tr" (fun () -> ignore (Marshal.from_bytes x (-1))); e "mag" (fun () -> ignore (Marshal.from_string (String.make 40 'x') 0)); e "ds" (fun () -> ignore (Marshal.data_size (Bytes.make 40 'x') 0)); e "ds" (fun () -> ignore (Marshal.data_size (Bytes.make 10 'x') 0));
  let b = Bytes.make 100 '.' in let n = Marshal.to_buffer b 5 60 [1;2] [] in pr "%d %s\n" n (hex (Bytes.to_string b)); e "buf" (fun () -> ignore (Marshal.to_buffer b 5 10 [1;2;3;4;5;6;7;8;9;10;11] [])); e "buf" (fun () -> ignore (Marshal.to_buffer b 95 10 [1] []));
  e "buf" (fun () -> ignore (Marshal.to_buffer b 5 22 [1;2;3;4;5;6;7;8;9;10;11] []));
  let o = new c in e "obj" (fun () -> m o);
  let deep = List.init 100000 Fun.id in rt deep; let rec dl n acc = if n = 0 then acc else dl (n-1) (D (acc, A)) in let d = dl 100000 A in let s = Marshal.to_string d [] in pr "%d\n" (String.length s); let w : t = Marshal.from_string s 0 in let rec cnt x n = match x with D (y, _) -> cnt y (n+1) | _ -> n in pr "%d\n" (cnt w 0)

(* Channels cannot be written. *)
let () = try print_string (Marshal.to_string stdout []) with Invalid_argument s -> pr "%s\n" s
