(* Lines over a console: bytes are taken one by one from what was read last, a line grows in a buffer until its end. *)

open Lwt.Infix

module type S = sig
  type t

  val read_line : t -> string option Lwt.t
  val prompt : t -> string -> string option Lwt.t
  val write_line : t -> string -> unit Lwt.t
end

module Make (Console : Console.S) = struct
  type t = {
    console : Console.t;
    echo : bool;
    mutable input : string;  (** what was read last *)
    mutable position : int;  (** the first byte of [input] not yet taken *)
    mutable ended : bool;
    mutable after_return : bool;  (** the last line ended with a carriage return: a line feed that follows belongs to it *)
    line : Buffer.t;
  }

  let connect ~echo console =
    Lwt.return { console; echo; input = ""; position = 0; ended = false; after_return = false; line = Buffer.create 80 }

  let show t text = if t.echo then Console.write t.console text else Lwt.return_unit

  let take_line t =
    let line = Buffer.contents t.line in
    Buffer.clear t.line;
    line

  (* The bytes of the last character: continuation bytes of UTF-8 (RFC 3629) and the one before them. *)
  let last_character_start t =
    let rec back i = if i > 0 && Char.code (Buffer.nth t.line i) land 0xC0 = 0x80 then back (i - 1) else i in
    back (Buffer.length t.line - 1)

  let erase = "\b \b"

  let rec erase_all t shown =
    if Buffer.length t.line = 0 then show t (Buffer.contents shown)
    else begin
      Buffer.truncate t.line (last_character_start t);
      Buffer.add_string shown erase;
      erase_all t shown
    end

  let rec read_line t =
    if t.position < String.length t.input then begin
      let c = t.input.[t.position] in
      t.position <- t.position + 1;
      let after_return = t.after_return in
      t.after_return <- false;
      match c with
      | '\n' when after_return -> read_line t
      | '\n' -> show t "\n" >|= fun () -> Some (take_line t)
      | '\r' ->
          t.after_return <- true;
          show t "\n" >|= fun () -> Some (take_line t)
      | '\b' | '\127' when t.echo ->
          if Buffer.length t.line = 0 then read_line t
          else begin
            Buffer.truncate t.line (last_character_start t);
            show t erase >>= fun () -> read_line t
          end
      | '\021' when t.echo -> erase_all t (Buffer.create 80) >>= fun () -> read_line t
      | '\004' when t.echo && Buffer.length t.line = 0 ->
          t.ended <- true;
          t.position <- String.length t.input;
          read_line t
      | c ->
          Buffer.add_char t.line c;
          show t (String.make 1 c) >>= fun () -> read_line t
    end
    else if t.ended then if Buffer.length t.line = 0 then Lwt.return_none else show t "\n" >|= fun () -> Some (take_line t)
    else
      Console.read t.console >>= fun input ->
      (match input with
      | `Data data ->
          t.input <- data;
          t.position <- 0
      | `Eof -> t.ended <- true);
      read_line t

  let prompt t text = Console.write t.console text >>= fun () -> read_line t
  let write_line t text = Console.write t.console (text ^ "\n")
end
