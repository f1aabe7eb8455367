(* Buffered reading and writing over a flow. *)

open Lwt.Infix

type write_error = Mirage_flow.write_error

module type S = sig
  type error

  val pp_error : error Fmt.t

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  type flow
  type t

  val create : flow -> t
  val to_flow : t -> flow
  val read_char : t -> (char Mirage_flow.or_eof, error) result Lwt.t
  val read_some : ?len:int -> t -> (Cstruct.t Mirage_flow.or_eof, error) result Lwt.t
  val read_exactly : len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t
  val read_line : ?len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t
  val write_char : t -> char -> unit
  val write_string : t -> string -> int -> int -> unit
  val write_buffer : t -> Cstruct.t -> unit
  val write_line : t -> string -> unit
  val flush : t -> (unit, write_error) result Lwt.t
  val close : t -> (unit, write_error) result Lwt.t
  val shutdown : t -> [ `read | `write | `read_write ] -> (unit, write_error) result Lwt.t
end

module Make (F : Mirage_flow.S) = struct
  type flow = F.flow
  type error = [ `Read_zero | `Flow of F.error | `Line_too_long ]
  type write_error = F.write_error

  let pp_error ppf = function
    | `Read_zero -> Fmt.string ppf "received zero bytes"
    | `Flow e -> Fmt.pf ppf "flow error: %a" F.pp_error e
    | `Line_too_long -> Fmt.string ppf "the line is longer than allowed"

  let pp_write_error = F.pp_write_error

  type t = {
    flow : F.flow;
    mutable unread : Cstruct.t;
    mutable unsent : Cstruct.t list;  (** the last first *)
    mutable page : Cstruct.t;  (** the room left for short writes *)
    mutable written : int;  (** how much of it is filled and not yet in [unsent] *)
  }

  let page_size = 4096
  let create flow = { flow; unread = Cstruct.empty; unsent = []; page = Cstruct.empty; written = 0 }
  let to_flow t = t.flow

  (* {1 Reading} *)

  (* The bytes not read yet, after reading from the flow if there are none. *)
  let available t =
    if Cstruct.length t.unread > 0 then Lwt.return (Ok (`Data t.unread))
    else
      F.read t.flow >|= function
      | Error e -> Error (`Flow e)
      | Ok `Eof -> Ok `Eof
      | Ok (`Data data) when Cstruct.length data = 0 -> Error `Read_zero
      | Ok (`Data data) ->
          t.unread <- data;
          Ok (`Data data)

  (* Takes the first bytes of those not read yet. *)
  let take t n =
    let data = Cstruct.sub t.unread 0 n in
    t.unread <- Cstruct.shift t.unread n;
    data

  let read_char t =
    available t >|= function
    | Ok (`Data data) ->
        let c = Cstruct.get_char data 0 in
        t.unread <- Cstruct.shift data 1;
        Ok (`Data c)
    | Ok `Eof -> Ok `Eof
    | Error _ as e -> e

  let read_some ?len t =
    available t >|= function
    | Ok (`Data data) ->
        let n = Cstruct.length data in
        Ok (`Data (take t (match len with None -> n | Some len -> max 0 (min len n))))
    | Ok `Eof -> Ok `Eof
    | Error _ as e -> e

  let read_exactly ~len t =
    let rec go missing parts =
      if missing <= 0 then Lwt.return (Ok (`Data (List.rev parts)))
      else
        available t >>= function
        | Ok (`Data data) ->
            let n = min missing (Cstruct.length data) in
            go (missing - n) (take t n :: parts)
        | Ok `Eof -> Lwt.return (Ok `Eof)
        | Error _ as e -> Lwt.return e
    in
    go len []

  (* Without a carriage return at the end, which may be a part by itself. *)
  let without_return parts =
    match parts with
    | last :: rest ->
        let n = Cstruct.length last in
        if n > 0 && Cstruct.get_char last (n - 1) = '\r' then if n = 1 then rest else Cstruct.sub last 0 (n - 1) :: rest else parts
    | [] -> []

  let index data c =
    let n = Cstruct.length data in
    let rec go i = if i = n then None else if Cstruct.get_char data i = c then Some i else go (i + 1) in
    go 0

  let read_line ?len t =
    (* [parts]: what has been read of the line, the last part first. *)
    let rec go length parts =
      available t >>= function
      | Error _ as e -> Lwt.return e
      | Ok `Eof -> Lwt.return (Ok (if parts = [] then `Eof else `Data (List.rev parts)))
      | Ok (`Data data) -> (
          let found = index data '\n' in
          let n = Option.value found ~default:(Cstruct.length data) in
          let length = length + n in
          match len with
          | Some len when length > len -> Lwt.return (Error `Line_too_long)
          | _ -> (
              let parts = if n = 0 then parts else take t n :: parts in
              match found with
              | None -> go length parts
              | Some _ ->
                  ignore (take t 1);
                  Lwt.return (Ok (`Data (List.rev (without_return parts))))))
    in
    go 0 []

  (* {1 Writing} *)

  (* Moves what was written into the page to what is to be sent. *)
  let end_short_writes t =
    if t.written > 0 then begin
      t.unsent <- Cstruct.sub t.page 0 t.written :: t.unsent;
      t.page <- Cstruct.shift t.page t.written;
      t.written <- 0
    end

  let rec write_string t s off len =
    if len > 0 then begin
      if t.written = Cstruct.length t.page then begin
        end_short_writes t;
        t.page <- Cstruct.create_unsafe page_size
      end;
      let n = min len (Cstruct.length t.page - t.written) in
      Cstruct.blit_from_string s off t.page t.written n;
      t.written <- t.written + n;
      write_string t s (off + n) (len - n)
    end

  let write_string t s off len =
    if off < 0 || len < 0 || off > String.length s - len then invalid_arg "Mirage_channel.write_string";
    write_string t s off len

  let write_char t c = write_string t (String.make 1 c) 0 1

  let write_buffer t data =
    if Cstruct.length data > 0 then begin
      end_short_writes t;
      t.unsent <- data :: t.unsent
    end

  let write_line t line =
    write_string t line 0 (String.length line);
    write_char t '\n'

  let flush t =
    end_short_writes t;
    match List.rev t.unsent with
    | [] -> Lwt.return (Ok ())
    | unsent ->
        t.unsent <- [];
        F.writev t.flow unsent

  (* {1 Ending} *)

  let after_flush t finish = Lwt.finalize (fun () -> flush t) finish
  let close t = after_flush t (fun () -> F.close t.flow)
  let shutdown t mode = after_flush t (fun () -> F.shutdown t.flow mode)
end
