(* Characters and strings. *)
open Astring
let p = print_endline
let o f = function None -> "none" | Some x -> f x
let pr (a, b) = a ^ "|" ^ b
let () =
  p (o pr (String.cut ~sep:":" "a:b:c")); p (o pr (String.cut ~rev:true ~sep:":" "a:b:c")); p (o pr (String.cut ~sep:"::" "a:b")); p (String.concat ~sep:"," (String.cuts ~sep:"," "a,,b,")); p (String.concat ~sep:"." (String.cuts ~empty:false ~sep:"," "a,,b,")); p (String.concat ~sep:"," (String.fields "a b  c")); p (String.concat ~sep:"," (String.fields ~empty:false " a b  c "));
  p (String.trim "  x y \n"); p (pr (String.span ~sat:Char.Ascii.is_digit "12ab")); p (String.take ~rev:true ~max:2 "abc"); p (String.drop ~max:2 "abc"); p (String.with_range ~first:1 ~len:10 "abc"); p (String.with_index_range ~first:1 ~last:1 "abc"); p (o string_of_int (String.find ((=) 'c') "abc")); p (o string_of_int (String.find_sub ~rev:true ~sub:"ab" "abab")); p (strf "%d%s" 3 "x"); p (String.Ascii.escape_string "a\n\"\\\200"); p (o Fun.id (String.Ascii.unescape_string "a\\n\\x41")); p (strf "%a %a" String.dump "q\"" Char.dump '\n'); p (String.concat ~sep:"," (String.uniquify ["a"; "b"; "a"])); p (o string_of_int (String.to_int "x")); p (o string_of_int (String.Map.find "k" (String.Map.of_list ["k", 3]))); p (string_of_bool (String.is_infix ~affix:"b" "abc"))
