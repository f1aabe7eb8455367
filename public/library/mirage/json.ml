(* JSON, as the compiler reads it: texts are bytes, one character each. *)

type t = Null | Bool of bool | Int of int | String of string | List of t list | Object of (string * t) list

let add_string buffer s =
  let add = function
    | '"' -> Buffer.add_string buffer "\\\""
    | '\\' -> Buffer.add_string buffer "\\\\"
    | '\000' .. '\031' as c -> Buffer.add_string buffer (Printf.sprintf "\\u%04x" (Char.code c))
    | c -> Buffer.add_char buffer c
  in
  Buffer.add_char buffer '"';
  String.iter add s;
  Buffer.add_char buffer '"'

let add_separated buffer add items = List.iteri (fun i item -> if i > 0 then Buffer.add_char buffer ','; add item) items

let rec add buffer = function
  | Null -> Buffer.add_string buffer "null"
  | Bool b -> Buffer.add_string buffer (string_of_bool b)
  | Int n -> Buffer.add_string buffer (string_of_int n)
  | String s -> add_string buffer s
  | List items ->
      Buffer.add_char buffer '[';
      add_separated buffer (add buffer) items;
      Buffer.add_char buffer ']'
  | Object fields ->
      Buffer.add_char buffer '{';
      add_separated buffer
        (fun (name, value) ->
          add_string buffer name;
          Buffer.add_char buffer ':';
          add buffer value)
        fields;
      Buffer.add_char buffer '}'

let to_string t =
  let buffer = Buffer.create 4096 in
  add buffer t;
  Buffer.contents buffer

let option f = function None -> Null | Some v -> f v
let strings list = List (List.map (fun s -> String s) list)
