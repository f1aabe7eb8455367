(* Disks in memory: sectors that were never written to are kept nowhere and read as zeros. *)

type error = Mirage_block.error
type write_error = Mirage_block.write_error

let pp_error = Mirage_block.pp_error
let pp_write_error = Mirage_block.pp_write_error

type t = { mutable info : Mirage_block.info; sectors : (int64, Cstruct.t) Hashtbl.t; mutable connected : bool }

let disks : (string, t) Hashtbl.t = Hashtbl.create 4

let create ~name ?(size_sectors = 16384L) ?(sector_size = 512) () =
  if Hashtbl.mem disks name then Error (`Msg (Printf.sprintf "there is a RAM disk %S already" name))
  else if Int64.compare size_sectors 0L <= 0 || sector_size <= 0 then
    Error (`Msg (Printf.sprintf "a RAM disk cannot have %Ld sectors of %d bytes" size_sectors sector_size))
  else begin
    let t = { info = { Mirage_block.read_write = true; sector_size; size_sectors }; sectors = Hashtbl.create 64; connected = true } in
    Hashtbl.replace disks name t;
    Ok t
  end

let destroy ~name =
  match Hashtbl.find_opt disks name with
  | None -> ()
  | Some t ->
      t.connected <- false;
      Hashtbl.reset t.sectors;
      Hashtbl.remove disks name

let connect ~name =
  match Hashtbl.find_opt disks name with
  | Some t ->
      t.connected <- true;
      Lwt.return t
  | None -> ( match create ~name () with Ok t -> Lwt.return t | Error (`Msg reason) -> Lwt.fail_with reason)

let disconnect t =
  t.connected <- false;
  Lwt.return_unit

let get_info t = Lwt.return t.info

(* Each sector of the buffers, in order; the buffers must lie in the disk and hold whole sectors. *)
let transfer name t first buffers f =
  let { Mirage_block.sector_size; size_sectors; _ } = t.info in
  let bytes = Cstruct.lenv buffers in
  List.iter
    (fun buffer ->
      if Cstruct.length buffer mod sector_size <> 0 then
        Fmt.invalid_arg "Ramdisk.%s: a buffer of %d bytes does not hold whole sectors of %d" name (Cstruct.length buffer) sector_size)
    buffers;
  let last = Int64.add first (Int64.of_int (bytes / sector_size)) in
  if Int64.compare first 0L < 0 || Int64.compare last size_sectors > 0 then
    Fmt.invalid_arg "Ramdisk.%s: sectors %Ld to %Ld of a disk of %Ld" name first (Int64.pred last) size_sectors;
  let number = ref first in
  List.iter
    (fun buffer ->
      for i = 0 to (Cstruct.length buffer / sector_size) - 1 do
        f !number (Cstruct.sub buffer (i * sector_size) sector_size);
        number := Int64.succ !number
      done)
    buffers

let read t first buffers =
  if not t.connected then Lwt.return (Error `Disconnected)
  else begin
    transfer "read" t first buffers (fun number window ->
        match Hashtbl.find_opt t.sectors number with
        | Some sector -> Cstruct.blit sector 0 window 0 (Cstruct.length window)
        | None -> Cstruct.memset window 0);
    Lwt.return (Ok ())
  end

let write t first buffers =
  if not t.connected then Lwt.return (Error `Disconnected)
  else begin
    transfer "write" t first buffers (fun number window ->
        match Hashtbl.find_opt t.sectors number with
        | Some sector -> Cstruct.blit window 0 sector 0 (Cstruct.length window)
        | None -> Hashtbl.replace t.sectors number (Cstruct.of_string (Cstruct.to_string window)));
    Lwt.return (Ok ())
  end

let flush t = Lwt.return (if t.connected then Ok () else Error `Disconnected)

let resize t size_sectors =
  if not t.connected then Lwt.return (Error `Disconnected)
  else if Int64.compare size_sectors 0L <= 0 then Fmt.invalid_arg "Ramdisk.resize: %Ld sectors" size_sectors
  else begin
    Hashtbl.filter_map_inplace (fun number sector -> if Int64.compare number size_sectors < 0 then Some sector else None) t.sectors;
    t.info <- { t.info with size_sectors };
    Lwt.return (Ok ())
  end

let seek written t from =
  if not t.connected then Lwt.return (Error `Disconnected)
  else begin
    let rec go number =
      if Int64.compare number t.info.size_sectors >= 0 then t.info.size_sectors
      else if Hashtbl.mem t.sectors number = written then number
      else go (Int64.succ number)
    in
    Lwt.return (Ok (go from))
  end

let seek_mapped t from = seek true t from
let seek_unmapped t from = seek false t from
