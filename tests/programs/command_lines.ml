(* needs OCaml 5 *)
let rnd = Random.State.make [|3|]
let r n = Random.State.int rnd n
let pick a = a.(r (Array.length a))
open Arg
let log fmt = Printf.printf fmt
let bo = ref false and so = ref "" and io = ref 0 and fo = ref 0.
let specs = [
 "-u", Unit (fun () -> log "[u]"), " unit thing"; "-b", Bool (log "[b %b]"), "<b>  bool"; "-s", Set bo, "set"; "-c", Clear bo, "\tclear\tme"; "-str", String (log "[str %s]"), "S\tx string";
 "-ss", Set_string so, ""; "-i", Int (log "[i %d]"), "n int"; "-si", Set_int io, " i"; "-f", Float (log "[f %g]"), "x"; "-sf", Set_float fo, "   leading spaces";
 "-t", Tuple [Int (log "[t1 %d]"); Set bo; String (log "[t2 %s]")], "a b tuple"; "-sym", Symbol (["a";"b"], log "[sym %s]"), " symbol here"; "-sym0", Symbol ([], log "[sym %s]"), "\tsymbol";
 "-rest", Rest (log "[rest %s]"), " rest"; "--", Rest_all (fun l -> log "[all %s]" (String.concat "," l)), " all"; "-very-long-option-name", Unit ignore, "arg long option description that goes on";
 "-ex", Expand (fun s -> Array.of_list (String.split_on_char ',' s)), "f expand"; "-bad", Unit (fun () -> raise (Bad "bad thing")), " bad"; "-k=v", Unit (fun () -> log "[kv]"), "kv"; "", Unit (fun () -> log "[empty]"), "e"; "-dup", Unit (fun () -> log "[d1]"), "d"; "-dup", Unit (fun () -> log "[d2]"), "d" ]
let words = [|"-u";"-b";"true";"false";"maybe";"-s";"-c";"-str";"x y";"-ss";"-i";"12";"0x1f";"1.5";"-si";"-f";"nan";"-sf";"-t";"-sym";"a";"b";"c";"-sym0";"-rest";"--";"-ex";"-u,-i,3";"-i,7,zz";"-bad";"anon";"ANON!";"-";"";"-i=5";"-i=x";"-u=3";"-str=a=b";"-k=v";"-b=true";"-unknown";"-help";"--help";"-sym=a";"-sym=q";"-s=1";"-t=4";"-ex=anon,-s";"-=3";"-rest=3";"-dup";"-very-long-option-name"|]
let () =
 for i = 1 to 250 do
  let argv = Array.init (r 7) (fun _ -> if r 40 = 0 then "-" else pick words) in
  let specs = List.filter (fun _ -> r 8 > 0) specs in
  let cur = ref (if r 10 = 0 then r 3 else 0) in
  let anon s = log "[anon %s]" s; if s = "ANON!" then raise (Bad "no anons") in
  Array.iter (log "%S ") argv;
  bo := false; so := ""; io := 0; fo := 0.;
  let expand = r 2 = 0 in
  (try if expand then parse_and_expand_argv_dynamic cur (ref argv) (ref specs) anon "usage" else parse_argv ~current:cur argv specs anon "usage: foo" with
  | Bad s -> log "BAD %s" s | Help s -> log "HELP %s" s | Invalid_argument s -> log "IA %s" s | Not_found -> log "NF" | Failure s -> log "F %s" s);
  log "%d %b %s %d %g\n" !cur !bo !so !io !fo
 done;
 print_string (usage_string specs "u"); print_string (usage_string (align specs) "u"); print_string (usage_string (align ~limit:10 specs) "u"); print_string (usage_string (align ~limit:0 specs) "u"); print_string (usage_string [] "");
 print_string (usage_string (align ["-help", Unit ignore, "my help"; "-x", Unit ignore, ""]) "u");
 print_string (usage_string (align ["-sy", Symbol (["k"], ignore), "my help"; "-x", Unit ignore, "nospace"]) "u");
 let l = ref [] in l := ["-add", Unit (fun () -> log "added"; l := ("-new", Unit (fun () -> log "new"), "n") :: !l), "a"]; 
 parse_argv_dynamic ~current:(ref 0) [|"p";"-add";"-new"|] l ignore "x"
