open Lwt.Infix

module Make (Data : Mirage_kv.RO) = struct
  let describe data key =
    Data.get data key >|= function
    | Ok text -> Fmt.str "%a: %d bytes of %s" Mirage_kv.Key.pp key (String.length text) (Magic_mime.lookup (Mirage_kv.Key.basename key))
    | Error e -> Fmt.str "%a" Data.pp_error e
end
