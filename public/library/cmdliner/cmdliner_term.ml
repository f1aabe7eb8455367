(* Terms: what is computed from the command line, with the arguments that it looks at. *)

open Cmdliner_info

type context = {
  parents : cmd list;  (** the commands that the evaluated one is in, innermost first; the last is the program *)
  command : cmd;
  siblings : cmd list;  (** the sub-commands of the program *)
  all_args : args;
  env : string -> string option;
  mutable old_env : string list;  (** what to say of deprecated environment variables that were used *)
}

type error =
  | Wrong_line of string  (** the command line is wrong: say so with the usage *)
  | Failed of { usage : bool; message : string }
  | Help of Cmdliner_manpage.format * string option

type 'a t = { args : args; eval : context -> Cmdliner_line.t -> ('a, error) result }

let const v = { args = Arg_set.empty; eval = (fun _ _ -> Ok v) }

let app f v =
  let eval context line =
    match f.eval context line with
    | Error _ as e -> e
    | Ok f -> ( match v.eval context line with Error _ as e -> e | Ok v -> Ok (f v))
  in
  { args = union f.args v.args; eval }

let ( $ ) = app
let map f v = { v with eval = (fun context line -> Result.map f (v.eval context line)) }
let product a b = app (map (fun a b -> (a, b)) a) b

module Syntax = struct
  let ( let+ ) v f = map f v
  let ( and+ ) = product
end

let bind_result v f = { v with eval = (fun context line -> Result.bind (v.eval context line) f) }

type 'a ret = [ `Help of Cmdliner_manpage.format * string option | `Error of bool * string | `Ok of 'a ]

let ret v =
  bind_result v (function
    | `Ok v -> Ok v
    | `Error (usage, message) -> Error (Failed { usage; message })
    | `Help (format, command) -> Error (Help (format, command)))

let term_result' ?(usage = false) v = bind_result v (Result.map_error (fun message -> Failed { usage; message }))
let term_result ?(usage = false) v = bind_result v (Result.map_error (fun (`Msg message) -> Failed { usage; message }))
let cli_parse_result' v = bind_result v (Result.map_error (fun message -> Wrong_line message))
let cli_parse_result v = bind_result v (Result.map_error (fun (`Msg message) -> Wrong_line message))
let of_context f = { args = Arg_set.empty; eval = (fun context _ -> Ok (f context)) }
let program context = match List.rev context.parents with main :: _ -> main | [] -> context.command
let main_name = of_context (fun context -> (program context).cmd_name)
let choice_names = of_context (fun context -> List.rev_map (fun cmd -> cmd.cmd_name) context.siblings)
let env = of_context (fun context -> context.env)

(* The arguments given on the command line, in the order in which the arguments were made. *)
let with_used_args v =
  let eval context line =
    let given _ arg words =
      if is_option arg then
        List.rev_append
          (List.concat_map (fun (o : Cmdliner_line.occurrence) -> o.name :: Option.to_list o.value) (Cmdliner_line.occurrences line arg))
          words
      else List.rev_append (Cmdliner_line.values line arg) words
    in
    Result.map (fun v' -> (v', List.rev (Arg_set.fold given v.args []))) (v.eval context line)
  in
  { v with eval }
