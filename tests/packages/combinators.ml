(* What is done with block devices and flows of any kind. *)
open Lwt.Infix
open Mirage_block_combinators
module Flows = Mirage_flow_combinators

let p fmt = Format.printf (fmt ^^ "@.")
let get pp = function Ok v -> v | Error e -> Fmt.failwith "%a" pp e

(* A disk with larger sectors that can be read only. *)
module Wide = struct
  include Ramdisk

  let get_info t = get_info t >|= fun info -> { info with read_write = false }
end

let disk name ?sector_size size_sectors = match Ramdisk.create ~name ~size_sectors ?sector_size () with Ok t -> t | Error (`Msg m) -> failwith m

let blocks () =
  let a = disk "a" 1000L and b = disk "b" 1000L and c = disk "c" ~sector_size:2048 250L in
  let put t sector text = let buffer = Cstruct.create 512 in Cstruct.blit_from_string text 0 buffer 0 (String.length text); Ramdisk.write t sector [ buffer ] >|= get Ramdisk.pp_write_error in
  put a 3L "three" >>= fun () -> put a 700L "seven hundred" >>= fun () -> put a 701L "and one" >>= fun () ->
  let module AB = Compare (Ramdisk) (Ramdisk) in
  AB.v a b >|= get AB.pp_error >>= fun c0 -> AB.v b a >|= get AB.pp_error >>= fun c1 ->
  AB.v a a >|= get AB.pp_error >>= fun c2 -> AB.v a (disk "small" 10L) >|= get AB.pp_error >>= fun c3 -> AB.v b c >|= get AB.pp_error >>= fun c4 ->
  p "%b %b %d %b %d" (c0 > 0) (c1 < 0) c2 (c3 > 0) c4;
  let module F = Fold (Ramdisk) in
  F.s (0, 0L) a ~f:(fun (n, next) sector buffer -> assert (sector = next); Lwt.return (n + Cstruct.length buffer, Int64.add sector (Int64.of_int (Cstruct.length buffer / 512)))) >|= get Ramdisk.pp_error >>= fun (n, next) ->
  p "%d %Ld" n next;
  let module FF = Fast_fold (Ramdisk) in
  FF.mapped_s [] a ~f:(fun l sector buffer -> Lwt.return ((sector, Cstruct.length buffer) :: l)) >|= get Ramdisk.pp_error >>= fun mapped ->
  p "%a" Fmt.(list ~sep:(any "; ") (pair ~sep:(any " ") int64 int)) (List.rev mapped);
  FF.unmapped_s [] a ~f:(fun l first count -> Lwt.return ((first, count) :: l)) >|= get Ramdisk.pp_error >>= fun unmapped ->
  p "%a" Fmt.(list ~sep:(any "; ") (pair ~sep:(any " ") int64 int64)) (List.rev unmapped);
  let module S = Sparse_copy (Ramdisk) (Ramdisk) in
  S.v ~src:a ~dst:b >|= get S.pp_error >>= fun () -> AB.v a b >|= get AB.pp_error >>= fun same ->
  Ramdisk.seek_mapped b 4L >|= get Ramdisk.pp_error >>= fun next -> p "%d %Ld" same next;
  let module C = Copy (Ramdisk) (Ramdisk) in
  C.v ~src:a ~dst:c >|= get C.pp_error >>= fun () -> AB.v a c >|= get AB.pp_error >>= fun same ->
  C.v ~src:a ~dst:(disk "other" 7L) >>= fun sizes -> let module R = Copy (Ramdisk) (Wide) in R.v ~src:a ~dst:b >>= fun read_only ->
  p "%d %b %b" same (match sizes with Error `Different_sizes -> true | _ -> false) (match read_only with Error `Is_read_only -> true | _ -> false);
  let module Random_fill = Fill (Ramdisk) in
  Random_fill.random b >|= get Ramdisk.pp_write_error >>= fun () -> Ramdisk.seek_unmapped b 0L >|= get Ramdisk.pp_error >>= fun n -> p "%Ld" n;
  let module Safe = Make_safe (Ramdisk) in
  let unsafe = function Error (`Unsafe reason) -> reason | Ok () -> "fine" | Error _ -> "other" in
  Safe.read a 0L [ Cstruct.create 512; Cstruct.create 100 ] >>= fun r -> p "%s" (unsafe r);
  Safe.read a 999L [ Cstruct.create 1024 ] >>= fun r -> p "%s" (unsafe r);
  Safe.read a 999L [ Cstruct.create 512 ] >>= fun r -> p "%s" (unsafe r);
  let module Safe_wide = Make_safe (Wide) in
  Safe_wide.write a 0L [ Cstruct.create 512 ] >>= fun r -> p "%b" (match r with Error `Is_read_only -> true | _ -> false);
  Ramdisk.disconnect a >>= fun () -> Safe.read a 0L [ Cstruct.create 512 ] >>= fun r -> p "%b" (match r with Error `Disconnected -> true | _ -> false);
  Mem.connect "x" >>= fun m -> Mem.connect "x" >>= fun m' -> Mem.get_info m >|= fun info -> p "%b %a" (m == m') Mirage_block.pp_info info

let flows () =
  let open Flows in
  let out = Bytes.make 10 '.' in
  let source = F.strings ~input:[ "ab"; ""; "cde"; "f" ] () and target = F.string ~output:out () in
  let module C = Copy (F) (F) in
  C.copy ~src:source ~dst:target >|= get C.pp_error >>= fun stats -> p "%Ld %Ld %Ld %S" stats.read_bytes stats.read_ops stats.write_bytes (Bytes.to_string out);
  F.write target (Cstruct.of_string "123456") >>= fun r -> p "%b %S" (r = Error `Closed) (Bytes.to_string out);
  F.write target (Cstruct.of_string "1") >>= fun r -> F.read (F.make ()) >>= fun e -> p "%b %b" (r = Error `Closed) (match e with Ok `Eof -> true | _ -> false);
  let closed = ref 0 in
  let parts = [ Bytes.make 3 '.'; Bytes.make 2 '.' ] in
  let x = F.make ~close:(fun () -> incr closed; Lwt.return_unit) ~input:(F.input_cstructs [ Cstruct.of_string "he"; Cstruct.of_string "llo" ]) ~output:(F.output_bytess parts) () in
  let c = Cstruct.create 5 in
  let y = F.cstructs ~input:[ Cstruct.of_string "world" ] ~output:[ c ] () in
  let module P = Proxy (F) (F) in
  P.proxy x y >|= get P.pp_error >>= fun (there, back) -> p "%Ld %Ld %s %s" there.read_bytes back.write_bytes (Cstruct.to_string c) (Bytes.to_string (Bytes.concat Bytes.empty parts));
  F.close x >>= fun () -> F.close x >>= fun () -> p "%d" !closed;
  let out = Bytes.make 4 '.' in
  let a = create (module F) (F.string ~input:"ping" ()) "a" and b = create (module F) (F.string ~input:"" ~output:out ()) "b" in
  proxy a b >>= fun () -> p "%a %a %s" pp a pp b (Bytes.to_string out);
  write b (Cstruct.of_string "z") >>= fun r -> p "%a" Fmt.(result ~ok:(any "fine") ~error:pp_write_error) r;
  let module K = Concrete (F) in
  K.read (F.string ~input:"q" ()) >|= fun r -> p "%s" (match r with Ok (`Data d) -> Cstruct.to_string d | Ok `Eof -> "eof" | Error (`Msg m) -> m)

let () = Morgana_os.Main.run (blocks () >>= flows)
