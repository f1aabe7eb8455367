(* Marshal: headers, and reading values. Input may come from anywhere: every code, length and reference is checked, so that nothing
   outside the bytes is read and no block is made that the data cannot fill. What the values are used as is for the program to know. *)

open Primitives_base

type value

external any : 'a -> value = "%identity"
external write_value : 'a -> bool -> bool -> bool -> int = "morgana_marshal_write"
external is_own_code : bytes -> int -> bool = "morgana_marshal_is_own_code"
external fill_code : value -> int -> bytes -> int -> bool = "morgana_marshal_fill_code"
external inside : value -> int -> value = "morgana_marshal_inside"
external written_length : unit -> int = "morgana_marshal_length"
external written_objects : unit -> int = "morgana_marshal_objects"
external written_size32 : unit -> int = "morgana_marshal_size32"
external written_size64 : unit -> int = "morgana_marshal_size64"
external copy_written : bytes -> int -> unit = "morgana_marshal_copy"
external release_written : unit -> unit = "morgana_marshal_release"
external alloc : int -> int -> value = "%morgana_alloc"
external alloc_raw : int -> int -> value = "%morgana_alloc_raw"
external any_tag : unit -> unit = "%raw_machine_any_tag"
external set_field : value -> int -> value -> unit = "%morgana_set_field"
external set_float : value -> int -> float -> unit = "%morgana_set_float_field"
external block_tag : value -> int = "%morgana_tag"
external is_int : value -> bool = "%obj_is_int"
external block_size : value -> int = "%morgana_size"
external field : value -> int -> value = "%morgana_field"
external fresh_id : unit -> int = "caml_fresh_oo_id"
external swap16 : int -> int = "%bswap16"
external swap32 : int32 -> int32 = "%bswap_int32"
external swap64 : int64 -> int64 = "%bswap_int64"
external of_int32 : int32 -> int = "%int32_to_int"
external to_int32 : int -> int32 = "%int32_of_int"

(* {1 Numbers with the highest byte first} *)

let get16 b i = swap16 (bytes_get16 b i)
let get32 b i = of_int32 (swap32 (bytes_get32 b i)) land 0xffff_ffff
let get64 b i = swap64 (bytes_get64 b i)
let set32 b i n = bytes_set32 b i (swap32 (to_int32 n))
let set64 b i n = bytes_set64 b i (swap64 (I64.of_int n))

(* {1 Headers} *)

let small_magic = 0x8495_A6BE
let big_magic = 0x8495_A6BF
let small_header = 20
let big_header = 32

(** What [Marshal.header_size] says: with so many bytes the length is known. *)
let known_header = 16

type extern_flag = No_sharing | Closures | Compat_32

let rec has (flag : extern_flag) = function [] -> false | f :: rest -> f == flag || has flag rest

let invalid message = raise (Invalid_argument message)
let failed message = raise (Failure message)

(* Puts the bytes of a value into memory (see Marshal_output); returns the length of the header to be written before them. *)
let write v flags =
  let failure = write_value v (not (has No_sharing flags)) (has Compat_32 flags) (has Closures flags) in
  if failure <> 0 then begin
    release_written ();
    match failure with
    | 1 -> invalid "output_value: functional value"
    | 2 -> invalid "output_value: abstract value (Abstract)"
    | 3 -> invalid "output_value: abstract value (Custom)"
    | 4 -> invalid "output_value: continuation value"
    | 5 -> failed "output_value: integer cannot be read back on 32-bit platform"
    | 7 -> failed "output_value: string cannot be read back on 32-bit platform"
    | 8 -> failed "output_value: array cannot be read back on 32-bit platform"
    | _ -> raise Out_of_memory
  end;
  let limit = 1 lsl 32 in
  if written_length () < limit && written_size32 () < limit && written_size64 () < limit then small_header
  else if has Compat_32 flags then begin
    release_written ();
    failed "output_value: object too big to be read back on 32-bit platform"
  end
  else big_header

let put_header b offset header =
  if header = small_header then begin
    set32 b offset small_magic;
    set32 b (offset + 4) (written_length ());
    set32 b (offset + 8) (written_objects ());
    set32 b (offset + 12) (written_size32 ());
    set32 b (offset + 16) (written_size64 ())
  end
  else begin
    set32 b offset big_magic;
    set32 b (offset + 4) 0;
    set64 b (offset + 8) (written_length ());
    set64 b (offset + 16) (written_objects ());
    set64 b (offset + 24) (written_size64 ())
  end

let put b offset header =
  put_header b offset header;
  copy_written b (offset + header);
  release_written ()

let caml_output_value_to_bytes v flags =
  let header = write v flags in
  let b = bytes_create (header + written_length ()) in
  put b 0 header;
  b
[@@primitive "caml_output_value_to_bytes"]

let caml_output_value_to_string v flags = to_string (caml_output_value_to_bytes v flags)
[@@primitive "caml_output_value_to_string"]

let caml_output_value_to_buffer b offset length v flags =
  let header = write v flags in
  let total = header + written_length () in
  if total > length then begin
    release_written ();
    failed "Marshal.to_buffer: buffer overflow"
  end;
  put b offset header;
  total
[@@primitive "caml_output_value_to_buffer"]

let caml_output_value channel v flags =
  let b = caml_output_value_to_bytes v flags in
  Primitives_channel.caml_ml_output_bytes channel b 0 (bytes_length b)
[@@primitive "caml_output_value"]

(* {1 Reading} *)

type input = {
  data : bytes;
  stop : int;
  mutable at : int;
  mutable objects : value array;  (** in the order in which they began *)
  mutable count : int;
  mutable blocks : value array;  (** whose fields are still to be read *)
  mutable next : int array;  (** the first of these fields *)
  mutable depth : int;
}

let ill_formed () = failed "input_value: ill-formed message"
let need input n = if n < 0 || n > input.stop - input.at then ill_formed ()

(* Takes so many bytes: where they are. *)
let take input n =
  need input n;
  let at = input.at in
  input.at <- at + n;
  at

let take8 input = code (bytes_get input.data (take input 1))
let take16 input = get16 input.data (take input 2)
let take32 input = get32 input.data (take input 4)

(* A length of 64 bits. *)
let take64 input =
  let n = get64 input.data (take input 8) in
  if I64.(n < 0L) || I64.(n >= 0x0100_0000_0000_0000L) then ill_formed ();
  I64.to_int n

let grown (a : 'a array) (filler : 'a) =
  let n = array_length a in
  let larger = array_make (2 * n) filler in
  for i = 0 to n - 1 do
    array_set larger i (array_get a i)
  done;
  larger

let remember input v =
  if input.count = array_length input.objects then input.objects <- grown input.objects (any 0);
  array_set input.objects input.count v;
  input.count <- input.count + 1

let shared input distance =
  if distance <= 0 || distance > input.count then ill_formed ();
  array_get input.objects (input.count - distance)

let push input block =
  if input.depth = array_length input.blocks then begin
    input.blocks <- grown input.blocks (any 0);
    input.next <- grown input.next 0
  end;
  array_set input.blocks input.depth block;
  array_set input.next input.depth 0;
  input.depth <- input.depth + 1

let read_string input length =
  let from = take input length in
  let b = bytes_create length in
  blit_bytes input.data from b 0 length;
  remember input (any b);
  any b

let read_float input big =
  let bits = bytes_get64 input.data (take input 8) in
  let x = any (float_of_bits (if big then swap64 bits else bits)) in
  remember input x;
  x

let read_floats input count big =
  if count > (input.stop - input.at) / 8 then ill_formed ();
  if count = 0 then alloc 0 0
  else begin
    let from = take input (8 * count) in
    let a = alloc_raw 254 count in
    for i = 0 to count - 1 do
      let bits = bytes_get64 input.data (from + (8 * i)) in
      set_float a i (float_of_bits (if big then swap64 bits else bits))
    done;
    remember input a;
    a
  end

(* Each field takes at least a byte. Blocks of these tags hold no fields, or code. *)
let read_block input tag size =
  any_tag ();
  if size = 0 then begin
    if tag > 250 then ill_formed ();
    alloc tag 0
  end
  else begin
    if size < 0 || size > input.stop - input.at || tag > 250 || tag = 249 || tag = 247 || tag = 245 then ill_formed ();
    let block = alloc tag size in
    remember input block;
    push input block;
    block
  end

(* {2 Functions} Their code is a place in the program that wrote them: this one, as the digest tells. *)

let read_closure input size =
  if size < 2 || size > input.stop - input.at || take8 input <> 0x10 then ill_formed ();
  if not (is_own_code input.data (take input 16)) then failed "input_value: code mismatch";
  let count = take32 input in
  if count > size then ill_formed ();
  let from = take input (9 * count) in
  let block = alloc 247 size in
  if not (fill_code block count input.data from) then begin
    (* Nobody may see it. *)
    for i = 0 to size - 1 do
      set_field block i (any 0)
    done;
    ill_formed ()
  end;
  remember input block;
  if count < size then begin
    push input block;
    array_set input.next (input.depth - 1) count
  end;
  block

(* {2 Custom blocks} *)

let rec name_end input i = if i >= input.stop then ill_formed () else if code (bytes_get input.data i) = 0 then i else name_end input (i + 1)

let read_elements input a count size =
  if count > (input.stop - input.at) / size then ill_formed ();
  let from = take input (count * size) in
  let data = input.data in
  for i = 0 to count - 1 do
    let at = from + (i * size) in
    match size with
    | 1 -> Primitives_bigarray.store8 a i (code (bytes_get data at))
    | 2 -> Primitives_bigarray.store16 a (2 * i) (get16 data at)
    | 4 -> Primitives_bigarray.store32 a (4 * i) (swap32 (bytes_get32 data at))
    | _ -> Primitives_bigarray.store64 a (8 * i) (get64 data at)
  done

(* Integers of a word, which may all be written in 32 bits. *)
let read_words input a count =
  match take8 input with
  | 0 ->
      if count > (input.stop - input.at) / 4 then ill_formed ();
      for i = 0 to count - 1 do
        Primitives_bigarray.store64 a (8 * i) (I64.of_int32 (swap32 (bytes_get32 input.data (take input 4))))
      done
  | 1 -> read_elements input a count 8
  | _ -> ill_formed ()

let read_bigarray input =
  let count = take32 input in
  let flags = take32 input in
  let kind = flags land 255 in
  if count > Primitives_bigarray.most_dimensions || kind > 13 || flags > 0x1ff then ill_formed ();
  let dims = array_make count 0 in
  let elements = ref 1 in
  for i = 0 to count - 1 do
    let n = match take16 input with 0xffff -> take64 input | n -> n in
    (* Each element takes at least a byte: what cannot be there is not allocated. *)
    if n > 0 && !elements > (input.stop - input.at) / n then ill_formed ();
    elements := !elements * n;
    array_set dims i n
  done;
  let a = Primitives_bigarray.caml_ba_create kind (flags lsr 8) dims in
  (match kind with
  | 8 | 9 -> read_words input a !elements
  | 10 -> read_elements input a (2 * !elements) 4
  | 11 -> read_elements input a (2 * !elements) 8
  | _ -> read_elements input a !elements (Primitives_bigarray.element_size kind));
  any a

let unknown_custom () = failed "input_value: unknown custom block identifier"

let read_large_integer input =
  let negative = take8 input <> 0 in
  let length = take32 input in
  let from = take input length in
  match !Primitives_custom.large_integer_reader with
  | Some read -> any (read negative (to_string (sub_bytes input.data from length)))
  | None -> unknown_custom ()

(* With [fixed] lengths they are not written. *)
let read_custom input fixed =
  let from = input.at in
  let stop = name_end input from in
  let name = to_string (sub_bytes input.data from (stop - from)) in
  input.at <- stop + 1;
  if not fixed then ignore (take input 12);
  let v =
    match name with
    | "_i" -> any (swap32 (bytes_get32 input.data (take input 4)))
    | "_j" -> any (get64 input.data (take input 8))
    | "_n" -> (
        match take8 input with
        | 1 -> any (I64.to_nativeint (I64.of_int32 (swap32 (bytes_get32 input.data (take input 4)))))
        | 2 -> any (I64.to_nativeint (get64 input.data (take input 8)))
        | _ -> failed "input_value: ill-formed native integer")
    | "_bigarr02" when not fixed -> read_bigarray input
    | "_z" when not fixed -> read_large_integer input
    | _ -> unknown_custom ()
  in
  remember input v;
  v

let signed8 n = if n >= 128 then n - 256 else n
let signed16 n = if n >= 32768 then n - 65536 else n

let rec read_item input =
  let c = take8 input in
  if c >= 0x80 then read_block input (c land 15) ((c lsr 4) land 7)
  else if c >= 0x40 then any (c land 0x3f)
  else if c >= 0x20 then read_string input (c land 0x1f)
  else
    match c with
    | 0 -> any (signed8 (take8 input))
    | 1 -> any (signed16 (take16 input))
    | 2 -> any (of_int32 (swap32 (bytes_get32 input.data (take input 4))))
    | 3 -> any (I64.to_int (get64 input.data (take input 8)))
    | 4 -> shared input (take8 input)
    | 5 -> shared input (take16 input)
    | 6 -> shared input (take32 input)
    | 0x14 -> shared input (take64 input)
    | 8 ->
        let header = take32 input in
        if header land 255 = 247 then read_closure input (header lsr 10) else read_block input (header land 255) (header lsr 10)
    | 0x13 ->
        let header = get64 input.data (take input 8) in
        read_block input (I64.to_int header land 255) I64.(to_int (header lsr 10))
    | 9 -> read_string input (take8 input)
    | 0xa -> read_string input (take32 input)
    | 0x15 -> read_string input (take64 input)
    | 0xb -> read_float input true
    | 0xc -> read_float input false
    | 0xd -> read_floats input (take8 input) true
    | 0xe -> read_floats input (take8 input) false
    | 0xf -> read_floats input (take32 input) true
    | 7 -> read_floats input (take32 input) false
    | 0x16 -> read_floats input (take64 input) true
    | 0x17 -> read_floats input (take64 input) false
    | 0x12 | 0x18 -> read_custom input false
    | 0x19 -> read_custom input true
    | 0x10 -> failed "input_value: code mismatch"
    | 0x11 ->
        let distance = take32 input in
        let closure = read_item input in
        let f = if is_int closure then closure else inside closure distance in
        if is_int f then ill_formed ();
        f
    | _ -> ill_formed ()

(* An object gets an identity of its own; those below 0 are never given. *)
let finish_block block =
  if block_tag block = 248 && block_size block >= 2 then begin
    let id = field block 1 in
    if is_int id && (magic id : int) >= 0 then set_field block 1 (any (fresh_id ()))
  end

let read_value data from stop =
  let input =
    { data; stop; at = from; objects = array_make 16 (any 0); count = 0; blocks = array_make 16 (any 0); next = array_make 16 0; depth = 0 }
  in
  let result = read_item input in
  while input.depth > 0 do
    let top = input.depth - 1 in
    let block = array_get input.blocks top and i = array_get input.next top in
    if i = block_size block - 1 then begin
      (* The last field: what it begins comes in place of this block. *)
      input.depth <- top;
      set_field block i (read_item input);
      finish_block block
    end
    else begin
      array_set input.next top (i + 1);
      set_field block i (read_item input)
    end
  done;
  result

(* {2 Sources} *)

let bad_object name = failed (name ^ ": bad object")

(* Of a header of which [known_header] bytes are there: its length, and that of the data. *)
let header_of name b offset =
  let magic = get32 b offset in
  if magic = small_magic then (small_header, get32 b (offset + 4))
  else if magic = big_magic then begin
    let n = get64 b (offset + 8) in
    if I64.(n < 0L) || I64.(n >= 0x0100_0000_0000_0000L) then bad_object name;
    (big_header, I64.to_int n)
  end
  else bad_object name

external is_sampled : unit -> bool = "morgana_sampler_is_active"
external set_source : int -> unit = "morgana_sampler_set_source"

(* The same; samples of what is allocated say that it comes from here. *)
let read_value data length =
  if not (is_sampled ()) then read_value data 0 length
  else begin
    set_source 1;
    match read_value data 0 length with
    | v ->
        set_source 0;
        v
    | exception e ->
        set_source 0;
        raise e
  end

(** How many bytes follow the first [known_header] ones. *)
let caml_marshal_data_size b offset =
  let header, length = header_of "Marshal.data_size" b offset in
  header - known_header + length
[@@primitive "caml_marshal_data_size"]

let caml_input_value_from_bytes b offset =
  if offset < 0 || offset > bytes_length b - known_header then failed "input_val_from_string: bad length";
  let header, length = header_of "input_val_from_string" b offset in
  if length > bytes_length b - offset - header then failed "input_val_from_string: bad length";
  (* A copy: the bytes might change meanwhile, and are not to be kept. *)
  let data = sub_bytes b (offset + header) length in
  read_value data length
[@@primitive "caml_input_value_from_bytes"]

let caml_input_value_from_string s offset = caml_input_value_from_bytes (of_string s) offset
[@@primitive "caml_input_value_from_string"]

(* Reads bytes until so many are there; returns how many there were. *)
let rec fill channel b from count =
  if count = 0 then from
  else begin
    let n = Primitives_channel.caml_ml_input channel b from count in
    if n = 0 then from else fill channel b (from + n) (count - n)
  end

let truncated () = failed "input_value: truncated object"

(* Of an announced length, which may be a lie, memory is taken as the bytes come. *)
let rec read_pieces channel b filled length =
  let size = bytes_length b in
  let filled = fill channel b filled (size - filled) in
  if filled < size then truncated ();
  if size = length then b
  else begin
    let larger = bytes_create (if length < 2 * size then length else 2 * size) in
    blit_bytes b 0 larger 0 size;
    read_pieces channel larger size length
  end

let caml_input_value channel =
  let start = bytes_create big_header in
  let n = fill channel start 0 known_header in
  if n = 0 then raise End_of_file;
  if n < known_header then truncated ();
  let header, length = header_of "input_value" start 0 in
  if fill channel start known_header (header - known_header) < header then truncated ();
  let first = if length < 65536 then length else 65536 in
  let data = read_pieces channel (bytes_create first) 0 length in
  read_value data length
[@@primitive "caml_input_value"]
