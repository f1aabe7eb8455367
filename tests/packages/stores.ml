(* Stores of keys and values: in memory, and of files put into the image. *)
open Lwt.Infix
module K = Mirage_kv.Key
let show pp = function Ok v -> Format.printf "ok %a@." pp v | Error e -> Format.printf "error %a@." Mirage_kv.pp_error e
let showw r = match r with Ok () -> print_endline "ok" | Error e -> Format.printf "error %a@." Mirage_kv.pp_write_error e
let str = Format.pp_print_string
let kinds ppf l = List.iter (fun (k, t) -> Format.fprintf ppf "%a%s " K.pp k (match t with `Value -> "" | `Dictionary -> "/")) l
let kind ppf k = Format.pp_print_string ppf (match k with None -> "none" | Some `Value -> "value" | Some `Dictionary -> "dictionary")
let i63 = Optint.Int63.of_int
let clock = ref 0
let now () = incr clock; Option.get (Ptime.of_span (Ptime.Span.of_int_s !clock))
module Test (S : Mirage_kv.RW with type error = Mirage_kv.error and type write_error = Mirage_kv.write_error) = struct
  let run t =
    let ( let* ) = Lwt.bind in
    let set k v = S.set t (K.v k) v >|= showw in
    let get k = S.get t (K.v k) >|= show str in
    let* () = set "/a" "one" in let* () = set "dir/b" "two" in let* () = set "dir/sub/c" "three" in
    let* () = get "a" in let* () = get "/dir/b" in let* () = get "dir" in let* () = get "nope" in let* () = get "a/x" in
    let* () = set "a/x" "bad" in let* () = set "dir" "bad" in
    let* () = S.list t K.empty >|= show kinds in let* () = S.list t (K.v "dir") >|= show kinds in let* () = S.list t (K.v "a") >|= show kinds in
    let* () = S.exists t (K.v "dir") >|= show kind in let* () = S.exists t (K.v "dir/b") >|= show kind in let* () = S.exists t (K.v "zz/b") >|= show kind in
    let* () = S.size t K.empty >|= show Optint.Int63.pp in
    let* () = S.get_partial t (K.v "dir/sub/c") ~offset:(i63 1) ~length:3 >|= show str in let* () = S.get_partial t (K.v "dir/sub/c") ~offset:(i63 4) ~length:30 >|= show str in let* () = S.get_partial t (K.v "dir/sub/c") ~offset:(i63 40) ~length:3 >|= show str in
    let* () = S.set_partial t (K.v "a") ~offset:(i63 2) "XYZ" >|= showw in let* () = get "a" in let* () = S.set_partial t (K.v "q") ~offset:(i63 2) "XYZ" >|= showw in
    let* d1 = S.digest t (K.v "dir") in let* () = set "dir/b" "two!" in let* d2 = S.digest t (K.v "dir") in Printf.printf "%b\n" (d1 = d2);
    let* () = S.last_modified t (K.v "dir") >|= show (Ptime.pp_rfc3339 ()) in let* () = S.last_modified t (K.v "dir/sub/c") >|= show (Ptime.pp_rfc3339 ()) in
    let* () = S.allocate t (K.v "n") (i63 3) >|= showw in let* () = S.allocate t (K.v "n") (i63 3) >|= showw in let* () = S.size t (K.v "n") >|= show Optint.Int63.pp in
    let* () = S.rename t ~source:(K.v "dir") ~dest:(K.v "dir/sub/x") >|= showw in let* () = S.rename t ~source:(K.v "a") ~dest:(K.v "dir") >|= showw in let* () = get "dir/a" in let* () = get "a" in
    let* () = S.rename t ~source:(K.v "dir/a") ~dest:(K.v "n") >|= showw in let* () = get "n" in let* () = S.rename t ~source:(K.v "zz") ~dest:(K.v "n") >|= showw in
    let* () = S.remove t (K.v "dir") >|= showw in let* () = S.list t K.empty >|= show kinds in S.remove t (K.v "dir") >|= showw
end
module T = Test (Mirage_kv_mem)
module Static = Morgana_crunch.Make (struct let files = [ "/index.html", "<p>"; "css/style.css", "p {}"; "css/old/a.css", "" ] let modified = (20000, 0L) end)
let () =
  Printf.printf "%s %s %s %s %d\n" (K.to_string (K.v "//a//b/")) (K.to_string K.(parent (v "a/b/c"))) (K.basename (K.v "a/b")) (K.to_string K.(v "a" // v "b/c" / "d")) (K.compare (K.v "a") (K.v "b"));
  (try ignore (K.add K.empty "a/b") with Invalid_argument s -> print_endline s);
  Morgana_os.Main.run (Mirage_kv_mem.connect ~now () >>= fun t -> T.run t >>= fun () -> Format.printf "%a@." Mirage_kv_mem.pp t;
    Static.connect () >>= fun t -> Static.get t (K.v "css/style.css") >|= show str >>= fun () -> Static.list t (K.v "css") >|= show kinds >>= fun () -> Static.get t (K.v "css") >|= show str >>= fun () -> Static.last_modified t (K.v "index.html") >|= show (Ptime.pp_rfc3339 ()) >>= fun () -> Static.size t (K.v "css/old/a.css") >|= show Optint.Int63.pp)
