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
