(* simulation: bank queue with PRNG of its own, statistics, histogram, tabular output; json printer/parser; run-length; state machines *)
type json = Null | Bool of bool | Num of float | Str of string | Arr of json list | Obj of (string * json) list
exception Parse_error of string * int
let parse s =
  let pos = ref 0 in let n = String.length s in
  let fail m = raise (Parse_error (m, !pos)) in
  let peek () = if !pos < n then s.[!pos] else '\000' in let adv () = incr pos in
  let rec ws () = match peek () with ' ' | '\n' | '\t' | '\r' -> adv (); ws () | _ -> () in
  let expect c = if peek () = c then adv () else fail (Printf.sprintf "expected %C, got %C" c (peek ())) in
  let lit w v = String.iter expect w; v in
  let str () = expect '"'; let b = Buffer.create 16 in let rec go () = match peek () with '"' -> adv () | '\000' when !pos >= n -> fail "unterminated string" | '\\' -> adv (); (match peek () with 'n' -> Buffer.add_char b '\n' | 't' -> Buffer.add_char b '\t' | 'u' -> let h = String.sub s (!pos + 1) 4 in pos := !pos + 4; Buffer.add_utf_8_uchar b (Uchar.of_int (int_of_string ("0x" ^ h))) | c -> Buffer.add_char b c); adv (); go () | c -> Buffer.add_char b c; adv (); go () in go (); Buffer.contents b in
  let num () = let st = !pos in let rec go () = match peek () with '0' .. '9' | '-' | '+' | '.' | 'e' | 'E' -> adv (); go () | _ -> () in go (); let t = String.sub s st (!pos - st) in match float_of_string_opt t with Some f -> Num f | None -> fail ("bad number " ^ t) in
  let rec value () = ws (); let v = match peek () with '{' -> adv (); ws (); if peek () = '}' then (adv (); Obj []) else Obj (members []) | '[' -> adv (); ws (); if peek () = ']' then (adv (); Arr []) else Arr (elems []) | '"' -> Str (str ()) | 't' -> lit "true" (Bool true) | 'f' -> lit "false" (Bool false) | 'n' -> lit "null" Null | _ -> num () in ws (); v
  and members acc = ws (); let k = str () in ws (); expect ':'; let v = value () in match peek () with ',' -> adv (); members ((k, v) :: acc) | _ -> expect '}'; List.rev ((k, v) :: acc)
  and elems acc = let v = value () in match peek () with ',' -> adv (); elems (v :: acc) | _ -> expect ']'; List.rev (v :: acc) in
  let v = value () in if !pos < n then fail "trailing"; v
let rec show ?(ind = 0) j = let pad k = String.make (2 * k) ' ' in match j with Null -> "null" | Bool b -> string_of_bool b | Num f -> if Float.is_integer f && Float.abs f < 1e15 then Printf.sprintf "%.0f" f else Printf.sprintf "%.17g" f | Str s -> "\"" ^ String.concat "" (List.map (function '"' -> "\\\"" | '\n' -> "\\n" | '\\' -> "\\\\" | c when Char.code c < 32 -> Printf.sprintf "\\u%04x" (Char.code c) | c -> String.make 1 c) (List.of_seq (String.to_seq s))) ^ "\"" | Arr [] -> "[]" | Arr l -> "[\n" ^ String.concat ",\n" (List.map (fun j -> pad (ind + 1) ^ show ~ind:(ind + 1) j) l) ^ "\n" ^ pad ind ^ "]" | Obj [] -> "{}" | Obj l -> "{\n" ^ String.concat ",\n" (List.map (fun (k, v) -> Printf.sprintf "%s%S: %s" (pad (ind + 1)) k (show ~ind:(ind + 1) v)) l) ^ "\n" ^ pad ind ^ "}"
let rec path j = function [] -> Some j | `Key k :: r -> (match j with Obj l -> Option.bind (List.assoc_opt k l) (fun j -> path j r) | _ -> None) | `Idx i :: r -> (match j with Arr l -> Option.bind (List.nth_opt l i) (fun j -> path j r) | _ -> None)
type state = Idle | Working of int | Broken of { since : int; reason : string }
let step t = function Idle -> if t mod 3 = 0 then Working t else Idle | Working s when t - s > 4 -> Broken { since = t; reason = Printf.sprintf "overheat@%d" t } | Working _ as w -> w | Broken { since; _ } when t - since >= 2 -> Idle | b -> b
let show_state = function Idle -> "idle" | Working n -> "work" ^ string_of_int n | Broken { since; reason } -> Printf.sprintf "broken(%d,%s)" since reason
let rand = let s = ref 12345 in fun n -> s := (!s * 1103515245 + 12345) land 0x7fffffff; (!s lsr 16) mod n
let stats l = let n = float (List.length l) in let m = List.fold_left ( +. ) 0. l /. n in let v = List.fold_left (fun a x -> a +. ((x -. m) ** 2.)) 0. l /. (n -. 1.) in let s = List.sort compare l in (m, sqrt v, List.nth s (List.length l / 2), List.hd s, List.nth s (List.length l - 1))
let () =
  let src = {|{"name": "x\n\"q\" \u00e9\u20ac", "list": [1, 2.5, -3e2, true, null, [], {}], "nested": {"a": {"b": [10, {"c": "deep"}]}}}|} in
  let j = parse src in print_endline (show j); assert (parse (show j) = j);
  print_endline (match path j [ `Key "nested"; `Key "a"; `Key "b"; `Idx 1; `Key "c" ] with Some (Str s) -> s | _ -> "?");
  List.iter (fun s -> match parse s with _ -> Printf.printf "ok %s\n" s | exception Parse_error (m, p) -> Printf.printf "%s: %s at %d\n" s m p) [ "[1,"; "{\"a\" 1}"; "tru"; "\"abc"; "1 2"; "[1,]"; "-"; "\"\\u0041\"" ];
  ignore (List.fold_left (fun (st, t) _ -> let st' = step t st in if st' <> st then Printf.printf "%d:%s->%s " t (show_state st) (show_state st'); (st', t + 1)) (Idle, 1) (List.init 20 Fun.id)); print_newline ();
  let l = List.init 200 (fun _ -> float (rand 100 + rand 100) /. 2.) in let m, sd, med, lo, hi = stats l in Printf.printf "%.3f %.3f %.1f %.1f %.1f\n" m sd med lo hi;
  let h = Array.make 10 0 in List.iter (fun x -> let i = min 9 (int_of_float (x /. 10.)) in h.(i) <- h.(i) + 1) l; Array.iteri (fun i n -> Printf.printf "%2d-%3d |%s %d\n" (i * 10) ((i + 1) * 10) (String.make (n / 2) '#') n) h;
  let rows = [ "id", "name", "amount"; "1", "alpha", "10.50"; "22", "be", "1234.00" ] in let w f = List.fold_left (fun a r -> max a (String.length (f r))) 0 rows in let a = w (fun (x, _, _) -> x) and b = w (fun (_, x, _) -> x) and c = w (fun (_, _, x) -> x) in List.iter (fun (x, y, z) -> Printf.printf "| %*s | %-*s | %*s |\n" a x b y c z) rows;
  Printf.printf "%05d|%+d|% d|%x|%X|%#x|%o|%e|%10.3f|%-10.2f|%s|%b|%c|%%|%i|%u\n" 42 42 42 255 255 255 8 1234.5 3.14159 2.71828 "s" true 'c' 7 9; Printf.printf "%Ld %ld %nd %Lx\n" 123456789012L 42l 7n 255L; Printf.printf "%s %s %s\n" (string_of_float 1.) (string_of_float 1.5e10) (string_of_float 0.1); Printf.printf "%a %t\n" (fun oc x -> output_string oc (string_of_int x)) 5 (fun oc -> output_string oc "t")
