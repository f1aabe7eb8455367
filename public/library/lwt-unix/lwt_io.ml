(* Channels: buffers in front of calls that give promises. *)

open Lwt.Infix

exception Channel_closed of string

let () = Printexc.register_printer (function Channel_closed name -> Some (Printf.sprintf "Lwt_io.Channel_closed(%S)" name) | _ -> None)

type input
type output
type 'a mode = Input : input mode | Output : output mode

let input = Input
let output = Output

type 'mode channel = {
  mode : 'mode mode;
  mutable buffer : bytes;
  (* Input: what was read and not taken is between [from] and [until]. Output: what was not written is in front of [until]. *)
  mutable from : int;
  mutable until : int;
  (* Where the buffer's beginning (output) or end (input) is in the file. *)
  mutable offset : int64;
  mutable state : [ `Open | `Closed ];
  transfer : bytes -> int -> int -> int Lwt.t;
  seek : int64 -> Unix.seek_command -> int64 Lwt.t;
  close_it : unit Lwt.t Lazy.t;
  lock : Lwt_mutex.t;
  mutable will_flush : bool;
  number : int;
}

type input_channel = input channel
type output_channel = output channel

let mode channel = channel.mode
let buffer_length = ref 4096
let default_buffer_size () = !buffer_length
let set_default_buffer_size n = if n < 16 then invalid_arg "Lwt_io.set_default_buffer_size" else buffer_length := n

(* Those for output that are open, to be flushed at the end. *)
let outputs : (int, output channel) Hashtbl.t = Hashtbl.create 7
let last_number = ref 0

let make_channel (type m) ?(size = !buffer_length) (mode : m mode) transfer seek close : m channel =
  incr last_number;
  let channel =
    {
      mode;
      buffer = Bytes.create size;
      from = 0;
      until = 0;
      offset = 0L;
      state = `Open;
      transfer;
      seek;
      close_it = lazy (close ());
      lock = Lwt_mutex.create ();
      will_flush = false;
      number = !last_number;
    }
  in
  (match mode with Output -> Hashtbl.replace outputs channel.number channel | Input -> ());
  channel

let check (type m) (channel : m channel) =
  if channel.state = `Closed then raise (Channel_closed (match channel.mode with Input -> "input" | Output -> "output"))

(* The functions that [atomic] calls use the channel under its lock: they say so by a mark. *)
let holder : Obj.t Lwt.key = Lwt.new_key ()

let exclusively channel f =
  let mine = match Lwt.get holder with Some held -> held == Obj.repr channel | None -> false in
  match check channel with
  | exception e -> Lwt.fail e
  | () -> if mine then Lwt.apply f () else Lwt_mutex.with_lock channel.lock f

let atomic f channel =
  match check channel with
  | exception e -> Lwt.fail e
  | () -> Lwt_mutex.with_lock channel.lock (fun () -> Lwt.with_value holder (Some (Obj.repr channel)) (fun () -> f channel))

let is_busy channel = Lwt_mutex.is_locked channel.lock
let is_closed channel = channel.state = `Closed
let buffer_size channel = Bytes.length channel.buffer
let buffered channel = channel.until - channel.from

let position (type m) (channel : m channel) =
  match channel.mode with
  | Output -> Int64.add channel.offset (Int64.of_int channel.until)
  | Input -> Int64.sub channel.offset (Int64.of_int (channel.until - channel.from))

(* {1 Output} *)

let rec write_out (channel : output channel) =
  if channel.until = 0 then Lwt.return_unit
  else
    let count = channel.until in
    channel.transfer channel.buffer 0 count >>= fun n ->
    Bytes.blit channel.buffer n channel.buffer 0 (channel.until - n);
    channel.until <- channel.until - n;
    channel.offset <- Int64.add channel.offset (Int64.of_int n);
    write_out channel

let flush channel = exclusively channel (fun () -> write_out channel)

(* Once the others had their turn. *)
let flush_soon channel =
  if (not channel.will_flush) && channel.until > 0 then begin
    channel.will_flush <- true;
    Lwt.dont_wait
      (fun () ->
        Lwt.pause () >>= fun () ->
        channel.will_flush <- false;
        if channel.state = `Closed then Lwt.return_unit else flush channel)
      (fun _ -> ())
  end

let rec put channel s from count =
  let room = Bytes.length channel.buffer - channel.until in
  if count <= room then begin
    Bytes.blit_string s from channel.buffer channel.until count;
    channel.until <- channel.until + count;
    Lwt.return_unit
  end
  else begin
    Bytes.blit_string s from channel.buffer channel.until room;
    channel.until <- channel.until + room;
    write_out channel >>= fun () -> put channel s (from + room) (count - room)
  end

let writing channel f =
  exclusively channel (fun () ->
      f () >|= fun () -> flush_soon channel)

let write channel s = writing channel (fun () -> put channel s 0 (String.length s))
let write_char channel c = write channel (String.make 1 c)
let write_line channel s = write channel (s ^ "\n")

let write_from_string_exactly channel s from count =
  if from < 0 || count < 0 || from > String.length s - count then Lwt.fail (Invalid_argument "Lwt_io.write_from_string_exactly") else writing channel (fun () -> put channel s from count)

let write_from_exactly channel b from count = write_from_string_exactly channel (Bytes.to_string b) from count
let write_from_string channel s from count = write_from_string_exactly channel s from count >|= fun () -> count
let write_from channel b from count = write_from_exactly channel b from count >|= fun () -> count
let write_value channel ?(flags = []) v = write channel (Marshal.to_string v flags)
let write_lines channel lines = Lwt_stream.iter_s (write_line channel) lines
let write_chars channel chars = Lwt_stream.iter_s (write_char channel) chars

let flush_all () =
  let all = Hashtbl.fold (fun _ channel rest -> channel :: rest) outputs [] in
  Lwt_list.iter_p (fun channel -> Lwt.catch (fun () -> flush channel) (fun _ -> Lwt.return_unit)) (List.sort (fun a b -> compare a.number b.number) all)

let () = Lwt_main.at_exit flush_all

(* {1 Input} *)

(* More into the buffer, all of which was taken; false at the end. *)
let refill (channel : input channel) =
  channel.from <- 0;
  channel.until <- 0;
  channel.transfer channel.buffer 0 (Bytes.length channel.buffer) >|= fun n ->
  channel.until <- n;
  channel.offset <- Int64.add channel.offset (Int64.of_int n);
  n > 0

let available channel = if channel.from < channel.until then Lwt.return_true else refill channel

let take_char channel =
  available channel >|= function
  | false -> None
  | true ->
      let c = Bytes.get channel.buffer channel.from in
      channel.from <- channel.from + 1;
      Some c

let read_char_opt channel = exclusively channel (fun () -> take_char channel)
let read_char channel = read_char_opt channel >>= function Some c -> Lwt.return c | None -> Lwt.fail End_of_file

let take_line channel =
  let line = Buffer.create 80 in
  let finish () =
    let n = Buffer.length line in
    if n > 0 && Buffer.nth line (n - 1) = '\r' then Buffer.sub line 0 (n - 1) else Buffer.contents line
  in
  let rec more is_first =
    available channel >>= function
    | false -> Lwt.return (if is_first then None else Some (Buffer.contents line))
    | true -> (
        match Bytes.index_from_opt channel.buffer channel.from '\n' with
        | Some at when at < channel.until ->
            Buffer.add_subbytes line channel.buffer channel.from (at - channel.from);
            channel.from <- at + 1;
            Lwt.return (Some (finish ()))
        | _ ->
            Buffer.add_subbytes line channel.buffer channel.from (channel.until - channel.from);
            channel.from <- channel.until;
            more false)
  in
  more true

let read_line_opt channel = exclusively channel (fun () -> take_line channel)
let read_line channel = read_line_opt channel >>= function Some line -> Lwt.return line | None -> Lwt.fail End_of_file
let read_lines channel = Lwt_stream.from (fun () -> read_line_opt channel)
let read_chars channel = Lwt_stream.from (fun () -> read_char_opt channel)

let take_some channel b from count =
  if count = 0 then Lwt.return 0
  else
    available channel >|= function
    | false -> 0
    | true ->
        let n = min count (channel.until - channel.from) in
        Bytes.blit channel.buffer channel.from b from n;
        channel.from <- channel.from + n;
        n

let rec take_all channel b from count =
  if count = 0 then Lwt.return_unit
  else take_some channel b from count >>= function 0 -> Lwt.fail End_of_file | n -> take_all channel b (from + n) (count - n)

let in_range name b from count f = if from < 0 || count < 0 || from > Bytes.length b - count then Lwt.fail (Invalid_argument ("Lwt_io." ^ name)) else f ()
let read_into channel b from count = in_range "read_into" b from count (fun () -> exclusively channel (fun () -> take_some channel b from count))
let read_into_exactly channel b from count = in_range "read_into_exactly" b from count (fun () -> exclusively channel (fun () -> take_all channel b from count))

let read ?count channel =
  match count with
  | Some n when n < 0 -> Lwt.fail (Invalid_argument "Lwt_io.read: count must be >= 0")
  | Some n ->
      exclusively channel (fun () ->
          let b = Bytes.create n in
          take_some channel b 0 n >|= Bytes.sub_string b 0)
  | None ->
      exclusively channel (fun () ->
          let all = Buffer.create 1024 in
          let rec more () =
            available channel >>= function
            | false -> Lwt.return (Buffer.contents all)
            | true ->
                Buffer.add_subbytes all channel.buffer channel.from (channel.until - channel.from);
                channel.from <- channel.until;
                more ()
          in
          more ())

let read_value channel =
  exclusively channel (fun () ->
      let header = Bytes.create Marshal.header_size in
      take_all channel header 0 Marshal.header_size >>= fun () ->
      let size = Marshal.data_size header 0 in
      let all = Bytes.extend header 0 size in
      take_all channel all Marshal.header_size size >|= fun () -> Marshal.from_bytes all 0)

(* {1 Channels} *)

let no_seek _ _ = Lwt.fail (Unix.Unix_error (ESPIPE, "lseek", ""))

let mode_is_output (type m) (mode : m mode) = match mode with Output -> true | Input -> false
let size_of buffer = Option.map Lwt_bytes.length buffer

let make (type m) ?buffer ?(close = Lwt.return) ?(seek = no_seek) ~(mode : m mode) perform : m channel =
  (* What is performed works on bytes outside of the heap, a buffer in front of the channel's own. *)
  let size = Option.value (size_of buffer) ~default:!buffer_length in
  let outside = match buffer with Some buffer -> buffer | None -> Lwt_bytes.create size in
  let transfer b from count =
    let count = min count (Lwt_bytes.length outside) in
    match mode with
    | Input ->
        perform outside 0 count >|= fun n ->
        Lwt_bytes.blit_to_bytes outside 0 b from n;
        n
    | Output ->
        Lwt_bytes.blit_from_bytes b from outside 0 count;
        perform outside 0 count
  in
  make_channel ~size mode transfer seek close

let of_bytes (type m) ~(mode : m mode) bytes : m channel =
  let at = ref 0 in
  let perform buffer from count =
    let count = min count (Lwt_bytes.length bytes - !at) in
    (match mode with Input -> Lwt_bytes.blit bytes !at buffer from count | Output -> Lwt_bytes.blit buffer from bytes !at count);
    at := !at + count;
    if count = 0 && mode_is_output mode then Lwt.fail (Failure "Lwt_io.of_bytes: the bytes are full") else Lwt.return count
  in
  let seek offset (command : Unix.seek_command) =
    let base = match command with SEEK_SET -> 0 | SEEK_CUR -> !at | SEEK_END -> Lwt_bytes.length bytes in
    at := max 0 (min (Lwt_bytes.length bytes) (base + Int64.to_int offset));
    Lwt.return (Int64.of_int !at)
  in
  make ~seek ~mode perform

let of_fd (type m) ?buffer ?close ~(mode : m mode) descriptor : m channel =
  let transfer = match mode with Input -> Lwt_unix.read descriptor | Output -> Lwt_unix.write descriptor in
  let seek position command = Lwt_unix.lseek descriptor (Int64.to_int position) command >|= Int64.of_int in
  make_channel ?size:(size_of buffer) mode transfer seek (match close with Some f -> f | None -> fun () -> Lwt_unix.close descriptor)

let of_unix_fd ?buffer ?close ~mode descriptor = of_fd ?buffer ?close ~mode (Lwt_unix.of_unix_file_descr descriptor)
let stdin = of_fd ~mode:Input Lwt_unix.stdin
let stdout = of_fd ~mode:Output Lwt_unix.stdout
let stderr = of_fd ~mode:Output Lwt_unix.stderr

let zero =
  make_channel Input
    (fun b from count ->
      Bytes.fill b from count '\000';
      Lwt.return count)
    no_seek Lwt.return

let null = make_channel Output (fun _ _ count -> Lwt.return count) no_seek Lwt.return

let pipe ?cloexec ?in_buffer ?out_buffer () =
  let r, w = Lwt_unix.pipe ?cloexec () in
  (of_fd ?buffer:in_buffer ~mode:Input r, of_fd ?buffer:out_buffer ~mode:Output w)

let shut channel =
  channel.state <- `Closed;
  Hashtbl.remove outputs channel.number;
  Lazy.force channel.close_it

(* Closing again waits for the first. *)
let close (type m) (channel : m channel) =
  if channel.state = `Closed then Lazy.force channel.close_it
  else
    exclusively channel (fun () ->
        Lwt.finalize (fun () -> match channel.mode with Output -> write_out channel | Input -> Lwt.return_unit) (fun () -> shut channel))

let abort channel = shut channel

let set_position (type m) (channel : m channel) position =
  exclusively channel (fun () ->
      (match channel.mode with Output -> write_out channel | Input -> Lwt.return_unit) >>= fun () ->
      channel.seek position SEEK_SET >|= fun offset ->
      channel.from <- 0;
      channel.until <- 0;
      channel.offset <- offset)

let length channel =
  exclusively channel (fun () ->
      channel.seek 0L SEEK_CUR >>= fun here ->
      channel.seek 0L SEEK_END >>= fun size ->
      channel.seek here SEEK_SET >|= fun _ -> size)

let file_length path = Lwt_unix.stat path >|= fun s -> Int64.of_int s.st_size

(* {1 Printing} *)

let fprint channel s = write channel s
let fprintl channel s = write_line channel s
let fprintf channel format = Printf.ksprintf (write channel) format
let fprintlf channel format = Printf.ksprintf (write_line channel) format
let print s = write stdout s
let printl s = write_line stdout s
let printf format = fprintf stdout format
let printlf format = fprintlf stdout format
let eprint s = write stderr s
let eprintl s = write_line stderr s
let eprintf format = fprintf stderr format
let eprintlf format = fprintlf stderr format

(* {1 Files} *)

type file_name = string

let open_file (type m) ?buffer ?flags ?(perm = 0o666) ~(mode : m mode) path : m channel Lwt.t =
  let flags =
    match (flags, mode) with
    | Some flags, _ -> flags
    | None, Input -> [ Unix.O_RDONLY; O_NONBLOCK; O_CLOEXEC ]
    | None, Output -> [ Unix.O_WRONLY; O_CREAT; O_TRUNC; O_NONBLOCK; O_CLOEXEC ]
  in
  Lwt_unix.openfile path flags perm >|= fun descriptor -> of_fd ?buffer ~mode descriptor

let closing channel f = Lwt.finalize (fun () -> f channel) (fun () -> close channel)
let with_file ?buffer ?flags ?perm ~mode path f = open_file ?buffer ?flags ?perm ~mode path >>= fun channel -> closing channel f

let open_temp_file ?(flags = [ Unix.O_CREAT; O_EXCL; O_WRONLY; O_CLOEXEC ]) ?(perm = 0o600) ?temp_dir ?(prefix = "lwt_io_temp_file_") ?(suffix = "") () =
  let folder = match temp_dir with Some folder -> folder | None -> Filename.get_temp_dir_name () in
  let random = lazy (Random.State.make_self_init ()) in
  let rec attempt tries =
    let path = Filename.concat folder (Printf.sprintf "%s%06x%s" prefix (Random.State.bits (Lazy.force random) land 0xffffff) suffix) in
    Lwt.catch
      (fun () -> open_file ~flags ~perm ~mode:Output path >|= fun channel -> (path, channel))
      (function Unix.Unix_error (EEXIST, _, _) when tries > 0 -> attempt (tries - 1) | e -> Lwt.fail e)
  in
  attempt 1000

let with_temp_file ?flags ?perm ?temp_dir ?prefix ?suffix f =
  open_temp_file ?flags ?perm ?temp_dir ?prefix ?suffix () >>= fun (path, channel) ->
  Lwt.finalize (fun () -> f (path, channel)) (fun () -> close channel >>= fun () -> Lwt_unix.unlink path)

let create_temp_dir ?(perm = 0o755) ?parent ?(prefix = "lwt_io_temp_dir_") ?(suffix = "") () =
  let parent = match parent with Some folder -> folder | None -> Filename.get_temp_dir_name () in
  let random = lazy (Random.State.make_self_init ()) in
  let rec attempt tries =
    let path = Filename.concat parent (Printf.sprintf "%s%06x%s" prefix (Random.State.bits (Lazy.force random) land 0xffffff) suffix) in
    Lwt.catch
      (fun () -> Lwt_unix.mkdir path perm >|= fun () -> path)
      (function Unix.Unix_error (EEXIST, _, _) when tries > 0 -> attempt (tries - 1) | e -> Lwt.fail e)
  in
  attempt 1000

(* Links are removed, not followed. *)
let rec remove path =
  Lwt_unix.lstat path >>= fun { Unix.st_kind; _ } ->
  if st_kind <> Unix.S_DIR then Lwt_unix.unlink path
  else
    Lwt_stream.to_list (Lwt_unix.files_of_directory path) >>= fun names ->
    Lwt_list.iter_s (fun name -> if name = "." || name = ".." then Lwt.return_unit else remove (Filename.concat path name)) names >>= fun () ->
    Lwt_unix.rmdir path

let with_temp_dir ?perm ?parent ?prefix ?suffix f =
  create_temp_dir ?perm ?parent ?prefix ?suffix () >>= fun path ->
  Lwt.finalize (fun () -> f path) (fun () -> remove path)

(* The file is closed when all of it was read. *)
let stream_of_file next path =
  let channel = ref None in
  Lwt_stream.from (fun () ->
      (match !channel with
      | Some c -> Lwt.return c
      | None ->
          open_file ~mode:Input path >|= fun c ->
          channel := Some c;
          c)
      >>= fun c ->
      next c >>= function
      | None -> close c >|= fun () -> None
      | found -> Lwt.return found)

let lines_of_file path = stream_of_file read_line_opt path
let chars_of_file path = stream_of_file read_char_opt path
let lines_to_file path lines = with_file ~mode:Output path (fun channel -> write_lines channel lines)
let chars_to_file path chars = with_file ~mode:Output path (fun channel -> write_chars channel chars)

(* {1 Dumps} *)

(* A line for 16 bytes: where they are, two groups of eight in hexadecimal, and their characters. *)
let dumped_line offset bytes =
  let cell i = match List.nth_opt bytes i with None -> "   " | Some c -> Printf.sprintf " %02x" (Char.code c) in
  let group from = String.concat "" (List.init 8 (fun i -> cell (from + i))) in
  let shown = String.of_seq (Seq.map (fun c -> if c >= ' ' && c <= '~' then c else '.') (List.to_seq bytes)) in
  Printf.sprintf "%08x| %s %s  |%s|" offset (group 0) (group 8) shown

let hexdump_stream channel bytes =
  let rec go offset =
    Lwt_stream.nget 16 bytes >>= function
    | [] -> Lwt.return_unit
    | line -> write_line channel (dumped_line offset line) >>= fun () -> go (offset + List.length line)
  in
  go 0

let hexdump channel text = hexdump_stream channel (Lwt_stream.of_string text)

(* {1 Bigarrays} *)

let read_into_bigstring channel b from count =
  if from < 0 || count < 0 || from > Lwt_bytes.length b - count then Lwt.fail (Invalid_argument "Lwt_io.read_into_bigstring")
  else
    let buffer = Bytes.create count in
    read_into channel buffer 0 count >|= fun n ->
    Lwt_bytes.blit_from_bytes buffer 0 b from n;
    n

let read_into_exactly_bigstring channel b from count =
  if from < 0 || count < 0 || from > Lwt_bytes.length b - count then Lwt.fail (Invalid_argument "Lwt_io.read_into_exactly_bigstring")
  else
    let buffer = Bytes.create count in
    read_into_exactly channel buffer 0 count >|= fun () -> Lwt_bytes.blit_from_bytes buffer 0 b from count

let write_from_exactly_bigstring channel b from count =
  if from < 0 || count < 0 || from > Lwt_bytes.length b - count then Lwt.fail (Invalid_argument "Lwt_io.write_from_exactly_bigstring")
  else write_from_exactly channel (Lwt_bytes.to_bytes (Lwt_bytes.extract b from count)) 0 count

let write_from_bigstring channel b from count = write_from_exactly_bigstring channel b from count >|= fun () -> count

(* {1 Connections} *)

(* The descriptor is closed with the second of both channels; the end of output is told by shutting its side down. *)
let channels_of descriptor =
  let left = ref 2 in
  let close_one shutdown () =
    decr left;
    if !left = 0 then Lwt_unix.close descriptor
    else begin
      (try Lwt_unix.shutdown descriptor shutdown with Unix.Unix_error (ENOTCONN, _, _) -> ());
      Lwt.return_unit
    end
  in
  (of_fd ~close:(close_one Unix.SHUTDOWN_RECEIVE) ~mode:Input descriptor, of_fd ~close:(close_one Unix.SHUTDOWN_SEND) ~mode:Output descriptor)

let socket_for fd address =
  match fd with
  | Some descriptor -> descriptor
  | None -> Lwt_unix.socket ~cloexec:true (Unix.domain_of_sockaddr address) SOCK_STREAM 0

let open_connection ?fd address =
  let descriptor = socket_for fd address in
  Lwt.catch
    (fun () -> Lwt_unix.connect descriptor address >|= fun () -> channels_of descriptor)
    (fun e -> Lwt_unix.close descriptor >>= fun () -> Lwt.fail e)

let close_both (i, o) =
  let quietly channel_close = Lwt.catch channel_close (fun _ -> Lwt.return_unit) in
  quietly (fun () -> close o) >>= fun () -> quietly (fun () -> close i)

let with_close_connection f channels = Lwt.finalize (fun () -> f channels) (fun () -> close_both channels)
let with_connection ?fd address f = open_connection ?fd address >>= fun channels -> Lwt.finalize (fun () -> f channels) (fun () -> close_both channels)

type server = { stop : unit Lwt.t Lazy.t }

let establish_server_with_client_address ?fd ?buffer_size:_ ?(backlog = 128) ?(no_close = false) address serve =
  let listening = socket_for fd address in
  Lwt_unix.setsockopt listening SO_REUSEADDR true;
  Lwt_unix.bind listening address >|= fun () ->
  Lwt_unix.listen listening backlog;
  let stopped, stopping = Lwt.wait () in
  let handle (descriptor, client) =
    let channels = channels_of descriptor in
    Lwt.dont_wait
      (fun () -> Lwt.finalize (fun () -> serve client channels) (fun () -> if no_close then Lwt.return_unit else close_both channels))
      (fun e -> !Lwt.async_exception_hook e)
  in
  let rec accept_all () =
    let accepted = Lwt_unix.accept ~cloexec:true listening >|= fun c -> `Accepted c in
    Lwt.pick [ accepted; stopped ] >>= function
    | `Accepted c ->
        handle c;
        accept_all ()
    | `Stop -> Lwt_unix.close listening
  in
  let over = Lwt.catch accept_all (fun e -> if Lwt.is_sleeping stopped then Lwt.fail e else Lwt.return_unit) in
  Lwt.dont_wait (fun () -> over) (fun e -> !Lwt.async_exception_hook e);
  {
    stop =
      lazy
        (Lwt.wakeup stopping `Stop;
         Lwt.catch
           (fun () -> over >>= fun () -> match address with ADDR_UNIX path when path <> "" && path.[0] <> '\000' -> Lwt_unix.unlink path | _ -> Lwt.return_unit)
           (fun _ -> Lwt.return_unit));
  }

let shutdown_server server = Lazy.force server.stop

(* {1 Numbers} *)

module type NumberIO = sig
  val read_int : input_channel -> int Lwt.t
  val read_int16 : input_channel -> int Lwt.t
  val read_int32 : input_channel -> int32 Lwt.t
  val read_int64 : input_channel -> int64 Lwt.t
  val read_float32 : input_channel -> float Lwt.t
  val read_float64 : input_channel -> float Lwt.t
  val write_int : output_channel -> int -> unit Lwt.t
  val write_int16 : output_channel -> int -> unit Lwt.t
  val write_int32 : output_channel -> int32 -> unit Lwt.t
  val write_int64 : output_channel -> int64 -> unit Lwt.t
  val write_float32 : output_channel -> float -> unit Lwt.t
  val write_float64 : output_channel -> float -> unit Lwt.t
end

module Numbers (Order : sig
  val get16 : bytes -> int -> int
  val get32 : bytes -> int -> int32
  val get64 : bytes -> int -> int64
  val set16 : bytes -> int -> int -> unit
  val set32 : bytes -> int -> int32 -> unit
  val set64 : bytes -> int -> int64 -> unit
end) =
struct
  let reading size get channel =
    exclusively channel (fun () ->
        let b = Bytes.create size in
        take_all channel b 0 size >|= fun () -> get b 0)

  let writing size set channel v =
    let b = Bytes.create size in
    set b 0 v;
    write channel (Bytes.unsafe_to_string b)

  let read_int16 channel = reading 2 Order.get16 channel
  let read_int32 channel = reading 4 Order.get32 channel
  let read_int channel = read_int32 channel >|= Int32.to_int
  let read_int64 channel = reading 8 Order.get64 channel
  let read_float32 channel = read_int32 channel >|= Int32.float_of_bits
  let read_float64 channel = read_int64 channel >|= Int64.float_of_bits
  let write_int16 channel v = writing 2 Order.set16 channel v
  let write_int32 channel v = writing 4 Order.set32 channel v
  let write_int channel v = write_int32 channel (Int32.of_int v)
  let write_int64 channel v = writing 8 Order.set64 channel v
  let write_float32 channel v = write_int32 channel (Int32.bits_of_float v)
  let write_float64 channel v = write_int64 channel (Int64.bits_of_float v)
end

module LE = Numbers (struct
  let get16 = Bytes.get_int16_le
  let get32 = Bytes.get_int32_le
  let get64 = Bytes.get_int64_le
  let set16 = Bytes.set_int16_le
  let set32 = Bytes.set_int32_le
  let set64 = Bytes.set_int64_le
end)

module BE = Numbers (struct
  let get16 = Bytes.get_int16_be
  let get32 = Bytes.get_int32_be
  let get64 = Bytes.get_int64_be
  let set16 = Bytes.set_int16_be
  let set32 = Bytes.set_int32_be
  let set64 = Bytes.set_int64_be
end)

type byte_order = Lwt_sys.byte_order = Little_endian | Big_endian

let system_byte_order = Lwt_sys.byte_order
