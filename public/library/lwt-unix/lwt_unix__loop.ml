(* What the main loop waits for: moments, descriptors, notes from signal handlers. *)

(* {1 Moments} A heap of pairs, the earliest first (Williams, "Algorithm 232", 1964), on the monotonic clock. *)

external monotonic_ns : unit -> int64 = "morgana_monotonic_ns"

type timer = { deadline : int64; order : int; action : unit -> unit; mutable stopped : bool }

let no_timer = { deadline = 0L; order = 0; action = ignore; stopped = true }
let heap = ref (Array.make 16 no_timer)
let count = ref 0
let made = ref 0

(* Of equal moments the one that was asked for first. *)
let before a b = match Int64.compare a.deadline b.deadline with 0 -> a.order < b.order | c -> c < 0

let swap i j =
  let t = !heap.(i) in
  !heap.(i) <- !heap.(j);
  !heap.(j) <- t

let rec sift_up i =
  let parent = (i - 1) / 2 in
  if i > 0 && before !heap.(i) !heap.(parent) then begin
    swap i parent;
    sift_up parent
  end

let rec sift_down i =
  let least a b = if b < !count && before !heap.(b) !heap.(a) then b else a in
  let first = least (least i ((2 * i) + 1)) ((2 * i) + 2) in
  if first <> i then begin
    swap i first;
    sift_down first
  end

let remove_first () =
  decr count;
  !heap.(0) <- !heap.(!count);
  !heap.(!count) <- no_timer;
  sift_down 0

let deadline_after seconds = Int64.add (monotonic_ns ()) (Int64.of_float (Float.max 0. seconds *. 1e9))

(** Calls the function once, so many seconds from now. *)
let on_timer seconds action =
  if !count = Array.length !heap then heap := Array.append !heap (Array.make !count no_timer);
  incr made;
  let timer = { deadline = deadline_after seconds; order = !made; action; stopped = false } in
  !heap.(!count) <- timer;
  incr count;
  sift_up (!count - 1);
  timer

let stop_timer timer = timer.stopped <- true

(** The earliest moment that someone still waits for. *)
let rec next_deadline () =
  if !count = 0 then None
  else if !heap.(0).stopped then begin
    remove_first ();
    next_deadline ()
  end
  else Some !heap.(0).deadline

(* Those that are set meanwhile come the next time. *)
let run_timers () =
  let now = monotonic_ns () in
  let rec due found =
    match next_deadline () with
    | Some deadline when Int64.compare deadline now <= 0 ->
        let timer = !heap.(0) in
        remove_first ();
        due (timer :: found)
    | _ -> List.rev found
  in
  List.iter (fun timer -> if not timer.stopped then timer.action ()) (due [])

(* {1 Descriptors} *)

type watch = { descriptor : Unix.file_descr; call : unit -> unit; mutable watching : bool }

let reading : watch list ref = ref []
let writing : watch list ref = ref []

(** Calls the function each time that the descriptor can be read (or written to), until it is stopped. *)
let on_descriptor list descriptor call =
  let w = { descriptor; call; watching = true } in
  list := w :: !list;
  w

let on_readable d f = on_descriptor reading d f
let on_writable d f = on_descriptor writing d f

let stop_watch list w =
  w.watching <- false;
  list := List.filter (fun other -> other != w) !list

(* {1 Notes from signal handlers} A handler runs anywhere, so that it only notes what is to be called by the loop, which a byte in a pipe wakes. *)

let noted : (unit -> unit) Queue.t = Queue.create ()

let wake_up =
  lazy
    (let r, w = Unix.pipe ~cloexec:true () in
     Unix.set_nonblock r;
     Unix.set_nonblock w;
     let b = Bytes.create 64 in
     ignore (on_readable r (fun () -> try ignore (Unix.read r b 0 64) with Unix.Unix_error ((EAGAIN | EINTR), _, _) -> ()));
     w)

let note f =
  Queue.add f noted;
  try ignore (Unix.write_substring (Lazy.force wake_up) "!" 0 1) with Unix.Unix_error ((EAGAIN | EINTR), _, _) -> ()

let run_noted () =
  while not (Queue.is_empty noted) do
    (Queue.take noted) ()
  done

(* {1 One round} *)

let seconds_until deadline =
  let left = Int64.sub deadline (monotonic_ns ()) in
  if Int64.compare left 0L <= 0 then 0. else Int64.to_float left *. 1e-9

(** Waits until something happens (unless told not to), and calls who waits for it. *)
let round ~block =
  let timeout = if not block then 0. else match next_deadline () with None -> -1. | Some deadline -> seconds_until deadline in
  let descriptors list = List.sort_uniq compare (List.map (fun w -> w.descriptor) list) in
  let watched_reading = !reading and watched_writing = !writing in
  let readable, writable, _ =
    if block || watched_reading <> [] || watched_writing <> [] then
      try Unix.select (descriptors watched_reading) (descriptors watched_writing) [] timeout with Unix.Unix_error (EINTR, _, _) -> ([], [], [])
    else ([], [], [])
  in
  run_noted ();
  run_timers ();
  let call watched ready = List.iter (fun w -> if w.watching && List.mem w.descriptor ready then w.call ()) (List.rev watched) in
  call watched_reading readable;
  call watched_writing writable
