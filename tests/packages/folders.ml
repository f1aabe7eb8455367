(* A folder as a key-value store does what the store in memory does. *)
(* Every answer is there at once. *)
let now promise = match Lwt.state promise with Lwt.Return v -> v | Fail e -> raise e | Sleep -> failwith "later"

module Use (K : Mirage_kv.RW) = struct
  let key = Mirage_kv.Key.v
  let read f pp t k = now (f t (key k)) |> Fmt.str "%s: %a" k Fmt.(result ~ok:pp ~error:K.pp_error)
  let write r = now r |> Fmt.str "%a" Fmt.(result ~ok:(any "done") ~error:K.pp_write_error)
  let kind = Fmt.(using (function `Value -> "value" | `Dictionary -> "dictionary") string)

  let run t =
    let int63 = Optint.Int63.of_int in
    let read f pp k = read f pp t k and set k v = write (K.set t (key k) v) in
    let state () =
      List.concat_map
        (fun k ->
          [ read K.exists Fmt.(option ~none:(any "nothing") kind) k; read K.get Fmt.(fmt "%S") k; read K.size Fmt.(using Optint.Int63.to_int int) k;
            read K.list Fmt.(Dump.list (pair ~sep:(any " ") Mirage_kv.Key.pp kind)) k; read (fun t k -> K.get_partial t k ~offset:(int63 2) ~length:3) Fmt.(fmt "%S") k ])
        [ "/"; "a"; "a/b"; "a/b/c"; "d"; ".."; "a/../a/b"; "a/b/c/d"; "e/a"; "e" ]
    in
    (* In an order that does not depend on how lists are evaluated. *)
    let steps =
      [ (fun () -> state ()); (fun () -> [ set "a/b/c" "hello" ]); (fun () -> [ set "a/b" "x" ]); (fun () -> [ set "d" "0123456789" ]); (fun () -> [ set "d/x" "y" ]); state;
        (fun () -> [ write (K.set_partial t (key "d") ~offset:(int63 8) "abcd") ]); (fun () -> [ write (K.set_partial t (key "none") ~offset:(int63 0) "x") ]);
        (fun () -> [ write (K.allocate t (key "z") (int63 3)) ]); (fun () -> [ write (K.allocate t (key "z") (int63 3)) ]); (fun () -> [ read K.get Fmt.(fmt "%S") "z" ]); (fun () -> [ read K.get Fmt.(fmt "%S") "d" ]);
        (fun () -> [ write (K.allocate t ~last_modified:(Option.get (Ptime.of_date (2001, 2, 3))) (key "old") (int63 0)) ]); (fun () -> [ read K.last_modified (Ptime.pp_rfc3339 ()) "old" ]);
        (fun () -> [ write (K.rename t ~source:(key "a") ~dest:(key "a/b/q")) ]); (fun () -> [ write (K.rename t ~source:(key "a") ~dest:(key "e/f")) ]); state;
        (fun () -> [ write (K.rename t ~source:(key "d") ~dest:(key "e")) ]); (fun () -> [ write (K.rename t ~source:(key "e/d") ~dest:(key "z")) ]); (fun () -> [ write (K.rename t ~source:(key "gone") ~dest:(key "z")) ]); state;
        (fun () -> [ write (K.remove t (key "gone")) ]); (fun () -> [ write (K.remove t (key "e")) ]); (fun () -> [ write (K.remove t (key "z/y")) ]); state; (fun () -> [ write (K.remove t Mirage_kv.Key.empty) ]); state ]
    in
    List.concat_map (fun step -> step ()) steps
end

let () =
  let folder = Filename.temp_file "folders" "" in
  Sys.remove folder;
  Sys.mkdir folder 0o755;
  let module Memory = Use (Mirage_kv_mem) in
  let module Folder = Use (Mirage_kv_unix) in
  let memory = Memory.run (now (Mirage_kv_mem.connect ())) in
  let files = Folder.run (now (Mirage_kv_unix.connect folder)) in
  List.iter2 (fun m f -> if String.equal m f then print_endline m else Printf.printf "memory: %s\nfolder: %s\n" m f) memory files;
  let t = now (Mirage_kv_unix.connect folder) in
  let digest k = Result.get_ok (now (Mirage_kv_unix.digest t (Mirage_kv.Key.v k))) and set k v = ignore (now (Mirage_kv_unix.set t (Mirage_kv.Key.v k) v)) in
  let empty = digest "/" in
  set "a/b" "1"; let one = digest "/" in
  set "a/b" "2"; let two = digest "/" in
  set "a/b" "1"; Printf.printf "%b %b %b\n" (one = digest "/") (one = two) (one = empty);
  ignore (now (Mirage_kv_unix.remove t Mirage_kv.Key.empty));
  Sys.rmdir folder;
  (match now (Mirage_kv_unix.connect folder) with _ -> print_endline "there" | exception Unix.Unix_error (e, _, _) -> print_endline (Unix.error_message e))
