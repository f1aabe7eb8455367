(* Large matches: many constructors, two columns, tokens, an instruction interpreter. *)
let p fmt = Printf.printf (fmt ^^ "\n")
type tok = T0 | T1 | T2 | T3 | T4 | T5 | T6 | T7 | T8 | T9 | Num of int | Id of string | Op of char | Str of string | Eof
let name = function T0 -> "0" | T1 -> "1" | T2 -> "2" | T3 -> "3" | T4 -> "4" | T5 -> "5" | T6 -> "6" | T7 -> "7" | T8 -> "8" | T9 -> "9" | Num n -> string_of_int n | Id s -> s | Op c -> String.make 1 c | Str s -> "\"" ^ s ^ "\"" | Eof -> "eof"
let pair a b = match (a, b) with
  | T0, T0 | T1, T1 | T2, T2 -> 1
  | T0, _ | _, T0 -> 2
  | Num a, Num b when a = b -> 3
  | Num a, Num _ -> a
  | (T3 | T4 | T5), (T6 | T7 | T8) -> 4
  | Id "x", Id ("y" | "z") -> 5
  | Id a, Id b when a < b -> 6
  | Op ('+' | '-'), Op ('*' | '/') -> 7
  | Eof, Eof -> 8
  | Str "", _ -> 9
  | _ -> 10
type ins = Push of int | Add | Mul | Sub | Dup | Swap | Jz of int | Jmp of int | Load of int | Store of int | Print | Halt
let run code =
  let mem = Array.make 8 0 in
  let rec step pc stack =
    match (code.(pc), stack) with
    | Push n, s -> step (pc + 1) (n :: s)
    | Add, a :: b :: s -> step (pc + 1) ((b + a) :: s)
    | Mul, a :: b :: s -> step (pc + 1) ((b * a) :: s)
    | Sub, a :: b :: s -> step (pc + 1) ((b - a) :: s)
    | Dup, (a :: _ as s) -> step (pc + 1) (a :: s)
    | Swap, a :: b :: s -> step (pc + 1) (b :: a :: s)
    | Jz t, 0 :: s -> step t s
    | Jz _, _ :: s -> step (pc + 1) s
    | Jmp t, s -> step t s
    | Load i, s -> step (pc + 1) (mem.(i) :: s)
    | Store i, a :: s -> mem.(i) <- a; step (pc + 1) s
    | Print, a :: s -> p "%d" a; step (pc + 1) s
    | Halt, s -> List.length s
    | (Add | Mul | Sub | Dup | Swap | Jz _ | Store _ | Print), _ -> -1
  in
  step 0 []
let big = function 1 -> 'a' | 2 -> 'b' | 3 -> 'c' | 10 -> 'd' | 100 -> 'e' | 1000 -> 'f' | -1 -> 'g' | 0x3fffffffffffffff -> 'h' | 5 | 6 | 7 -> 'i' | _ -> 'z'
let () =
  let toks = [ T0; T1; T2; T3; T5; T7; T9; Num 1; Num 2; Id "x"; Id "y"; Op '+'; Op '*'; Str ""; Str "s"; Eof ] in
  List.iter (fun a -> List.iter (fun b -> Printf.printf "%d " (pair a b)) toks; print_newline ()) toks;
  p "%s" (String.concat " " (List.map name toks));
  (* factorial of 10 *)
  p "%d" (run [| Push 1; Store 0; Push 10; Store 1; Load 1; Jz 15; Load 0; Load 1; Mul; Store 0; Load 1; Push 1; Sub; Store 1; Jmp 4; Load 0; Print; Halt |]);
  p "%d" (run [| Add; Halt |]);
  List.iter (fun n -> print_char (big n)) [ 1; 2; 3; 10; 100; 1000; -1; max_int; 5; 6; 7; 8 ];
  print_newline ()

(* Dense cases far from 0: large numbers, and the hashes of polymorphic variants with longer names. *)
let far_f = function 1099511627776 -> 1 | 1099511627777 -> 2 | 1099511627778 -> 3 | 1099511627779 -> 4 | 1099511627780 -> 5 | 1099511627781 -> 6 | 1099511627782 -> 7 | _ -> 0
let far_g = function -1099511627776 -> 1 | -1099511627777 -> 2 | -1099511627778 -> 3 | -1099511627779 -> 4 | -1099511627780 -> 5 | -1099511627781 -> 6 | -1099511627782 -> 7 | _ -> 0
let far_h = function 2147483640 -> 1 | 2147483641 -> 2 | 2147483642 -> 3 | 2147483643 -> 4 | 2147483644 -> 5 | 2147483645 -> 6 | 2147483646 -> 7 | 2147483647 -> 8 | 2147483648 -> 9 | 2147483649 -> 10 | _ -> 0
let far_k = function 3000000000 -> 1 | 3000000001 -> 2 | 3000000002 -> 3 | 3000000003 -> 4 | 3000000005 -> 5 | 3000000006 -> 6 | 7 -> 7 | _ -> 0
let () = List.iter (fun v -> Printf.printf "%d %d %d %d\n" (far_f v) (far_g v) (far_h v) (far_k v)) [1099511627776; 1099511627779; -1099511627782; 2147483640;2147483647;2147483648;3000000003;3000000006;3000000004;0;max_int;min_int]
let far_m = function 4611686018427387900 -> 1 | 4611686018427387901 -> 2 | 4611686018427387902 -> 3 | 4611686018427387903 -> 4 | 4611686018427387899 -> 5 | 4611686018427387898 -> 6 | _ -> 0
let far_n = function -4611686018427387900 -> 1 | -4611686018427387901 -> 2 | -4611686018427387902 -> 3 | -4611686018427387903 -> 4 | -4611686018427387904 -> 5 | -4611686018427387898 -> 6 | _ -> 0
let far_o = function 9007199254740992 -> 1 | 9007199254740993 -> 2 | 9007199254740994 -> 3 | 9007199254740995 -> 4 | 9007199254740996 -> 5 | _ -> 0
let () = List.iter (fun v -> Printf.printf "%d %d %d\n" (far_m v) (far_n v) (far_o v)) [max_int; max_int - 1; max_int - 2; max_int - 3; max_int - 4; max_int - 5; max_int - 6; min_int; min_int + 1; min_int + 2; min_int + 3; min_int + 4; min_int + 6; 9007199254740992; 9007199254740993; 9007199254740994; 9007199254740995; 9007199254740996; 0; 1]
let far_i64 = function 0x7fff_ffff_ffff_fff0L -> 1 | 0x7fff_ffff_ffff_fff1L -> 2 | 0x7fff_ffff_ffff_fff2L -> 3 | 0x7fff_ffff_ffff_fff3L -> 4 | 0x7fff_ffff_ffff_ffffL -> 5 | _ -> 0
let far_pv = function `V100 -> 2 | `V101 -> 3 | `V102 -> 4 | `V103 -> 5 | `V104 -> 6 | `V105 -> 7 | `V2 -> 8 | `V3 -> 9
let () = List.iter (fun v -> Printf.printf "%d " (far_i64 v)) [0x7fff_ffff_ffff_fff0L; 0x7fff_ffff_ffff_fff3L; Int64.max_int; 0x7fff_ffff_ffff_fff4L]; List.iter (fun v -> Printf.printf "%d " (far_pv v)) [`V2; `V100; `V101; `V104; `V103; `V105]
