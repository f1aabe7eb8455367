(* What can be done with flows of any kind. *)

open Lwt.Infix

let src = Logs.Src.create "mirage-flow-combinators" ~doc:"Copies between flows"

module Log = (val Logs.src_log src : Logs.LOG)

(* {1 What copies do} *)

type stats = { read_bytes : int64; read_ops : int64; write_bytes : int64; write_ops : int64; duration : int64 }

let pp_stats ppf s =
  let rate = if Int64.equal s.duration 0L then 0. else Int64.to_float s.read_bytes *. 1e9 /. Int64.to_float s.duration in
  Fmt.pf ppf "%Ld bytes at %a/s: %Ld read in %Ld operations, %Ld written in %Ld, in %a" s.read_bytes Fmt.byte_size (int_of_float rate) s.read_bytes s.read_ops
    s.write_bytes s.write_ops Fmt.uint64_ns_span s.duration

(* {1 Errors as texts} *)

module type CONCRETE =
  Mirage_flow.S with type error = [ `Msg of string ] and type write_error = [ Mirage_flow.write_error | `Msg of string ]

module Concrete (S : Mirage_flow.S) = struct
  type flow = S.flow
  type error = [ `Msg of string ]
  type write_error = [ Mirage_flow.write_error | `Msg of string ]

  let pp_error ppf (`Msg reason) = Fmt.string ppf reason
  let pp_write_error ppf = function #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e | `Msg reason -> Fmt.string ppf reason
  let error e : error = `Msg (Fmt.str "%a" S.pp_error e)
  let write_error : S.write_error -> write_error = function `Closed -> `Closed | e -> `Msg (Fmt.str "%a" S.pp_write_error e)
  let read flow = S.read flow >|= Result.map_error error
  let write flow buffer = S.write flow buffer >|= Result.map_error write_error
  let writev flow buffers = S.writev flow buffers >|= Result.map_error write_error
  let shutdown = S.shutdown
  let close = S.close
end

(* {1 Copies} *)

module Copy (A : Mirage_flow.S) (B : Mirage_flow.S) = struct
  type error = [ `A of A.error | `B of B.write_error ]

  let pp_error ppf = function `A e -> A.pp_error ppf e | `B e -> B.pp_write_error ppf e

  let copy ~src ~dst =
    let start = Mirage_mtime.elapsed_ns () in
    let rec go bytes operations =
      A.read src >>= function
      | Error e -> Lwt.return_error (`A e)
      | Ok `Eof ->
          let duration = Int64.sub (Mirage_mtime.elapsed_ns ()) start in
          Lwt.return_ok { read_bytes = bytes; read_ops = operations; write_bytes = bytes; write_ops = operations; duration }
      | Ok (`Data buffer) -> (
          B.write dst buffer >>= function
          | Error e -> Lwt.return_error (`B e)
          | Ok () -> go (Int64.add bytes (Int64.of_int (Cstruct.length buffer))) (Int64.succ operations))
    in
    go 0L 0L
end

module Proxy (A : Mirage_flow.S) (B : Mirage_flow.S) = struct
  module A_to_b = Copy (A) (B)
  module B_to_a = Copy (B) (A)

  type error = [ `A_to_b of A_to_b.error | `B_to_a of B_to_a.error ]

  let pp_error ppf = function `A_to_b e -> A_to_b.pp_error ppf e | `B_to_a e -> B_to_a.pp_error ppf e

  let proxy a b =
    let forwards =
      A_to_b.copy ~src:a ~dst:b >>= fun result ->
      B.shutdown b `write >|= fun () -> result
    and backwards =
      B_to_a.copy ~src:b ~dst:a >>= fun result ->
      A.shutdown a `write >|= fun () -> result
    in
    Lwt.both forwards backwards >|= function
    | Ok there, Ok back -> Ok (there, back)
    | Error e, _ -> Error (`A_to_b e)
    | _, Error e -> Error (`B_to_a e)
end

(* {1 Flows made of functions} *)

module F = struct
  type refill = Cstruct.t -> int -> int -> int Lwt.t
  type error = |
  type write_error = Mirage_flow.write_error

  let pp_error _ : error -> unit = function _ -> .
  let pp_write_error = Mirage_flow.pp_write_error

  type flow = { mutable input : refill option; mutable output : refill option; mutable finish : unit -> unit Lwt.t }

  let make ?(close = fun () -> Lwt.return_unit) ?input ?output () = { input; output; finish = close }
  let buffer_size = 4096

  let read flow =
    match flow.input with
    | None -> Lwt.return_ok `Eof
    | Some refill -> (
        let buffer = Cstruct.create buffer_size in
        refill buffer 0 buffer_size >|= function
        | 0 ->
            flow.input <- None;
            Ok `Eof
        | n -> Ok (`Data (Cstruct.sub buffer 0 n)))

  let rec write flow buffer =
    match flow.output with
    | _ when Cstruct.length buffer = 0 -> Lwt.return_ok ()
    | None -> Lwt.return_error `Closed
    | Some refill -> (
        refill buffer 0 (Cstruct.length buffer) >>= function
        | 0 ->
            flow.output <- None;
            Lwt.return_error `Closed
        | n -> write flow (Cstruct.shift buffer n))

  let rec writev flow = function
    | [] -> Lwt.return_ok ()
    | buffer :: rest -> ( write flow buffer >>= function Ok () -> writev flow rest | Error _ as e -> Lwt.return e)

  let shutdown flow direction =
    if direction <> `write then flow.input <- None;
    if direction <> `read then flow.output <- None;
    Lwt.return_unit

  let close flow =
    flow.input <- None;
    flow.output <- None;
    let finish = flow.finish in
    flow.finish <- (fun () -> Lwt.return_unit);
    finish ()

  (* {2 In memory} [blit part at buffer off n] moves a piece between a part and the buffer. *)

  let piecewise length blit parts =
    let left = ref parts and at = ref 0 in
    let rec refill buffer off len =
      match !left with
      | [] -> Lwt.return 0
      | part :: rest ->
          let n = min len (length part - !at) in
          if n <= 0 && len > 0 then begin
            left := rest;
            at := 0;
            refill buffer off len
          end
          else begin
            blit part !at buffer off n;
            at := !at + n;
            Lwt.return n
          end
    in
    refill

  let input_strings parts = piecewise String.length Cstruct.blit_from_string parts
  let output_bytess parts = piecewise Bytes.length (fun part at buffer off n -> Cstruct.blit_to_bytes buffer off part at n) parts
  let input_cstructs parts = piecewise Cstruct.length Cstruct.blit parts
  let output_cstructs parts = piecewise Cstruct.length (fun part at buffer off n -> Cstruct.blit buffer off part at n) parts
  let input_string s = input_strings [ s ]
  let output_bytes b = output_bytess [ b ]
  let input_cstruct c = input_cstructs [ c ]
  let output_cstruct c = output_cstructs [ c ]
  let of_functions input output i o = make ?input:(Option.map input i) ?output:(Option.map output o) ()
  let string ?input ?output () = of_functions input_string output_bytes input output
  let strings ?input ?output () = of_functions input_strings output_bytess input output
  let cstruct ?input ?output () = of_functions input_cstruct output_cstruct input output
  let cstructs ?input ?output () = of_functions input_cstructs output_cstructs input output
end

(* {1 Flows as values} *)

type t = Flow : { name : string; implementation : (module CONCRETE with type flow = 'a); flow : 'a } -> t
type flow = t
type error = [ `Msg of string ]
type write_error = [ Mirage_flow.write_error | `Msg of string ]

let pp_error ppf (`Msg reason) = Fmt.string ppf reason
let pp_write_error ppf = function #Mirage_flow.write_error as e -> Mirage_flow.pp_write_error ppf e | `Msg reason -> Fmt.string ppf reason

let create (type a) (module M : Mirage_flow.S with type flow = a) (flow : a) name =
  let module C = Concrete (M) in
  Flow { name; implementation = (module C); flow }

let pp ppf (Flow { name; _ }) = Fmt.string ppf name
let read (Flow { implementation = (module M); flow; _ }) = M.read flow
let write (Flow { implementation = (module M); flow; _ }) buffer = M.write flow buffer
let writev (Flow { implementation = (module M); flow; _ }) buffers = M.writev flow buffers
let shutdown (Flow { implementation = (module M); flow; _ }) direction = M.shutdown flow direction
let close (Flow { implementation = (module M); flow; _ }) = M.close flow

let forward ?(verbose = false) ~src ~dst () =
  let rec go () =
    read src >>= function
    | Error e ->
        Log.err (fun m -> m "reading from %a: %a" pp src pp_error e);
        Lwt.return_unit
    | Ok `Eof -> Lwt.return_unit
    | Ok (`Data buffer) -> (
        Log.debug (fun m -> m "%a -> %a: %d bytes%a" pp src pp dst (Cstruct.length buffer) Fmt.(if' verbose (any ":@ " ++ Cstruct.hexdump_pp)) buffer);
        write dst buffer >>= function
        | Ok () -> go ()
        | Error `Closed -> Lwt.return_unit
        | Error e ->
            Log.err (fun m -> m "writing to %a: %a" pp dst pp_write_error e);
            Lwt.return_unit)
  in
  go ()

let proxy ?verbose a b =
  let one src dst = forward ?verbose ~src ~dst () >>= fun () -> shutdown dst `write in
  Lwt.join [ one a b; one b a ] >>= fun () -> Lwt.join [ close a; close b ]
