(* Files put into the image: a key-value store that can only be read. *)

module Make (Files : sig
  val files : (string * string) list
  val modified : int * int64
end) =
struct
  module Pure = Mirage_kv_mem.Pure

  type key = Mirage_kv.Key.t
  type error = Mirage_kv.error

  let pp_error = Mirage_kv.pp_error

  type t = Pure.t

  (* Made when it is used first. *)
  let tree =
    lazy
      (let time = Ptime.v Files.modified in
       List.fold_left
         (fun tree (path, data) ->
           match Pure.set tree (Mirage_kv.Key.v path) time data with
           | Ok tree -> tree
           | Error e -> Fmt.invalid_arg "the files of the image: %a" Mirage_kv.pp_write_error e)
         (Pure.empty time ()) Files.files)

  let connect () = Lwt.return (Lazy.force tree)
  let disconnect _ = Lwt.return_unit
  let exists t key = Lwt.return (Ok (Pure.exists t key))
  let get t key = Lwt.return (Pure.get t key)
  let get_partial t key ~offset ~length = Lwt.return (Pure.get_partial t key ~offset ~length)
  let list t key = Lwt.return (Pure.list t key)
  let last_modified t key = Lwt.return (Pure.last_modified t key)
  let digest t key = Lwt.return (Pure.digest t key)
  let size t key = Lwt.return (Pure.size t key)
end
