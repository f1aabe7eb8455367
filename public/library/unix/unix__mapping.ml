(* Files as bigarrays: mmap(2). *)

open Unix__error
open Unix__calls
open Unix__descriptors
open Unix__files

external address_of_mapping : int -> int -> int -> int -> int -> int -> int = "morgana_linux_map" "morgana_linux_map"
external array_at : int -> int -> int -> ('a, 'b, 'c) Bigarray.Genarray.t = "morgana_ba_at"
external set_dimension : ('a, 'b, 'c) Bigarray.Genarray.t -> int -> int -> unit = "morgana_ba_set_dimension"
external owner : ('a, 'b, 'c) Bigarray.Genarray.t -> Obj.t = "morgana_ba_owner"

let page = 4096

(* A mapping begins at a page's beginning. It ends when no array uses its memory any more. *)
let map descriptor position length shared =
  let before = position land (page - 1) in
  let length = length + before in
  (* PROT_READ | PROT_WRITE, MAP_SHARED or MAP_PRIVATE *)
  let start = checked "map_file" "" (address_of_mapping 0 (max 1 length) 3 (if shared then 1 else 2) descriptor (position - before)) in
  (start, start + before, length)

(* By a byte at the end (pwrite), so that the room is there; what cannot be written to at a place, as shared memory, by its length. *)
let grow descriptor size =
  let written = linux_call_buffer 18 descriptor (Bytes.make 1 '\000') 0 1 (size - 1) in
  let espipe = -29 in
  if written = espipe then checked_unit "map_file" "" (linux_call 77 descriptor size 0 0) else checked_unit "map_file" "" written

let map_file (type c) descriptor ?(pos = 0L) kind (layout : c Bigarray.layout) shared dimensions =
  let dimensions = Array.copy dimensions and count = Array.length dimensions in
  if count < 1 || count > 16 then invalid_arg "Unix.map_file: bad number of dimensions";
  let major = match layout with Bigarray.C_layout -> 0 | Bigarray.Fortran_layout -> count - 1 in
  Array.iteri (fun i n -> if n < 0 && not (i = major && n = -1) then invalid_arg "Unix.map_file: negative dimension") dimensions;
  let position = Int64.to_int pos in
  let file_size = try (fstat descriptor).st_size with Unix_error (error, _, _) -> raise (Unix_error (error, "map_file", "")) in
  let size_of_element = Bigarray.kind_size_in_bytes kind in
  let slice = ref size_of_element in
  Array.iteri (fun i n -> if i <> major then slice := !slice * n) dimensions;
  if dimensions.(major) = -1 then begin
    if file_size < position then failwith "Unix.map_file: file position exceeds file size";
    let size = file_size - position in
    dimensions.(major) <- (if !slice = 0 then 0 else size / !slice);
    if dimensions.(major) * !slice <> size then failwith "Unix.map_file: file size doesn't match array dimensions"
  end;
  let length = dimensions.(major) * !slice in
  if file_size < position + length then grow descriptor (position + length);
  let start, base, mapped = map descriptor position length shared in
  let flags = (Obj.magic kind : int) lor match layout with Bigarray.C_layout -> 0 | Bigarray.Fortran_layout -> 256 in
  let array = array_at base flags count in
  Array.iteri (set_dimension array) dimensions;
  Gc.finalise (fun (_ : Obj.t) -> ignore (linux_call 11 start (max 1 mapped) 0 0)) (owner array);
  array
