(* packages: camlp-streams mew *)
(* Streams and the lexer on them as OCaml 4 had them; keys bound to actions in modes. *)
let ints s =
  let out = ref [] in
  Stream.iter (fun x -> out := x :: !out) s;
  print_endline (String.concat " " (List.rev_map string_of_int !out))

let () =
  let s = Stream.from (fun n -> if n < 6 then Some (n * n) else None) in
  Printf.printf "%d %d\n" (Stream.next s) (Stream.count s);
  List.iter (fun x -> Printf.printf "%d," x) (Stream.npeek 3 s);
  Stream.junk s;
  ints s;
  (try ignore (Stream.next s) with Stream.Failure -> print_endline "no more");
  ints (Stream.iapp (Stream.of_list [ 1; 2 ]) (Stream.icons 0 (Stream.ising 9)));
  ints (Stream.slazy (fun () -> Stream.lcons (fun () -> 7) (Stream.lsing (fun () -> 8))));
  Stream.iter print_char (Stream.of_string "text\n");
  Stream.iter print_char (Stream.of_bytes (Bytes.of_string "bytes\n"));
  (match Stream.empty (Stream.of_list [ 1 ]) with () -> print_endline "empty" | exception Stream.Failure -> print_endline "not empty");
  let lexer = Genlex.make_lexer [ "+"; "let"; "("; ")"; "=" ] in
  let show = function
    | Genlex.Kwd k -> "kwd " ^ k
    | Ident i -> "ident " ^ i
    | Int n -> "int " ^ string_of_int n
    | Float f -> "float " ^ string_of_float f
    | String s -> Printf.sprintf "string %S" s
    | Char c -> Printf.sprintf "char %C" c
  in
  Stream.iter (fun t -> print_endline (show t)) (lexer (Stream.of_string "let x1 = (3 + -4.5e2) (* (* a *) comment *) \"a\\n\\065\" 'c' '\\n' -7"));
  try Stream.iter ignore (lexer (Stream.of_string "a ; b")) with Stream.Error m -> print_endline m

module Key = struct
  type code = char
  type modifier = Control | Meta
  type modifiers = modifier list
  type t = { code : code; modifiers : modifiers }

  let create ~code ~modifiers = { code; modifiers }
  let create_modifiers l = List.sort_uniq compare l
  let code k = k.code
  let modifiers k = k.modifiers
  let modifier ~key ~modifier = List.mem modifier key.modifiers
  let compare = compare
  let equal a b = a = b
  let hash k = Mew.Key.hash (Char.code k.code) (List.map (function Control -> 1 | Meta -> 2) k.modifiers)
  let to_string k = String.concat "" (List.map (function Control -> "C-" | Meta -> "M-") k.modifiers) ^ String.make 1 k.code
end

module Mode = Mew.Mode.Make (Key) (String)

let () =
  let key ?(modifiers = []) code = Key.create ~code ~modifiers:(Key.create_modifiers modifiers) in
  let normal = { Mode.name = "normal"; timeout = None; bindings = Mode.KeyTrie.create None } in
  let insert = { Mode.name = "insert"; timeout = Some 0.5; bindings = Mode.KeyTrie.create None } in
  Mode.bind normal [ key 'i' ] (Switch "insert");
  Mode.bind normal [ key 'd'; key 'd' ] (Custom (fun () -> print_endline "deleted"));
  Mode.bind insert [ key ~modifiers:[ Control ] 'c' ] (Switch "normal");
  let run mode keys =
    match Mode.KeyTrie.get (Mode.bindings mode) keys with
    | Some (Mode.Switch name) -> Printf.printf "to %s\n" name
    | Some (Custom f) -> f ()
    | Some (Key k) -> print_endline (Key.to_string k)
    | Some (KeySeq q) -> Printf.printf "%d keys\n" (Queue.length q)
    | None -> Printf.printf "%s: nothing for %s\n" (Mode.name mode) (String.concat " " (List.map Key.to_string keys))
  in
  List.iter (run normal) [ [ key 'i' ]; [ key 'd' ]; [ key 'd'; key 'd' ]; [ key ~modifiers:[ Meta; Control ] 'd' ] ];
  Mode.unbind normal [ key 'i' ];
  run normal [ key 'i' ];
  run insert [ key ~modifiers:[ Control ] 'c' ];
  let modes = Mode.Modes.(add "normal" normal (add "insert" insert empty)) in
  Printf.printf "%s %d\n" (fst (Mode.default_mode modes)) (Key.hash (key ~modifiers:[ Meta ] 'x'))
