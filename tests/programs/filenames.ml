(* needs OCaml 5 *)
let rnd = Random.State.make [|3|]
let r n = Random.State.int rnd n
let s () = String.concat "" (List.init (r 7) (fun _ -> [|"a";".";"/";"..";"b.c";"'";" ";"x";"//"|].(r 9)))
let e f = try Printf.printf "%S " (f ()) with Invalid_argument m -> Printf.printf "IA %s " m
open Filename
let () = for i = 1 to 150 do let a = s () and b = s () in Printf.printf "%S %S: " a b;
 e (fun () -> concat a b); e (fun () -> basename a); e (fun () -> dirname a); e (fun () -> extension a); e (fun () -> remove_extension a); e (fun () -> chop_extension a);
 e (fun () -> chop_suffix a b); e (fun () -> match chop_suffix_opt ~suffix:b a with Some x -> x | None -> "NONE"); Printf.printf "%b %b %b " (is_relative a) (is_implicit a) (check_suffix a b);
 e (fun () -> quote a); e (fun () -> quote_command a [b;a]);  e (fun () -> quote_command a ~stdin:b ~stdout:a ~stderr:a [b;a]);  e (fun () -> quote_command a ~stdin:b ~stdout:b ~stderr:a [b;a]); print_newline () done;
