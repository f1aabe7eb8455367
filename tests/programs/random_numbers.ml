(* needs OCaml 5 *)
open Random
let pr = Printf.printf
let () =
 pr "%S\n" (State.to_binary_string (get_state ()));
 pr "%S\n" (State.to_binary_string (State.make [|314159265|]));
 pr "%S\n" (State.to_binary_string (State.make [||]));
 let s = State.make [|1;2|] in
 let t name f = let s = State.copy s in let b = State.bits64 (State.copy s) in pr "%s first raw %Lx: " name b; for i = 1 to 6 do pr "%s " (f s) done; 
   (* how many steps *) let s2 = State.make [|1;2|] in let n = ref 0 in while State.to_binary_string s2 <> State.to_binary_string s do ignore (State.bits64 s2); incr n done; pr "steps %d\n" !n in
 let i = Printf.sprintf "%x" in
 t "bits" (fun s -> i (State.bits s));
 t "int100" (fun s -> string_of_int (State.int s 100));
 t "full_int" (fun s -> i (State.full_int s 0x3fffffff));
 t "full_int31" (fun s -> i (State.full_int s 0x7fffffff));
 t "full_int31b" (fun s -> i (State.full_int s 0x60000000));
 t "full_int32" (fun s -> i (State.full_int s 0xffffffff));
 t "full_intmax" (fun s -> i (State.full_int s max_int));
 t "range" (fun s -> string_of_int (State.int_in_range s ~min:0 ~max:0x3ffffffe));
 t "range" (fun s -> i (State.int_in_range s ~min:0 ~max:0x3fffffff));
 t "range" (fun s -> i (State.int_in_range s ~min:(-0x40000000) ~max:0x3fffffff));
 t "range" (fun s -> i (State.int_in_range s ~min:(-0x80000000) ~max:0x7fffffff));
 t "range" (fun s -> i (State.int_in_range s ~min:(-0x80000000) ~max:0x70000000));
 t "range" (fun s -> i (State.int_in_range s ~min:(-0x80000001) ~max:0x70000000));
 t "range" (fun s -> i (State.int_in_range s ~min:(min_int) ~max:max_int));
 t "range" (fun s -> i (State.int_in_range s ~min:(min_int/2) ~max:max_int));
 t "range" (fun s -> string_of_int (State.int_in_range s ~min:(-10) ~max:10));
 t "range" (fun s -> string_of_int (State.int_in_range s ~min:5 ~max:10));
 t "int32" (fun s -> Printf.sprintf "%lx" (State.int32 s 0x7fffffffl));
 t "int32r" (fun s -> Printf.sprintf "%lx" (State.int32_in_range s ~min:Int32.min_int ~max:Int32.max_int));
 t "int32r" (fun s -> Printf.sprintf "%lx" (State.int32_in_range s ~min:(-5l) ~max:0x10l));
 t "int32r" (fun s -> Printf.sprintf "%lx" (State.int32_in_range s ~min:(-0x70000000l) ~max:0x10l));
 t "int64" (fun s -> Printf.sprintf "%Lx" (State.int64 s 0x7fffffffffffffffL));
 t "int64" (fun s -> Printf.sprintf "%Lx" (State.int64 s 0x1000L));
 t "int64r" (fun s -> Printf.sprintf "%Lx" (State.int64_in_range s ~min:0x0L ~max:0x1000L));
 t "int64r" (fun s -> Printf.sprintf "%Lx" (State.int64_in_range s ~min:Int64.min_int ~max:Int64.max_int));
 t "int64r" (fun s -> Printf.sprintf "%Lx" (State.int64_in_range s ~min:Int64.min_int ~max:0x1000000000000000L));
 t "nat" (fun s -> Printf.sprintf "%nx" (State.nativeint s 0x1000n));
 t "natr" (fun s -> Printf.sprintf "%nx" (State.nativeint_in_range s ~min:(-5n) ~max:0x1000n));
 t "float" (fun s -> Printf.sprintf "%h" (State.float s 1.));
 t "bool" (fun s -> Printf.sprintf "%b" (State.bool s));
 t "bits32" (fun s -> Printf.sprintf "%lx" (State.bits32 s));
 t "bits64" (fun s -> Printf.sprintf "%Lx" (State.bits64 s));
 t "nativebits" (fun s -> Printf.sprintf "%nx" (State.nativebits s));
 let u = State.split s in pr "%S\n%S\n" (State.to_binary_string s) (State.to_binary_string u);
 let e f = try ignore (f ()); pr "ok\n" with Invalid_argument m -> pr "IA %s\n" m | Failure m -> pr "F %s\n" m in
 e (fun () -> int 0); e (fun () -> int 0x40000000); e (fun () -> full_int 0); e (fun () -> int32 0l); e (fun () -> int64 0L); e (fun () -> nativeint 0n); 
 e (fun () -> State.of_binary_string (State.to_binary_string s)); e (fun () -> int_in_range 3 2);
 e (fun () -> State.of_binary_string ("lxm1:" ^ String.make 32 '\000'));
 pr "%S\n" (State.to_binary_string (State.of_binary_string ("lxm1:" ^ String.make 32 '\000')));
 e (fun () -> int32_in_range 3l 2l); e (fun () -> int64_in_range 3L 2L); e (fun () -> nativeint_in_range 3n 2n);
 init 5; pr "%d %d\n" (bits ()) (int 10); full_init [|3;4;5|]; pr "%d\n" (bits ()); 
 pr "%g\n" (float 10.); pr "%b\n" (compare (State.make [|1|]) (State.make [|1|]) = 0);
 pr "%h %h\n" (float (-3.)) (float infinity)
