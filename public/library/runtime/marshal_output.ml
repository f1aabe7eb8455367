(* Writing values as Marshal does: the bytes, in memory of its own. Nothing is allocated in the heap meanwhile, so that addresses tell
   blocks apart. Codes and layout are those of OCaml's external data format. *)
[@@@runtime]

open Raw

(** {1 What went wrong} *)

let failure = static 8
let none = 0n
let functional_value = 1n
let abstract_value = 2n
let custom_value = 3n
let continuation_value = 4n
let too_large_integer = 5n
let no_memory = 6n
let too_large_string = 7n
let too_large_array = 8n
let fail reason = if load failure = none then store failure reason

(** {1 Output} A buffer that grows: address, length, capacity in bytes. *)

let buffer = static 8

let length = static 8
let capacity = static 8

let release memory =
  if load memory <> 0n then Pages.free (load memory);
  store memory 0n

let grow wanted =
  let bytes = ref (load capacity * 2n) in
  if !bytes < wanted then bytes := wanted;
  if !bytes < 16384n then bytes := 16384n;
  let pages = Pages.pages_for !bytes in
  let fresh = Pages.allocate pages in
  if fresh = 0n then false
  else begin
    if load buffer <> 0n then begin
      copy_bytes fresh (load buffer) (load length);
      Pages.free (load buffer)
    end;
    store buffer fresh;
    store capacity (pages lsl Pages.page_bits);
    true
  end

(* Room for so many more bytes; where they go, or 0. *)
let reserve count =
  let wanted = load length + count in
  if wanted <= load capacity || grow wanted then begin
    let place = load buffer + load length in
    store length wanted;
    place
  end
  else begin
    fail no_memory;
    0n
  end

let put8 byte =
  let place = reserve 1n in
  if place <> 0n then store8 place byte

(* The low [count] bytes of a word, the highest one first. *)
let put_big_endian word count =
  let place = reserve count in
  if place <> 0n then begin
    let i = ref 0n and rest = ref word in
    while !i < count do
      store8 (place + count - 1n - !i) (!rest land 255n);
      rest := !rest lsr 8;
      i := !i + 1n
    done
  end

let put_bytes source count =
  let place = reserve count in
  if place <> 0n then copy_bytes place source count

(** {1 Blocks seen} A hash table from addresses to the order in which blocks were written; open addressing. *)

let table = static 8

(* Number of places, a power of two; and how many are used. *)
let places = static 8
let objects = static 8

let place_of key =
  let mask = load places - 1n in
  let i = ref (((key lsr 3) * 0x9e37_79b9_7f4a_7c15n) lsr 20 land mask) in
  while
    let found = load (load table + (!i lsl 4)) in
    found <> 0n && found <> key
  do
    i := (!i + 1n) land mask
  done;
  load table + (!i lsl 4)

let new_table count =
  let pages = Pages.pages_for (count lsl 4) in
  let fresh = Pages.allocate pages in
  if fresh <> 0n then fill_words fresh 0n (count lsl 1);
  fresh

let enlarge () =
  let old = load table and count = load places in
  let fresh = new_table (count lsl 1) in
  if fresh = 0n then fail no_memory
  else begin
    store table fresh;
    store places (count lsl 1);
    let i = ref 0n in
    while !i < count do
      let key = load (old + (!i lsl 4)) in
      if key <> 0n then begin
        let place = place_of key in
        store place key;
        store (place + 8n) (load (old + (!i lsl 4) + 8n))
      end;
      i := !i + 1n
    done;
    Pages.free old
  end

(* The number of a block that has been written, or -1. *)
let number_of block =
  let place = place_of block in
  if load place = 0n then -1n else load (place + 8n)

let record block =
  if load objects lsl 1 >= load places then enlarge ();
  if load failure = none then begin
    let place = place_of block in
    store place block;
    store (place + 8n) (load objects);
    store objects (load objects + 1n)
  end

(** {1 Fields still to be written} Pairs of an address and a number of fields. *)

let todo = static 32

(** {1 Sizes} Words that reading takes on machines of 32 and of 64 bits. *)

let size32 = static 8

let size64 = static 8

let add_sizes words32 words64 =
  store size32 (load size32 + words32);
  store size64 (load size64 + words64)

let no_sharing = static 8
let compat32 = static 8

(** Whether functions may be written: as places in this very program's code. *)
let closures = static 8

(** {1 Values} *)

let put_integer n =
  if n >= 0n && n < 0x40n then put8 (n + 0x40n)
  else if n >= -128n && n < 128n then begin
    put8 0n;
    put_big_endian n 1n
  end
  else if n >= -32768n && n < 32768n then begin
    put8 1n;
    put_big_endian n 2n
  end
  else if n >= -0x4000_0000n && n < 0x4000_0000n then begin
    put8 2n;
    put_big_endian n 4n
  end
  else if load compat32 <> 0n then fail too_large_integer
  else begin
    put8 3n;
    put_big_endian n 8n
  end

let put_shared distance =
  if distance < 0x100n then begin
    put8 4n;
    put8 distance
  end
  else if distance < 0x1_0000n then begin
    put8 5n;
    put_big_endian distance 2n
  end
  else if distance < 0x1_0000_0000n then begin
    put8 6n;
    put_big_endian distance 4n
  end
  else begin
    put8 0x14n;
    put_big_endian distance 8n
  end

(* In a header that is written whole, OCaml sets the two bits of its colour. *)
let header size tag = (size lsl 10) lor 0x300n lor tag

let put_header size tag =
  if tag < 16n && size < 8n then put8 (0x80n + tag + (size lsl 4))
  else if size < 0x40_0000n then begin
    put8 8n;
    put_big_endian (header size tag) 4n
  end
  else if load compat32 <> 0n then fail too_large_array
  else begin
    put8 0x13n;
    put_big_endian (header size tag) 8n
  end

let string_length block =
  let last = (Block.wosize block lsl 3) - 1n in
  last - load8 (block + last)

let put_string block =
  let count = string_length block in
  if count < 0x20n then put8 (0x20n + count)
  else if count < 0x100n then begin
    put8 9n;
    put8 count
  end
  else begin
    if count > 0xff_fffbn && load compat32 <> 0n then fail too_large_string;
    if count < 0x1_0000_0000n then begin
      put8 0xan;
      put_big_endian count 4n
    end
    else begin
      put8 0x15n;
      put_big_endian count 8n
    end
  end;
  put_bytes block count;
  add_sizes (1n + ((count + 4n) / 4n)) (1n + ((count + 8n) / 8n))

let put_float block =
  put8 0xcn;
  put_bytes block 8n;
  add_sizes 3n 2n

let put_floats block =
  let count = Block.wosize block in
  if count < 0x100n then begin
    put8 0xen;
    put8 count
  end
  else begin
    if count > 0x1f_ffffn && load compat32 <> 0n then fail too_large_array;
    if count < 0x1_0000_0000n then begin
      put8 7n;
      put_big_endian count 4n
    end
    else begin
      put8 0x17n;
      put_big_endian count 8n
    end
  end;
  put_bytes block (count lsl 3);
  add_sizes (1n + (count * 2n)) (1n + count)

(* Elements of a size in bytes, each with its highest byte first. *)
let put_elements data count size =
  let i = ref 0n in
  while !i < count do
    let p = data + (!i * size) in
    put_big_endian (if size = 1n then load8 p else if size = 2n then load16 p else if size = 4n then load32 p else load p) size;
    i := !i + 1n
  done

(* Words that may all fit 32 bits, between the bounds: then they are written so. *)
let put_words data count low high =
  let fits = ref true and i = ref 0n in
  while !i < count do
    let word = load (data + (!i lsl 3)) in
    if word < low || word > high then fits := false;
    i := !i + 1n
  done;
  put8 (if !fits then 0n else 1n);
  i := 0n;
  while !i < count do
    put_big_endian (load (data + (!i lsl 3))) (if !fits then 4n else 8n);
    i := !i + 1n
  done

(* "_bigarr02": lengths of what follows on either machine, number of dimensions, kind and layout, dimensions, elements. *)
let put_bigarray block =
  let dimensions = load (block + 16n) and flags = load (block + 24n) in
  put8 0x18n;
  let name = reserve 10n in
  if name <> 0n then begin
    store name 0x7261_6769_625fn;
    store8 (name + 6n) 0x72n;
    store8 (name + 7n) 0x30n;
    store8 (name + 8n) 0x32n;
    store8 (name + 9n) 0n
  end;
  put_big_endian ((4n + dimensions) * 4n) 4n;
  put_big_endian ((4n + dimensions) * 8n) 8n;
  put_big_endian dimensions 4n;
  put_big_endian flags 4n;
  let count = ref 1n and i = ref 0n in
  while !i < dimensions do
    let n = load (block + 40n + (!i lsl 3)) in
    count := !count * n;
    if n < 0xffffn then put_big_endian n 2n
    else begin
      put_big_endian 0xffffn 2n;
      put_big_endian n 8n
    end;
    i := !i + 1n
  done;
  let data = load (block + 8n) and kind = flags land 255n in
  if kind = 8n then put_words data !count (-0x4000_0000n) 0x3fff_ffffn
  else if kind = 9n then put_words data !count (-0x8000_0000n) 0x7fff_ffffn
  else if kind = 2n || kind = 3n || kind = 12n then put_bytes data !count
  else if kind = 4n || kind = 5n || kind = 13n then put_elements data !count 2n
  else if kind = 0n || kind = 6n then put_elements data !count 4n
  else if kind = 10n then put_elements data (!count * 2n) 4n
  else if kind = 11n then put_elements data (!count * 2n) 8n
  else put_elements data !count 8n;
  add_sizes (2n + 4n + dimensions) (2n + 4n + dimensions)

(* "_z", integers of any size: lengths of what follows on either machine, sign, number of bytes, the bytes of the absolute value with the
   lowest one first. *)
let put_large_integer block =
  let word = load (block + 8n) in
  let limbs = word land 0x7fff_ffff_ffff_ffffn in
  let halves = limbs * 2n in
  if halves > 0x3fff_fffen then fail too_large_string
  else begin
    put8 0x18n;
    put8 0x5fn;
    put_big_endian 0x7a00n 2n;
    put_big_endian ((halves + 1n) * 4n) 4n;
    put_big_endian ((limbs + 1n) * 8n) 8n;
    put8 (word lsr 63);
    put_big_endian (halves * 4n) 4n;
    let place = reserve (halves * 4n) in
    if place <> 0n then copy_bytes place (block + 16n) (halves * 4n);
    add_sizes (halves + 3n) (limbs + 3n)
  end

(* Boxed integers: identifier, then the number with its highest byte first. *)
let put_custom block =
  let operations = load block in
  let number = load (block + 8n) in
  if operations = Special.bigarray_operations then put_bigarray block
  else if load (operations + 8n) = Special.large_integer_number then put_large_integer block
  else begin
    put8 0x19n;
    put8 0x5fn;
    if operations = symbol "custom.int32" then begin
      put_big_endian 0x6900n 2n;
      put_big_endian number 4n;
      add_sizes 3n 3n
    end
    else if operations = symbol "custom.int64" then begin
      put_big_endian 0x6a00n 2n;
      put_big_endian number 8n;
      add_sizes 4n 3n
    end
    else if operations = symbol "custom.nativeint" then begin
      put_big_endian 0x6e00n 2n;
      if number >= -0x8000_0000n && number < 0x8000_0000n then begin
        put8 1n;
        put_big_endian number 4n
      end
      else begin
        put8 2n;
        put_big_endian number 8n
      end;
      add_sizes 3n 3n
    end
    else fail custom_value
  end

(* What a forwarding block stands for, where it is not needed. *)
let forwarded block =
  let target = load block in
  if not (Block.is_block target) then target
  else begin
    let tag = Block.tag target in
    if tag = Block.forward_tag || tag = Block.lazy_tag || tag = Block.forcing_tag || tag = Block.double_tag then block else target
  end

(** {1 Functions} *)

(** Two words that tell programs apart, by their code. *)
let first_half = static 8

let second_half = static 8

let compute_digest () =
  if load first_half = 0n then begin
    let p = ref (symbol "text_start") and a = ref 0x9e37_79b9_7f4a_7c15n and b = ref 1n in
    while !p + 8n <= symbol "text_end" do
      a := (!a lxor load !p) * 0x100_0000_01b3n;
      b := (!b + !a) lxor (!b lsr 29);
      p := !p + 8n
    done;
    store first_half (!a lor 1n);
    store second_half !b
  end

let is_code word = word >= symbol "text_start" && word < symbol "text_end"

(* The words before the captured values: addresses of code, relative to its start, and others as they are. *)
let put_code block count =
  compute_digest ();
  put8 0x10n;
  put_big_endian (load first_half) 8n;
  put_big_endian (load second_half) 8n;
  put_big_endian count 4n;
  let i = ref 0n in
  while !i < count do
    let word = load (block + (!i lsl 3)) in
    put8 (if is_code word then 1n else 0n);
    put_big_endian (if is_code word then word - symbol "text_start" else word) 8n;
    i := !i + 1n
  done

let word_at p =
  let word = ref 0n and i = ref 0n in
  while !i < 8n do
    word := (!word lsl 8) lor load8 (p + !i);
    i := !i + 1n
  done;
  !word

(** Whether the digest at an address is this program's. *)
let is_own_code p =
  compute_digest ();
  word_at p = load first_half && word_at (p + 8n) = load second_half

(** Fills a closure's words before its captured values from an address. False if they are no function's. *)
let fill_code block count from =
  let i = ref 0n and valid = ref true in
  while !valid && !i < count do
    let p = from + (!i * 9n) in
    let word = word_at (p + 1n) in
    if load8 p = 0n then store (block + (!i lsl 3)) word
    else if is_code (word + symbol "text_start") then store (block + (!i lsl 3)) (word + symbol "text_start")
    else valid := false;
    i := !i + 1n
  done;
  !valid && count >= 2n && Block.closure_environment_start block = count

(** Whether there is a function at a distance inside a closure. *)
let is_inside block distance =
  Block.tag block = Block.closure_tag && distance > 0n && distance land 7n = 0n && distance < Block.wosize block lsl 3 && Block.tag (block + distance) = Block.infix_tag

let put_closure block size =
  let start = Block.closure_environment_start block in
  put_header size Block.closure_tag;
  put_code block start;
  add_sizes (1n + size) (1n + size);
  if start < size then Growable.push2 todo (block + (start lsl 3)) (size - start)

let put_block block =
  let size = Block.wosize block and tag = Block.tag block in
  if size = 0n then put_header 0n tag
  else begin
    let number = if load no_sharing <> 0n then -1n else number_of block in
    if number >= 0n then put_shared (load objects - number)
    else begin
      if tag = Block.closure_tag then if load closures = 0n then fail functional_value else put_closure block size
      else if tag = Block.abstract_tag then fail abstract_value
      (* A channel is an object without methods here, a custom block in OCaml. *)
      else if tag = Block.object_tag && not (Block.is_block (load block)) then fail custom_value
      else if tag = Block.continuation_tag then fail continuation_value
      else if tag = Block.string_tag then put_string block
      else if tag = Block.double_tag then put_float block
      else if tag = Block.double_array_tag then put_floats block
      else if tag = Block.custom_tag then put_custom block
      else begin
        put_header size tag;
        add_sizes (1n + size) (1n + size);
        Growable.push2 todo block size
      end;
      if load no_sharing = 0n then record block
    end
  end

let put_value word =
  if not (Block.is_block word) then put_integer (word asr 1)
  else begin
    let target = ref word in
    while Block.is_block !target && Block.tag !target = Block.forward_tag && forwarded !target <> !target do
      target := forwarded !target
    done;
    if not (Block.is_block !target) then put_integer (!target asr 1)
    else if Block.tag !target = Block.infix_tag then begin
      (* A function inside the block of another: its distance, then the block. *)
      if load closures = 0n then fail functional_value;
      let distance = Block.wosize !target lsl 3 in
      put8 0x11n;
      put_big_endian distance 4n;
      put_block (!target - distance)
    end
    else put_block !target
  end

let finish () =
  if load table <> 0n then Pages.free (load table);
  store table 0n

(** Writes a value; returns why it could not be, or 0. The bytes are [length] at [buffer] until {!release_output}. *)
let write word sharing compatible functions =
  store failure none;
  store length 0n;
  store capacity 0n;
  store buffer 0n;
  store objects 0n;
  store size32 0n;
  store size64 0n;
  store no_sharing (if sharing then 0n else 1n);
  store compat32 (if compatible then 1n else 0n);
  store closures (if functions then 1n else 0n);
  Growable.clear todo;
  Growable.clear_lost todo;
  store places 256n;
  store table (new_table 256n);
  if load table = 0n then fail no_memory
  else begin
    put_value word;
    while load failure = none && not (Growable.is_empty todo) do
      let count = Growable.pop todo in
      let field = Growable.pop todo in
      if count > 1n then Growable.push2 todo (field + 8n) (count - 1n);
      put_value (load field);
      if Growable.lost todo then fail no_memory
    done;
    finish ()
  end;
  load failure

(** Gives the buffer back. *)
let release_output () = release buffer
