(* Blocks of tags that no expression of the program makes, read by Marshal. *)
type tree = Leaf | One of tree | Two of tree * tree | Three of tree * tree * tree | Number of int

let rec sum = function Leaf -> 0 | One t -> sum t | Two (a, b) -> sum a + sum b | Three (a, b, c) -> sum a + sum b + sum c | Number n -> n

(* Two (Number 5, One (Number 7)) *)
let bytes = "\x84\x95\xa6\xbe\x00\x00\x00\x06\x00\x00\x00\x04\x00\x00\x00\x09\x00\x00\x00\x09\xa1\x93\x45\x90\x93\x47"

let () =
  Printf.printf "%d %d\n" (sum Leaf) (sum (Marshal.from_string bytes 0))
