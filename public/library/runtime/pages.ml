(* Pages: memory in runs of 4 KiB pages, for everything that is larger than a cell of the old space.

   Regions come from the platform. A region begins with a table of one word a page: the first and the last page of a run hold
   [pages << 2 | state], so that a freed run finds its neighbours at once (boundary tags: Knuth, TAOCP vol. 1, 2.5). Words of
   pages inside a run mean nothing, so that a large region costs nothing to set up.
   Free runs are in doubly linked lists by the logarithm of their size, threaded through the free pages. *)
[@@@runtime]

open Raw

let page_bits = 12
let page_size = 4096n
let state_free = 1n
let state_used = 2n

(* A region: next region, address of page 0, number of pages, then the table. *)
let region_header = 24n

(** Address of the first region; 0 if none. *)
let regions = static 8

(** Pages in use, the most that ever were, and pages in all. *)
let used_pages = static 8

let most_used_pages = static 8

let total_pages = static 8

(* Heads of the lists of free runs; list [i] has the runs of 2^i to 2^(i+1)-1 pages. *)
let bucket_count = 40
let buckets = static 320
let bucket i = buckets + of_int i * 8n

let bucket_of pages =
  let rest = ref (pages lsr 1) in
  let i = ref 0 in
  while !rest > 0n do
    rest := !rest lsr 1;
    i := add_int !i 1
  done;
  !i

(* A free run: next run, previous run (0 for the first), its region. *)

let link region run pages =
  let head = bucket (bucket_of pages) in
  let next = load head in
  store run next;
  store (run + 8n) 0n;
  store (run + 16n) region;
  if next <> 0n then store (next + 8n) run;
  store head run

let unlink run pages =
  let next = load run and previous = load (run + 8n) in
  if previous = 0n then store (bucket (bucket_of pages)) next else store previous next;
  if next <> 0n then store (next + 8n) previous

let table_entry region page = region + region_header + (page lsl 3)
let page_address region page = load (region + 8n) + (page lsl page_bits)
let page_of region address = (address - load (region + 8n)) lsr page_bits

let set_run region page pages state =
  let entry = (pages lsl 2) lor state in
  store (table_entry region page) entry;
  store (table_entry region (page + pages - 1n)) entry

(* Makes a free run of [pages] from [page], joined with free neighbours. *)
let put_free region page pages =
  let first = ref page and count = ref pages in
  if page > 0n then begin
    let before = load (table_entry region (page - 1n)) in
    if before land 3n = state_free then begin
      let n = before lsr 2 in
      first := page - n;
      count := !count + n;
      unlink (page_address region !first) n
    end
  end;
  if page + pages < load (region + 16n) then begin
    let after = load (table_entry region (page + pages)) in
    if after land 3n = state_free then begin
      let n = after lsr 2 in
      unlink (page_address region (page + pages)) n;
      count := !count + n
    end
  end;
  set_run region !first !count state_free;
  link region (page_address region !first) !count

(** Adds the memory [start, start + bytes) to the supply. It must be zeroed or its contents unimportant. Ranges too small to
    hold a page are left. *)
let add_region start bytes =
  let aligned = (start + page_size - 1n) land (0n - page_size) in
  let size = bytes - (aligned - start) in
  let pages = size lsr page_bits in
  if size > 0n && pages > 1n then begin
    let table_pages = (region_header + (pages lsl 3) + page_size - 1n) lsr page_bits in
    if pages > table_pages then begin
      let usable = pages - table_pages in
      store aligned (load regions);
      store (aligned + 8n) (aligned + (table_pages lsl page_bits));
      store (aligned + 16n) usable;
      store regions aligned;
      store total_pages (load total_pages + usable);
      put_free aligned 0n usable
    end
  end

(** The length of the free run at [run]. *)
let free_run_pages run =
  let region = load (run + 16n) in
  load (table_entry region (page_of region run)) lsr 2

let find_run pages =
  (* The first list whose every run is large enough, else the list below is searched. *)
  let exact = bucket_of pages in
  let found = ref 0n in
  let i = ref exact in
  while !found = 0n && !i < bucket_count do
    let run = ref (load (bucket !i)) in
    while !run <> 0n && !found = 0n do
      if free_run_pages !run >= pages then found := !run else run := load !run
    done;
    i := add_int !i 1
  done;
  !found

(** Asks the platform for more memory: at least so many pages. Returns whether there is more now. *)
external platform_more_memory : word -> bool = "morgana_platform_more_memory"

(* The pages of a region with [pages] usable ones: its table has 512 words a page, and its start need not be aligned. *)
let with_table pages = pages + (pages lsr 8) + 2n

(* A run carries its region in a word of its table entry's neighbour only while it is free; the holder of a used run
   passes the region back, found by address. *)
let region_of address =
  let region = ref (load regions) in
  let found = ref 0n in
  while !found = 0n && !region <> 0n do
    let base = load (!region + 8n) in
    if address >= base && address < base + (load (!region + 16n) lsl page_bits) then found := !region
    else region := load !region
  done;
  !found

let rec allocate_from pages may_ask =
  let run = find_run pages in
  if run <> 0n then begin
    let region = load (run + 16n) in
    let page = page_of region run in
    let size = load (table_entry region page) lsr 2 in
    unlink run size;
    if size > pages then begin
      set_run region (page + pages) (size - pages) state_free;
      link region (page_address region (page + pages)) (size - pages)
    end;
    set_run region page pages state_used;
    store used_pages (load used_pages + pages);
    if load used_pages > load most_used_pages then store most_used_pages (load used_pages);
    run
  end
  else if may_ask && platform_more_memory (with_table pages) then allocate_from pages false
  else 0n

(** [allocate n] is the address of [n] contiguous pages with arbitrary contents, or 0 when there is no memory. *)
let allocate pages = allocate_from pages true

(** Gives back a run that [allocate] gave; [address] is its first byte. *)
let free address =
  let region = region_of address in
  let page = page_of region address in
  let pages = load (table_entry region page) lsr 2 in
  store used_pages (load used_pages - pages);
  put_free region page pages

(** The number of pages of the used run at [address]. *)
let run_pages address =
  let region = region_of address in
  load (table_entry region (page_of region address)) lsr 2

let pages_for bytes = (bytes + page_size - 1n) lsr page_bits

(** Tries to have [pages] free pages, asking the platform. *)
let reserve pages =
  let missing = pages - (load total_pages - load used_pages) in
  if missing <= 0n then true else platform_more_memory (with_table missing)
