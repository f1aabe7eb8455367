(* What can be done with block devices of any kind. *)

open Lwt.Infix

module type SEEKABLE = sig
  include Mirage_block.S

  val seek_unmapped : t -> int64 -> (int64, error) result Lwt.t
  val seek_mapped : t -> int64 -> (int64, error) result Lwt.t
end

module type RESIZABLE = sig
  include Mirage_block.S

  val resize : t -> int64 -> (unit, write_error) result Lwt.t
end

(* How many bytes are read or written at once, where there are as many. *)
let piece_size = 65536

let ( >>=? ) promise f = promise >>= function Ok v -> f v | Error _ as e -> Lwt.return e
let map_error f promise = promise >|= Result.map_error f
let sectors_of bytes sector_size = Int64.of_int (bytes / sector_size)

(* Goes from one sector up to another in pieces: [f] is given the first sector and a size in bytes. *)
let in_pieces ~sector_size ~first ~stop accumulator f =
  let most = max 1 (piece_size / sector_size) in
  let rec go accumulator sector =
    let left = Int64.sub stop sector in
    if Int64.compare left 0L <= 0 then Lwt.return (Ok accumulator)
    else begin
      let count = if Int64.compare left (Int64.of_int most) < 0 then Int64.to_int left else most in
      f accumulator sector (count * sector_size) >>=? fun accumulator -> go accumulator (Int64.add sector (Int64.of_int count))
    end
  in
  go accumulator first

let bytes_of { Mirage_block.sector_size; size_sectors; _ } = Int64.mul (Int64.of_int sector_size) size_sectors

module Compare (A : Mirage_block.S) (B : Mirage_block.S) = struct
  type error = [ `A of A.error | `B of B.error ]

  let pp_error ppf = function `A e -> A.pp_error ppf e | `B e -> B.pp_error ppf e

  exception Different of int

  let v a b =
    A.get_info a >>= fun info_a ->
    B.get_info b >>= fun info_b ->
    match Int64.compare (bytes_of info_a) (bytes_of info_b) with
    | 0 ->
        (* A piece begins and ends with sectors of both. *)
        let sector_size = max info_a.sector_size info_b.sector_size in
        let stop = Int64.div (bytes_of info_a) (Int64.of_int sector_size) in
        let at sector (info : Mirage_block.info) = Int64.div (Int64.mul sector (Int64.of_int sector_size)) (Int64.of_int info.sector_size) in
        let compare () sector size =
          let buffer_a = Cstruct.create size and buffer_b = Cstruct.create size in
          map_error (fun e -> `A e) (A.read a (at sector info_a) [ buffer_a ]) >>=? fun () ->
          map_error (fun e -> `B e) (B.read b (at sector info_b) [ buffer_b ]) >>=? fun () ->
          match Cstruct.compare buffer_a buffer_b with 0 -> Lwt.return_ok () | c -> Lwt.fail (Different c)
        in
        Lwt.catch
          (fun () -> in_pieces ~sector_size ~first:0L ~stop () compare >>=? fun () -> Lwt.return_ok 0)
          (function Different c -> Lwt.return_ok c | e -> Lwt.fail e)
    | c -> Lwt.return_ok c
end

(* A piece's contents to [f]. *)
let read_pieces read t ~sector_size ~first ~stop accumulator f =
  in_pieces ~sector_size ~first ~stop accumulator (fun accumulator sector size ->
      let buffer = Cstruct.create size in
      read t sector [ buffer ] >>=? fun () -> f accumulator sector buffer >|= Result.ok)

module Fold (A : Mirage_block.S) = struct
  let s ~f accumulator t =
    A.get_info t >>= fun { sector_size; size_sectors; _ } -> read_pieces A.read t ~sector_size ~first:0L ~stop:size_sectors accumulator f
end

(* The device's mapped or unmapped ranges, one after another, to [f]. *)
let ranges ~seek_begin ~seek_end t size_sectors accumulator f =
  let rec go accumulator sector =
    if Int64.compare sector size_sectors >= 0 then Lwt.return_ok accumulator
    else
      seek_begin t sector >>=? fun first ->
      if Int64.compare first size_sectors >= 0 then Lwt.return_ok accumulator
      else
        seek_end t first >>=? fun stop ->
        let stop = if Int64.compare stop size_sectors > 0 then size_sectors else stop in
        f accumulator first stop >>=? fun accumulator -> go accumulator stop
  in
  go accumulator 0L

module Fast_fold (A : SEEKABLE) = struct
  let mapped_s ~f accumulator t =
    A.get_info t >>= fun { sector_size; size_sectors; _ } ->
    ranges ~seek_begin:A.seek_mapped ~seek_end:A.seek_unmapped t size_sectors accumulator (fun accumulator first stop ->
        read_pieces A.read t ~sector_size ~first ~stop accumulator f)

  let unmapped_s ~f accumulator t =
    A.get_info t >>= fun { size_sectors; _ } ->
    ranges ~seek_begin:A.seek_unmapped ~seek_end:A.seek_mapped t size_sectors accumulator (fun accumulator first stop ->
        f accumulator first (Int64.sub stop first) >|= Result.ok)
end

(* Copies what [each] gives: it goes through the source's pieces. *)
module Copying (A : Mirage_block.S) (B : Mirage_block.S) = struct
  type error = [ `Is_read_only | `Different_sizes | `A of A.error | `B of B.write_error ]

  let pp_error ppf = function
    | `Is_read_only -> Fmt.string ppf "the target is read-only"
    | `Different_sizes -> Fmt.string ppf "the devices differ in size"
    | `A e -> A.pp_error ppf e
    | `B e -> B.pp_write_error ppf e

  exception Failed of B.write_error

  let v each ~src ~dst =
    A.get_info src >>= fun (info_a : Mirage_block.info) ->
    B.get_info dst >>= fun (info_b : Mirage_block.info) ->
    if not info_b.read_write then Lwt.return_error `Is_read_only
    else if not (Int64.equal (bytes_of info_a) (bytes_of info_b)) then Lwt.return_error `Different_sizes
    else begin
      let write () sector buffer =
        let position = Int64.mul sector (Int64.of_int info_a.sector_size) in
        let size = Int64.of_int info_b.sector_size in
        if not (Int64.equal (Int64.rem position size) 0L && Cstruct.length buffer mod info_b.sector_size = 0) then Lwt.fail_with "a piece does not begin and end with the target's sectors"
        else B.write dst (Int64.div position size) [ buffer ] >>= function Ok () -> Lwt.return_unit | Error e -> Lwt.fail (Failed e)
      in
      Lwt.catch
        (fun () -> map_error (fun e -> `A e) (each ~f:write () src))
        (function Failed e -> Lwt.return_error (`B e) | e -> Lwt.fail e)
    end
end

module Copy (A : Mirage_block.S) (B : Mirage_block.S) = struct
  module Pieces = Fold (A)
  include Copying (A) (B)

  let v ~src ~dst = v Pieces.s ~src ~dst
end

module Sparse_copy (A : SEEKABLE) (B : Mirage_block.S) = struct
  module Pieces = Fast_fold (A)
  include Copying (A) (B)

  let v ~src ~dst = v Pieces.mapped_s ~src ~dst
end

module Fill (A : Mirage_block.S) = struct
  let random t =
    A.get_info t >>= fun { sector_size; size_sectors; _ } ->
    in_pieces ~sector_size ~first:0L ~stop:size_sectors () (fun () sector size ->
        let buffer = Cstruct.create size in
        for i = 0 to size - 1 do
          Cstruct.set_uint8 buffer i (Random.int 256)
        done;
        A.write t sector [ buffer ])
end

module Make_safe (B : Mirage_block.S) = struct
  type t = B.t
  type error = [ Mirage_block.error | `Unsafe of string | `Block of B.error ]
  type write_error = [ Mirage_block.write_error | `Unsafe of string | `Block of B.write_error ]

  let pp_error ppf = function
    | #Mirage_block.error as e -> Mirage_block.pp_error ppf e
    | `Unsafe reason -> Fmt.string ppf reason
    | `Block e -> B.pp_error ppf e

  let pp_write_error ppf = function
    | #Mirage_block.write_error as e -> Mirage_block.pp_write_error ppf e
    | `Unsafe reason -> Fmt.string ppf reason
    | `Block e -> B.pp_write_error ppf e

  let disconnect = B.disconnect
  let get_info = B.get_info
  let unsafe_read = B.read
  let unsafe_write = B.write

  (* What is wrong with an access, if anything. *)
  let problem { Mirage_block.sector_size; size_sectors; _ } first buffers =
    match List.find_opt (fun buffer -> Cstruct.length buffer mod sector_size <> 0) buffers with
    | Some buffer -> Some (Fmt.str "a buffer of %d bytes does not hold whole sectors of %d" (Cstruct.length buffer) sector_size)
    | None ->
        let stop = Int64.add first (sectors_of (Cstruct.lenv buffers) sector_size) in
        if Int64.compare first 0L < 0 || Int64.compare stop size_sectors > 0 then
          Some (Fmt.str "sectors %Ld to %Ld are not on a device of %Ld" first (Int64.pred stop) size_sectors)
        else None

  let read t first buffers =
    B.get_info t >>= fun info ->
    match problem info first buffers with
    | Some reason -> Lwt.return_error (`Unsafe reason)
    | None -> map_error (function #Mirage_block.error as e -> (e :> error) | e -> `Block e) (B.read t first buffers)

  let write t first buffers =
    B.get_info t >>= fun info ->
    match problem info first buffers with
    | _ when not info.read_write -> Lwt.return_error `Is_read_only
    | Some reason -> Lwt.return_error (`Unsafe reason)
    | None -> map_error (function #Mirage_block.write_error as e -> (e :> write_error) | e -> `Block e) (B.write t first buffers)
end

module Mem = struct
  include Ramdisk

  let devices : (string, t) Hashtbl.t = Hashtbl.create 4

  let connect name =
    match Hashtbl.find_opt devices name with
    | Some t -> Lwt.return t
    | None -> (
        match Ramdisk.create ~name:("mem:" ^ name) ~size_sectors:32768L ~sector_size:512 () with
        | Ok t ->
            Hashtbl.replace devices name t;
            Lwt.return t
        | Error (`Msg reason) -> Lwt.fail_with reason)
end
