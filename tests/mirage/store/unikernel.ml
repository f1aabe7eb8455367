open Lwt.Infix

module Main (S : Mirage_kv.RW) = struct
  let ok pp = function Ok v -> v | Error e -> Fmt.failwith "%a" pp e
  let key = Mirage_kv.Key.v

  let start s =
    S.set s (key "a/b") "one" >|= ok S.pp_write_error >>= fun () ->
    S.set_partial s (key "a/b") ~offset:Optint.Int63.one "xy" >|= ok S.pp_write_error >>= fun () ->
    S.get s (key "a/b") >|= ok S.pp_error >>= fun v ->
    print_endline v;
    S.rename s ~source:(key "a/b") ~dest:(key "c") >|= ok S.pp_write_error >>= fun () ->
    S.exists s (key "a/b") >|= ok S.pp_error >>= fun there ->
    S.size s (key "c") >|= ok S.pp_error >|= fun size ->
    Fmt.pr "%b %d@." (there <> None) (Optint.Int63.to_int size)
end
