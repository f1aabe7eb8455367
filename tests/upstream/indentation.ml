(* packages: ocp-indent.lib *)
(* OCaml text indented, whole and in part, in three styles. *)
let text = {|
let rec f x = match x with
| [] -> begin
print_string "empty";
0 end
    | a :: b when a > 0 ->
let y = a + 1 in
  if y > 3 then
  f b
else f
  (List.map (fun z ->
  z + 1) b)
|_ -> try raise Not_found with Not_found -> 1 | Exit ->
2

module M (X : sig
type t
val x : t
end) = struct
type r = {
a : int; (* a
 comment *)
b : string
}
class c = object (self)
method m =
self#n
  method n = [
1; 2;
3 ]
end
let g ?(a=1)
~b
   c =
 a |> succ
|> b
   >>= fun x ->
return x
end
|}
let run config lines =
  let open IndentPrinter in
  let config = IndentConfig.update_from_string IndentConfig.default config in
  proceed { std_output with config; in_lines = lines; indent_empty = false; kind = Print (fun s () -> print_string s) } (Nstream.of_string text) IndentBlock.empty ()
let () = run "normal" (fun _ -> true)
let () = run "apprentice" (fun _ -> true)
let () = run "JaneStreet,match_clause=4" (fun _ -> true)
let () = run "base=4,with=2,strict_with=always" (fun n -> n > 8 && n < 30)
let () =
  let open IndentPrinter in
  let numbers = proceed { std_output with kind = Numeric (fun n acc -> n :: acc); in_lines = (fun _ -> true) } (Nstream.of_string text) IndentBlock.empty [] in
  List.iter (fun n -> Printf.printf "%d " n) (List.rev numbers); print_newline ();
  print_endline (IndentConfig.to_string IndentConfig.default)
