(* A key-value store that is a folder of the system's. *)

module Key = Mirage_kv.Key

type key = Key.t
type t = string
type storage_error = [ `Storage_error of key * string | `Key_exists of key ]
type error = [ Mirage_kv.error | storage_error ]
type write_error = [ Mirage_kv.write_error | storage_error ]

let pp_storage_error ppf = function
  | `Storage_error (key, message) -> Fmt.pf ppf "%a: %s" Key.pp key message
  | `Key_exists key -> Fmt.pf ppf "The key %a exists already" Key.pp key

let pp_error ppf = function #Mirage_kv.error as e -> Mirage_kv.pp_error ppf e | #storage_error as e -> pp_storage_error ppf e

let pp_write_error ppf = function
  | #Mirage_kv.write_error as e -> Mirage_kv.pp_write_error ppf e
  | #storage_error as e -> pp_storage_error ppf e

let connect path =
  match Unix.opendir path with
  | exception (Unix.Unix_error _ as e) -> Lwt.fail e
  | folder ->
    Unix.closedir folder;
    Lwt.return path

let disconnect _ = Lwt.return_unit

(* {1 Files} These functions raise [Unix.Unix_error] and [Refused]. *)

exception Refused of write_error

let refuse error = raise (Refused error)
let file t key = String.concat "/" (t :: Key.segments key)

(* What is at a path; nothing is below a value. *)
let find path =
  match Unix.LargeFile.stat path with
  | { st_kind = S_DIR; _ } as stats -> Some (`Dictionary, stats)
  | stats -> Some (`Value, stats)
  | exception Unix.Unix_error ((ENOENT | ENOTDIR), _, _) -> None

(* A value stands in the way of some keys. *)
let rec refuse_if_below_a_value t key =
  if not (Key.equal key Key.empty) then begin
    refuse_if_below_a_value t (Key.parent key);
    match find (file t (Key.parent key)) with
    | Some (`Value, _) -> refuse (`Dictionary_expected (Key.parent key))
    | Some (`Dictionary, _) | None -> ()
  end

let leaves_folder key = List.exists (fun segment -> segment = "." || segment = ".." || String.contains segment '\000') (Key.segments key)
let look_up t key = if leaves_folder key then None else find (file t key)

let existing t key =
  match look_up t key with
  | Some found -> found
  | None ->
    if not (leaves_folder key) then refuse_if_below_a_value t key;
    refuse (`Not_found key)

let value t key = match existing t key with `Value, stats -> stats | `Dictionary, _ -> refuse (`Value_expected key)

let entries t key =
  match existing t key with
  | `Value, _ -> refuse (`Dictionary_expected key)
  | `Dictionary, _ ->
    let folder = Unix.opendir (file t key) in
    let rec read names = match Unix.readdir folder with "." | ".." -> read names | name -> read (name :: names) | exception End_of_file -> names in
    let names = Fun.protect ~finally:(fun () -> Unix.closedir folder) (fun () -> read []) in
    (* What went, or is a link to nothing, is not there. *)
    List.filter_map (fun name -> let key = Key.add key name in Option.map (fun (kind, _) -> (key, kind)) (look_up t key)) (List.sort String.compare names)

let with_file path flags f =
  let descriptor = Unix.openfile path (O_CLOEXEC :: flags) 0o644 in
  Fun.protect ~finally:(fun () -> Unix.close descriptor) (fun () -> f descriptor)

(* At most [length] bytes from where the file is read next. *)
let read descriptor length =
  let buffer = Buffer.create (min length 65536) and chunk = Bytes.create (max 1 (min length 65536)) in
  let rec go left =
    match Unix.read descriptor chunk 0 (min left (Bytes.length chunk)) with
    | 0 -> ()
    | n ->
      Buffer.add_subbytes buffer chunk 0 n;
      if left > n then go (left - n)
  in
  if length > 0 then go length;
  Buffer.contents buffer

let rec write descriptor data from =
  if from < String.length data then write descriptor data (from + Unix.single_write_substring descriptor data from (String.length data - from))

let contents t key =
  ignore (value t key);
  with_file (file t key) [ O_RDONLY ] (fun descriptor -> read descriptor max_int)

let rec make_folder t key =
  match find (file t key) with
  | Some (`Dictionary, _) -> ()
  | Some (`Value, _) -> refuse (`Dictionary_expected key)
  | None ->
    make_folder t (Key.parent key);
    Unix.mkdir (file t key) 0o755

(* A whole value at once: who reads meanwhile sees the old one or the new one. *)
let replace t key ?modified fill =
  if leaves_folder key || Key.equal key Key.empty then refuse (if leaves_folder key then `Not_found key else `Value_expected key);
  make_folder t (Key.parent key);
  (match look_up t key with Some (`Dictionary, _) -> refuse (`Value_expected key) | Some (`Value, _) | None -> ());
  let temporary = Printf.sprintf "%s/.%d.%d.part" (file t (Key.parent key)) (Unix.getpid ()) (Hashtbl.hash (Key.to_string key)) in
  match
    with_file temporary [ O_WRONLY; O_CREAT; O_TRUNC ] fill;
    Option.iter (fun time -> Unix.utimes temporary time time) modified;
    Unix.rename temporary (file t key)
  with
  | () -> ()
  | exception e ->
    (try Unix.unlink temporary with Unix.Unix_error _ -> ());
    raise e

let rec delete t key =
  match (Unix.LargeFile.lstat (file t key)).st_kind with
  | S_DIR ->
    let folder = Sys.readdir (file t key) in
    Array.iter (fun name -> delete t (Key.add key name)) folder;
    if not (Key.equal key Key.empty) then Unix.rmdir (file t key)
  | _ -> Unix.unlink (file t key)

let rec digest_of t key = function
  | `Value -> Digest.string (contents t key)
  | `Dictionary ->
    let entry (key, kind) =
      let name = Key.basename key in
      Printf.sprintf "%d:%s%c%s" (String.length name) name (match kind with `Value -> 'v' | `Dictionary -> 'd') (digest_of t key kind)
    in
    Digest.string (String.concat "" (List.map entry (entries t key)))

let rec sum t key (kind, (stats : Unix.LargeFile.stats)) ~of_stats ~add =
  match kind with
  | `Value -> of_stats stats
  | `Dictionary -> List.fold_left (fun total (key, _) -> add total (sum t key (existing t key) ~of_stats ~add)) (of_stats { stats with st_size = 0L }) (entries t key)

let rec is_prefix a b = match (a, b) with [], _ -> true | x :: a, y :: b when String.equal x y -> is_prefix a b | _ -> false

(* {1 The store} *)

let answer key f =
  Lwt.return
    (match f () with
    | result -> Ok result
    | exception Refused error -> Error error
    | exception Unix.Unix_error (ENOSPC, _, _) -> Error `No_space
    | exception Unix.Unix_error (error, _, _) -> Error (`Storage_error (key, Unix.error_message error))
    | exception Sys_error message -> Error (`Storage_error (key, message)))

(* Reading takes no space. *)
let answer_reading key f : (_, error) result Lwt.t =
  Lwt.map
    (function
      | Ok _ as ok -> ok
      | Error ((#Mirage_kv.error | #storage_error) as e) -> Error e
      | Error ((`No_space | `Rename_source_prefix _ | `Already_present _) as e) -> Error (`Storage_error (key, Fmt.to_to_string Mirage_kv.pp_write_error e)))
    (answer key f)

let exists t key = answer_reading key (fun () -> Option.map fst (look_up t key))
let get t key = answer_reading key (fun () -> contents t key)

let get_partial t key ~offset ~length =
  answer_reading key (fun () ->
      let { Unix.LargeFile.st_size; _ } = value t key in
      let offset = Optint.Int63.to_int64 offset in
      if offset < 0L || offset >= st_size then ""
      else
        with_file (file t key) [ O_RDONLY ] (fun descriptor ->
            ignore (Unix.LargeFile.lseek descriptor offset SEEK_SET);
            read descriptor length))

let list t key = answer_reading key (fun () -> entries t key)

let last_modified t key =
  answer_reading key (fun () ->
      let latest = sum t key (existing t key) ~of_stats:(fun stats -> stats.st_mtime) ~add:Float.max in
      Option.value (Ptime.of_float_s latest) ~default:Ptime.epoch)

let digest t key = answer_reading key (fun () -> digest_of t key (fst (existing t key)))
let size t key = answer_reading key (fun () -> Optint.Int63.of_int64 (sum t key (existing t key) ~of_stats:(fun stats -> stats.st_size) ~add:Int64.add))

let allocate t key ?last_modified size =
  answer key (fun () ->
      if look_up t key <> None then refuse (`Already_present key);
      replace t key ?modified:(Option.map Ptime.to_float_s last_modified) (fun descriptor -> Unix.LargeFile.ftruncate descriptor (Optint.Int63.to_int64 size)))

let set t key data = answer key (fun () -> replace t key (fun descriptor -> write descriptor data 0))

let set_partial t key ~offset data =
  answer key (fun () ->
      ignore (value t key);
      with_file (file t key) [ O_WRONLY ] (fun descriptor ->
          ignore (Unix.LargeFile.lseek descriptor (Optint.Int63.to_int64 offset) SEEK_SET);
          write descriptor data 0))

let remove t key =
  answer key (fun () ->
      ignore (existing t key);
      delete t key)

let rename t ~source ~dest =
  answer source (fun () ->
      ignore (existing t source);
      if leaves_folder dest then refuse (`Not_found dest);
      let dest = match look_up t dest with Some (`Dictionary, _) -> Key.add dest (Key.basename source) | Some (`Value, _) | None -> dest in
      if not (Key.equal source dest) then
        if is_prefix (Key.segments source) (Key.segments dest) then refuse (`Rename_source_prefix (source, dest))
        else begin
          make_folder t (Key.parent dest);
          Unix.rename (file t source) (file t dest)
        end)
