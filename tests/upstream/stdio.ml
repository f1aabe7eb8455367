(* packages: base stdio *)
open Base
open Stdio
let () =
  let l = List.range 1 10 |> List.filter ~f:(fun x -> x % 2 = 1) in
  print_s (List.sexp_of_t Int.sexp_of_t l);
  printf "%s %d\n" (String.concat ~sep:"-" [ "a"; "b" ]) (List.sum (module Int) l ~f:Fn.id);
  let m = Map.of_alist_exn (module String) [ "b", 2; "a", 1 ] in
  Map.iteri m ~f:(fun ~key ~data -> printf "%s:%d\n" key data);
  print_s (Map.sexp_of_m__t (module String) Int.sexp_of_t m);
  let t = Hashtbl.create (module Int) in
  List.iter [ 3, "x"; 1, "y" ] ~f:(fun (k, v) -> Hashtbl.set t ~key:k ~data:v);
  printf "%s\n" (Hashtbl.to_alist t |> List.sort ~compare:(fun (a, _) (b, _) -> Int.compare a b) |> List.map ~f:snd |> String.concat);
  (match Or_error.try_with (fun () -> failwith "bad") with Ok () -> () | Error e -> print_endline (Error.to_string_hum e));
  (match Or_error.error_s (Sexp.message "msg" [ "x", Int.sexp_of_t 3 ]) with Error e -> print_endline (Error.to_string_mach e) | Ok () -> ());
  printf "%s\n" (Float.to_string_hum ~decimals:2 ~strip_zero:false 1234567.891);
  print_s (Set.sexp_of_m__t (module Char) (Set.of_list (module Char) (String.to_list "hello")));
  printf "%d %s\n" (Option.value_exn (Array.binary_search [| 1; 3; 5 |] ~compare:Int.compare `First_equal_to 3)) (String.tr ~target:'l' ~replacement:'L' "hello");
  match Option.value_exn (None : int option) with _ -> () | exception e -> print_endline (Exn.to_string e)
