(* What is known of arguments, environment variables, exit codes and commands: what their documentation and their errors say. *)

type env = { env_var : string; env_deprecated : string option; env_doc : string; env_docs : string }
type exit = { first : int; last : int; exit_doc : string; exit_docs : string }

(* What an argument that is not there stands for. *)
type absent = Required | Default of string Lazy.t | Described of string

type option_kind =
  | Flag
  | Valued  (** takes a value *)
  | Optional of string  (** may take a value; without one it stands for this *)

(* Which positional arguments one argument takes. Positions count from the left, or from the right when [from_right]. *)
type positions =
  | Nth of { from_right : bool; n : int }
  | Left_of of { from_right : bool; n : int }
  | Right_of of { from_right : bool; n : int }
  | All

type shape = Option of option_kind | Positional of positions

type arg = {
  id : int;
  arg_deprecated : string option;
  absent : absent;
  arg_env : env option;
  doc_envs : env list;  (** that the manual has besides *)
  arg_doc : string;
  docv : string;
  arg_docs : string;
  names : string list;  (** with their dashes: short ones first, otherwise in the order given *)
  shape : shape;
  repeatable : bool;
}

type cmd = {
  cmd_name : string;
  cmd_deprecated : string option;
  version : string option;
  cmd_doc : string;
  cmd_docs : string;
  sdocs : string;
  exits : exit list;
  cmd_envs : env list;
  man : Cmdliner_manpage.block list;
  xrefs : Cmdliner_manpage.xref list;
}

module Arg_set = Map.Make (Int)

type args = arg Arg_set.t

let union a b = Arg_set.union (fun _ arg _ -> Some arg) a b
let last_id = ref 0

let fresh_id () =
  incr last_id;
  !last_id

let is_option arg = match arg.shape with Option _ -> true | Positional _ -> false
let is_short name = String.length name = 2
let is_required arg = match arg.absent with Required -> true | Default _ | Described _ -> false

(* The name that documentation and errors use: the first long one. *)
let preferred_name arg =
  match List.find_opt (fun name -> not (is_short name)) arg.names with
  | Some name -> name
  | None -> ( match arg.names with name :: _ -> name | [] -> "")

(* {1 Ways of saying things} *)

let quote s = "'" ^ s ^ "'"

let rec enumerate ~last = function
  | [] -> ""
  | [ x ] -> x
  | [ x; y ] -> String.concat "" [ x; " "; last; " "; y ]
  | x :: rest -> x ^ ", " ^ enumerate ~last rest

let alternatives = function
  | [ x ] -> x
  | [ _; _ ] as two -> "either " ^ enumerate ~last:"or" two
  | many -> "one of " ^ enumerate ~last:"or" many

(* Whether the beginning of a name stands for it when no other begins so, as before Cmdliner 2. *)
let legacy_prefixes () = Sys.getenv_opt "CMDLINER_LEGACY_PREFIXES" = Some "true"

let ambiguous ~kind s candidates = Printf.sprintf "%s %s ambiguous and could be %s" kind (quote s) (alternatives (List.map quote candidates))

let unknown ~kind ?(hints = []) s =
  match hints with
  | [] -> Printf.sprintf "unknown %s %s" kind (quote s)
  | hints -> Printf.sprintf "unknown %s %s, did you mean %s?" kind (quote s) (alternatives (List.map quote hints))

(* The Levenshtein distance, by rows. *)
let distance a b =
  let n = String.length b in
  let row = Array.init (n + 1) Fun.id in
  String.iteri
    (fun i c ->
      let diagonal = ref row.(0) in
      row.(0) <- i + 1;
      for j = 1 to n do
        let substituted = !diagonal + if c = b.[j - 1] then 0 else 1 in
        diagonal := row.(j);
        row.(j) <- min substituted (1 + min row.(j) row.(j - 1))
      done)
    a;
  row.(n)

(* The candidates nearest to [s], if they differ from it by at most two edits. *)
let nearest s candidates =
  let consider (best, found) candidate =
    let d = distance s candidate in
    if d < best then (d, [ candidate ]) else if d = best then (best, candidate :: found) else (best, found)
  in
  let best, found = List.fold_left consider (max_int, []) candidates in
  if best <= 2 then found else []
