(* Logging inside promises: the functions of Logs with a promise that is fulfilled when the message has been dealt with. *)

type 'a log = ('a, unit Lwt.t) Logs.msgf -> unit Lwt.t

let kmsg k ?(src = Logs.default) level msgf =
  (match level with
  | Logs.Error -> Logs.incr_err_count ()
  | Logs.Warning -> Logs.incr_warn_count ()
  | Logs.App | Logs.Info | Logs.Debug -> ());
  let shown = match Logs.Src.level src with None -> false | Some shown -> compare level shown <= 0 in
  if not shown then k ()
  else begin
    let done_, finish = Lwt.wait () in
    let over () = Lwt.wakeup finish () in
    Lwt.bind (Logs.report src level ~over k msgf) (fun v -> Lwt.map (fun () -> v) done_)
  end

let msg ?src level msgf = kmsg Lwt.return ?src level msgf
let app ?src msgf = msg ?src Logs.App msgf
let err ?src msgf = msg ?src Logs.Error msgf
let warn ?src msgf = msg ?src Logs.Warning msgf
let info ?src msgf = msg ?src Logs.Info msgf
let debug ?src msgf = msg ?src Logs.Debug msgf

let on_error ?src ?(level = Logs.Error) ?header ?tags ~pp ~use p =
  Lwt.bind p (function
    | Ok v -> Lwt.return v
    | Error e -> kmsg (fun () -> use e) ?src level (fun m -> m ?header ?tags "@[%a@]" pp e))

let on_error_msg ?src ?(level = Logs.Error) ?header ?tags ~use p =
  Lwt.bind p (function
    | Ok v -> Lwt.return v
    | Error (`Msg text) -> kmsg use ?src level (fun m -> m ?header ?tags "@[%a@]" Logs.pp_print_text text))

module type LOG = sig
  val msg : Logs.level -> 'a log
  val app : 'a log
  val err : 'a log
  val warn : 'a log
  val info : 'a log
  val debug : 'a log
  val kmsg : ?over:(unit -> unit) -> (unit -> 'b Lwt.t) -> Logs.level -> ('a, 'b Lwt.t) Logs.msgf -> 'b Lwt.t

  val on_error :
    ?level:Logs.level ->
    ?header:string ->
    ?tags:Logs.Tag.set ->
    pp:(Format.formatter -> 'b -> unit) ->
    use:('b -> 'a Lwt.t) ->
    ('a, 'b) result Lwt.t ->
    'a Lwt.t

  val on_error_msg :
    ?level:Logs.level -> ?header:string -> ?tags:Logs.Tag.set -> use:(unit -> 'a Lwt.t) -> ('a, [ `Msg of string ]) result Lwt.t -> 'a Lwt.t
end

let src_log src =
  let module Log = struct
    let msg level msgf = msg ~src level msgf
    let app msgf = app ~src msgf
    let err msgf = err ~src msgf
    let warn msgf = warn ~src msgf
    let info msgf = info ~src msgf
    let debug msgf = debug ~src msgf
    let kmsg ?over:_ k level msgf = kmsg k ~src level msgf
    let on_error ?level ?header ?tags ~pp ~use p = on_error ~src ?level ?header ?tags ~pp ~use p
    let on_error_msg ?level ?header ?tags ~use p = on_error_msg ~src ?level ?header ?tags ~use p
  end in
  (module Log : LOG)
