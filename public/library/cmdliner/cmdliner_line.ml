(* The command line, taken apart: which values each argument was given. *)

open Cmdliner_info

(* An option's occurrence: where it stood, the name it was given by, its value. *)
type occurrence = { position : int; name : string; value : string option }
type found = Occurrences of occurrence list | Values of string list
type t = found Arg_set.t

let occurrences (line : t) arg = match Arg_set.find_opt arg.id line with Some (Occurrences list) -> list | Some (Values _) | None -> []
let values (line : t) arg = match Arg_set.find_opt arg.id line with Some (Values list) -> list | Some (Occurrences _) | None -> []

module Names = Map.Make (String)

(* Options by name. Raises [Invalid_argument] when two have one name. *)
let index args =
  Arg_set.fold
    (fun _ arg names ->
      List.fold_left
        (fun names name ->
          match Names.find_opt name names with
          | Some other when other.id <> arg.id ->
              invalid_arg
                (Printf.sprintf "option name %s defined twice (doc strings are %s and %s)" name (quote other.arg_doc) (quote arg.arg_doc))
          | _ -> Names.add name arg names)
        names arg.names)
    args Names.empty

(* The names that begin so, in order. *)
let completions names prefix =
  let rec take found seq =
    match seq () with
    | Seq.Cons ((name, arg), rest) when String.starts_with ~prefix name -> take ((name, arg) :: found) rest
    | _ -> List.rev found
  in
  take [] (Names.to_seq_from prefix names)

type resolution = Found of string * arg | Unknown | Ambiguous of string list

let resolve names name =
  match Names.find_opt name names with
  | Some arg -> Found (name, arg)
  | None when String.length name <= 2 || not (legacy_prefixes ()) -> Unknown
  | None -> (
      match completions names name with
      | [] -> Unknown
      | [ (_, arg) ] -> Found (name, arg)
      | several -> Ambiguous (List.map fst several))

let looks_like_option s = String.length s > 1 && s.[0] = '-'

(* The name in an option as written, and the value written with it. *)
let split_option s =
  if s.[1] <> '-' then
    (String.sub s 0 2, if String.length s = 2 then None else Some (String.sub s 2 (String.length s - 2)))
  else
    match String.index_opt s '=' with
    | None -> (s, None)
    | Some i -> (String.sub s 0 i, Some (String.sub s (i + 1) (String.length s - i - 1)))

let hints names written =
  if String.length written <= 2 then []
  else begin
    (* The other way of writing it: [-name] for [--name], [-n] for [--name]. *)
    let short, long = if written.[1] <> '-' then (written, "-" ^ written) else (String.sub written 1 (String.length written - 1), written) in
    let short, _ = split_option short and long, _ = split_option long in
    let near = nearest long (List.map fst (Names.bindings names)) in
    if Names.mem short names && not (List.mem short near) then short :: near else near
  end

(* {1 Positional arguments} *)

(* First and last position (counted from the left) that an argument takes, when [last] is the last there is. *)
let range last = function
  | All -> (0, last)
  | Nth { from_right = false; n } -> (n, n)
  | Nth { from_right = true; n } -> (last - n, last - n)
  | Left_of { from_right = false; n } -> (0, n - 1)
  | Left_of { from_right = true; n } -> (0, last - n - 1)
  | Right_of { from_right = false; n } -> (n + 1, last)
  | Right_of { from_right = true; n } -> (last - n + 1, last)

let assign_positions args line given =
  let given = Array.of_list given in
  let last = Array.length given - 1 in
  let assign _ arg (line, taken, missing) =
    match arg.shape with
    | Option _ -> (line, taken, missing)
    | Positional positions ->
        let first, stop = range last positions in
        let first = max 0 first in
        if first > min stop last || stop < 0 then (line, taken, if is_required arg && arg.arg_env = None then arg :: missing else missing)
        else
          let stop' = min stop last in
          (Arg_set.add arg.id (Values (Array.to_list (Array.sub given first (stop' - first + 1)))) line, max taken stop', missing)
  in
  let line, taken, missing = Arg_set.fold assign args (line, -1, []) in
  if missing <> [] then
    match List.filter (fun s -> s <> "") (List.rev_map (fun arg -> arg.docv) missing) with
    | [] -> Error "a required argument is missing"
    | [ docv ] -> Error (Printf.sprintf "required argument %s is missing" docv)
    | docvs -> Error (Printf.sprintf "required arguments %s are missing" (enumerate ~last:"and" docvs))
  else if taken < last then
    let left = Array.to_list (Array.sub given (taken + 1) (last - taken)) in
    Error (Printf.sprintf "too many arguments, don't know what to do with %s" (String.concat ", " (List.map quote left)))
  else Ok line

(* {1 The line} *)

(* Sorts the words into options and positional arguments. Errors do not stop it. *)
let sort_words names words =
  let add arg occurrence line =
    Arg_set.update arg.id
      (function Some (Occurrences list) -> Some (Occurrences (occurrence :: list)) | _ -> Some (Occurrences [ occurrence ]))
      line
  in
  let rec go position line given errors = function
    | [] -> (line, List.rev given, List.rev errors)
    | "--" :: rest -> (line, List.rev_append given rest, List.rev errors)
    | word :: rest when not (looks_like_option word) -> go (position + 1) line (word :: given) errors rest
    | word :: rest -> (
        let name, value = split_option word in
        match resolve names name with
        | Found (name, ({ shape = Option Flag; _ } as arg)) when is_short name && value <> None ->
            (* Flags may be written together. *)
            let others = Option.fold ~none:[] ~some:(fun v -> [ "-" ^ v ]) value in
            go (position + 1) (add arg { position; name; value = None } line) given errors (others @ rest)
        | Found (name, ({ shape = Option (Valued | Optional _); _ } as arg)) when value = None -> (
            match rest with
            | next :: rest when not (looks_like_option next) ->
                go (position + 2) (add arg { position; name; value = Some next } line) given errors rest
            | rest -> go (position + 1) (add arg { position; name; value = None } line) given errors rest)
        | Found (name, arg) -> go (position + 1) (add arg { position; name; value } line) given errors rest
        | Unknown ->
            let error =
              match hints names word with [] -> unknown ~kind:"option" name ^ "." | hints -> unknown ~kind:"option" ~hints name
            in
            go (position + 1) line given (error :: errors) rest
        | Ambiguous candidates -> go (position + 1) line given (ambiguous ~kind:"option" name candidates :: errors) rest)
  in
  let line, given, errors = go 0 Arg_set.empty [] [] words in
  let in_order = function Occurrences list -> Occurrences (List.rev list) | values -> values in
  (Arg_set.map in_order line, given, errors)

(* The values of the arguments in these words; with an error, what was understood all the same. With [~peek] there are no errors. *)
let parse ?(peek = false) args words =
  let names = index args in
  let line, given, errors = sort_words names words in
  if peek then Ok line
  else if errors <> [] then Error (String.concat "\n" errors, line)
  else match assign_positions args line given with Ok line -> Ok line | Error message -> Error (message, line)

(* {1 Deprecated arguments that were used} *)

let deprecations args line =
  Arg_set.fold
    (fun _ arg found ->
      match arg.arg_deprecated with
      | None -> found
      | Some message -> (
          match Arg_set.find_opt arg.id line with
          | Some (Occurrences list) ->
              let names = List.sort_uniq String.compare (List.map (fun o -> o.name) list) in
              let subject = match names with [ name ] -> "option " ^ quote name | names -> "options " ^ String.concat ", " (List.map quote names) in
              (subject, message) :: found
          | Some (Values list) ->
              let subject = match list with [ v ] -> "argument " ^ quote v | list -> "arguments " ^ String.concat ", " (List.map quote list) in
              (subject, message) :: found
          | None -> found))
    args []
