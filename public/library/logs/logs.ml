(* Logging: sources with levels, messages that are only formatted when somebody listens, and the reporter that listens. *)

type level = App | Error | Warning | Info | Debug

(* [None] silences everything; App is shown at every level. *)
let rank = function App -> 0 | Error -> 1 | Warning -> 2 | Info -> 3 | Debug -> 4

let level_to_string = function
  | None -> "quiet"
  | Some App -> "app"
  | Some Error -> "error"
  | Some Warning -> "warning"
  | Some Info -> "info"
  | Some Debug -> "debug"

let pp_level ppf = function
  | App -> ()
  | level -> Format.pp_print_string ppf (String.uppercase_ascii (level_to_string (Some level)))

let level_of_string = function
  | "quiet" -> Ok None
  | "app" -> Ok (Some App)
  | "error" -> Ok (Some Error)
  | "warning" -> Ok (Some Warning)
  | "info" -> Ok (Some Info)
  | "debug" -> Ok (Some Debug)
  | other -> Result.Error (`Msg (Printf.sprintf "%S: unknown log level" other))

type src = { id : int; name : string; doc : string; mutable level : level option }

let default_level = ref (Some Warning)
let sources : src list ref = ref []

module Src = struct
  type t = src

  let last_id = ref (-1)

  let create ?(doc = "undocumented") name =
    incr last_id;
    let src = { id = !last_id; name; doc; level = !default_level } in
    sources := src :: !sources;
    src

  let name src = src.name
  let doc src = src.doc
  let level src = src.level
  let set_level (src : src) level = src.level <- level
  let equal a b = a.id = b.id
  let compare a b = Int.compare a.id b.id

  let pp ppf src =
    Format.fprintf ppf "@[<1>(src@ @[<1>(name %S)@]@ @[<1>(uid %d)@] @[<1>(doc %S)@])@]" src.name src.id src.doc

  let list () = !sources
end

let default = Src.create "application" ~doc:"The application log"
let level () = !default_level

let set_level ?(all = true) level =
  default_level := level;
  if all then List.iter (fun (src : src) -> src.level <- level) !sources

module Tag = struct
  (* The universal type of a tag's values, as an extensible variant each definition adds a constructor to. *)
  type univ = ..

  type 'a def = {
    id : int;
    name : string;
    doc : string;
    printer : Format.formatter -> 'a -> unit;
    inject : 'a -> univ;
    project : univ -> 'a option;
  }

  type def_e = Def : 'a def -> def_e

  let last_id = ref (-1)
  let definitions : def_e list ref = ref []

  let def (type a) ?(doc = "undocumented") name printer =
    let module M = struct
      type univ += V of a
    end in
    incr last_id;
    let definition =
      { id = !last_id; name; doc; printer; inject = (fun v -> M.V v); project = (function M.V v -> Some v | _ -> None) }
    in
    definitions := Def definition :: !definitions;
    definition

  let name d = d.name
  let doc d = d.doc
  let printer d = d.printer
  let pp_def ppf d = Format.fprintf ppf "tag:%s" d.name
  let list () = !definitions

  type t = V : 'a def * 'a -> t

  let pp ppf (V (d, v)) = Format.fprintf ppf "@[<1>(%a@ @[%a@])@]" pp_def d d.printer v

  module By_id = Map.Make (Int)

  type binding = B : 'a def * univ -> binding
  type set = binding By_id.t

  let empty = By_id.empty
  let is_empty = By_id.is_empty
  let mem d set = By_id.mem d.id set
  let add d v set = By_id.add d.id (B (d, d.inject v)) set
  let rem d set = By_id.remove d.id set
  let find d set = Option.bind (By_id.find_opt d.id set) (fun (B (_, v)) -> d.project v)

  let get d set =
    match find d set with
    | Some v -> v
    | None -> invalid_arg (Printf.sprintf "tag named %s not found in set" d.name)

  let fold f set accumulator =
    By_id.fold
      (fun _ (B (d, v)) accumulator -> match d.project v with Some v -> f (V (d, v)) accumulator | None -> accumulator)
      set accumulator

  let pp_set ppf set =
    let print tag first =
      if not first then Format.fprintf ppf ",@ ";
      pp ppf tag;
      false
    in
    Format.fprintf ppf "@[<1>{";
    ignore (fold print set true);
    Format.fprintf ppf "}@]"
end

type ('a, 'b) msgf = (?header:string -> ?tags:Tag.set -> ('a, Format.formatter, unit, 'b) format4 -> 'a) -> 'b
type reporter = { report : 'a 'b. src -> level -> over:(unit -> unit) -> (unit -> 'b) -> ('a, 'b) msgf -> 'b }

let nop_reporter =
  {
    report =
      (fun _ _ ~over k _ ->
        over ();
        k ());
  }

let current_reporter = ref nop_reporter
let reporter () = !current_reporter
let set_reporter r = current_reporter := r

(* With one thread of control there is nothing to lock; a lock that is given is used all the same. *)
let lock_reporter : (unit -> unit) ref = ref ignore
let unlock_reporter : (unit -> unit) ref = ref ignore

let set_reporter_mutex ~lock ~unlock =
  lock_reporter := lock;
  unlock_reporter := unlock

let report src level ~over k msgf =
  !lock_reporter ();
  let over () =
    over ();
    !unlock_reporter ()
  in
  !current_reporter.report src level ~over k msgf

(* The text's spaces and newlines are places where the line may break. *)
let pp_print_text = Format.pp_print_text

let program = lazy (Filename.basename (if Array.length Sys.argv > 0 then Sys.argv.(0) else Sys.executable_name))

let pp_header ppf (level, header) =
  match (level, header) with
  | App, None -> ()
  | _, Some header -> Format.fprintf ppf "[%s]" header
  | level, None -> Format.fprintf ppf "[%s]" (String.uppercase_ascii (level_to_string (Some level)))

(* Before the header of messages that are not for the user stands the program's name. *)
let pp_exec_header ppf (level, header) =
  match (level, header) with
  | App, None -> ()
  | App, Some _ -> Format.fprintf ppf "%a " pp_header (level, header)
  | _ -> Format.fprintf ppf "%s: %a " (Lazy.force program) pp_header (level, header)

let format_reporter ?(pp_header = pp_exec_header) ?(app = Format.std_formatter) ?(dst = Format.err_formatter) () =
  let report _src level ~over k msgf =
    msgf (fun ?header ?tags:_ fmt ->
        let ppf = match level with App -> app | _ -> dst in
        let finish _ =
          over ();
          k ()
        in
        Format.kfprintf finish ppf ("%a@[" ^^ fmt ^^ "@]@.") pp_header (level, header))
  in
  { report }

let errors = ref 0
let warnings = ref 0
let err_count () = !errors
let warn_count () = !warnings
let incr_err_count () = incr errors
let incr_warn_count () = incr warnings

let kmsg k ?(src = default) level msgf =
  (match level with Error -> incr_err_count () | Warning -> incr_warn_count () | App | Info | Debug -> ());
  match src.level with
  | Some shown when rank level <= rank shown -> report src level ~over:ignore k msgf
  | Some _ | None -> k ()

type 'a log = ('a, unit) msgf -> unit

let msg ?src level msgf = kmsg ignore ?src level msgf
let app ?src msgf = kmsg ignore ?src App msgf
let err ?src msgf = kmsg ignore ?src Error msgf
let warn ?src msgf = kmsg ignore ?src Warning msgf
let info ?src msgf = kmsg ignore ?src Info msgf
let debug ?src msgf = kmsg ignore ?src Debug msgf

let on_error ?src ?(level = Error) ?header ?tags ~pp ~use = function
  | Ok v -> v
  | Result.Error e -> kmsg (fun () -> use e) ?src level (fun m -> m ?header ?tags "@[%a@]" pp e)

let on_error_msg ?src ?(level = Error) ?header ?tags ~use = function
  | Ok v -> v
  | Result.Error (`Msg text) -> kmsg use ?src level (fun m -> m ?header ?tags "@[%a@]" pp_print_text text)

module type LOG = sig
  val msg : level -> 'a log
  val app : 'a log
  val err : 'a log
  val warn : 'a log
  val info : 'a log
  val debug : 'a log
  val kmsg : (unit -> 'b) -> level -> ('a, 'b) msgf -> 'b

  val on_error :
    ?level:level -> ?header:string -> ?tags:Tag.set -> pp:(Format.formatter -> 'b -> unit) -> use:('b -> 'a) -> ('a, 'b) result -> 'a

  val on_error_msg : ?level:level -> ?header:string -> ?tags:Tag.set -> use:(unit -> 'a) -> ('a, [ `Msg of string ]) result -> 'a
end

let src_log src =
  let module Log = struct
    let msg level msgf = msg ~src level msgf
    let app msgf = app ~src msgf
    let err msgf = err ~src msgf
    let warn msgf = warn ~src msgf
    let info msgf = info ~src msgf
    let debug msgf = debug ~src msgf
    let kmsg k level msgf = kmsg k ~src level msgf
    let on_error ?level ?header ?tags ~pp ~use r = on_error ~src ?level ?header ?tags ~pp ~use r
    let on_error_msg ?level ?header ?tags ~use r = on_error_msg ~src ?level ?header ?tags ~use r
  end in
  (module Log : LOG)
