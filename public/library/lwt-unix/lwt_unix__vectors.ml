(* Rows of slices of buffers, bytes and bigarrays mixed, that one call reads into or writes out (readv(2), writev(2)). *)

type bigarray = (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t
type buffer = Bytes of bytes | Bigarray of bigarray
type slice = { buffer : buffer; mutable offset : int; mutable length : int }
type t = { mutable front : slice list; mutable back : slice list (* the last first *) }

let create () = { front = []; back = [] }

let append_bytes row b offset length = row.back <- { buffer = Bytes b; offset; length } :: row.back
let append_bigarray row b offset length = row.back <- { buffer = Bigarray b; offset; length } :: row.back

let slices row =
  if row.back <> [] then begin
    row.front <- row.front @ List.rev row.back;
    row.back <- []
  end;
  row.front

(** Raises [Invalid_argument] unless all slices are within their buffers. *)
let check name row =
  let is_within { buffer; offset; length } =
    let size = match buffer with Bytes b -> Bytes.length b | Bigarray b -> Bigarray.Array1.dim b in
    offset >= 0 && length >= 0 && offset <= size - length
  in
  if not (List.for_all is_within (slices row)) then invalid_arg name

let rec drop row count =
  if count > 0 then
    match slices row with
    | [] -> ()
    | slice :: rest when slice.length <= count ->
        row.front <- rest;
        drop row (count - slice.length)
    | slice :: _ ->
        slice.offset <- slice.offset + count;
        slice.length <- slice.length - count

let byte_count row = List.fold_left (fun sum slice -> sum + slice.length) 0 (slices row)
let is_empty row = List.for_all (fun slice -> slice.length = 0) (slices row)

(* IOV_MAX of Linux (limits.h). *)
let limit = 1024

(** Calls [f slice at count] for the pieces that the first [count] bytes of the slices that one call takes fall into; [at] is how many
    bytes come before. *)
let iterate row count f =
  let rec go slices left at taken =
    match slices with
    | slice :: rest when left > 0 && taken < limit ->
        let n = min left slice.length in
        if n > 0 then f slice at n;
        go rest (left - n) (at + n) (taken + 1)
    | _ -> at
  in
  go (slices row) count 0 0

(** At most [most] of the bytes that one call takes. *)
let gather row most =
  let count = iterate row most (fun _ _ _ -> ()) in
  let b = Bytes.create count in
  ignore
    (iterate row count (fun slice at n ->
         match slice.buffer with
         | Bytes from -> Bytes.blit from slice.offset b at n
         | Bigarray from -> for i = 0 to n - 1 do Bytes.unsafe_set b (at + i) from.{slice.offset + i} done));
  b

(** How many bytes one call takes, at most [most]. *)
let room row most = iterate row most (fun _ _ _ -> ())

(** The first [count] bytes of [b] into the slices. *)
let scatter row b count =
  ignore
    (iterate row count (fun slice at n ->
         match slice.buffer with
         | Bytes target -> Bytes.blit b at target slice.offset n
         | Bigarray target -> for i = 0 to n - 1 do target.{slice.offset + i} <- Bytes.unsafe_get b (at + i) done))
