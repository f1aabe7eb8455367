open Lwt.Infix

module Make (Data : Mirage_kv.RO) (Keys : Mirage_kv.RO) = struct
  module P = Pages.Make (Data)

  let rec walk data prefix =
    Data.list data prefix >>= function
    | Error e -> Fmt.failwith "%a" Data.pp_error e
    | Ok entries ->
        Lwt_list.iter_s
          (fun (key, kind) ->
            match kind with
            | `Dictionary -> Fmt.pr "%a/@." Mirage_kv.Key.pp key; walk data key
            | `Value -> P.describe data key >|= print_endline)
          (List.sort compare entries)

  let start data keys =
    walk data Mirage_kv.Key.empty >>= fun () ->
    Keys.get keys (Mirage_kv.Key.v "server.key") >>= fun key ->
    (match key with Ok k -> Printf.printf "%S\n" k | Error e -> Fmt.pr "%a@." Keys.pp_error e);
    Keys.get keys (Mirage_kv.Key.v "server.pem") >>= fun missing ->
    (match missing with Ok _ -> print_endline "there" | Error (`Not_found k) -> Fmt.pr "no %a@." Mirage_kv.Key.pp k | Error e -> Fmt.pr "%a@." Keys.pp_error e);
    Data.get_partial data (Mirage_kv.Key.v "index.html") ~offset:(Optint.Int63.of_int 4) ~length:5 >|= function
    | Ok part -> print_endline part
    | Error e -> Fmt.pr "%a@." Data.pp_error e
end
