(* Key-value stores: values named by paths. *)

module Key = struct
  (* The segments, the last one first. *)
  type t = string list

  let empty = []
  let v text = List.rev (List.filter (fun segment -> segment <> "") (String.split_on_char '/' text))

  let add t segment =
    if segment = "" || String.contains segment '/' then
      invalid_arg (Printf.sprintf "%S is not a valid segment" segment);
    segment :: t

  let ( / ) = add
  let append t under = under @ t
  let ( // ) = append
  let segments t = List.rev t
  let basename = function [] -> "" | segment :: _ -> segment
  let parent = function [] -> [] | _ :: parent -> parent
  let compare a b = List.compare String.compare (List.rev a) (List.rev b)
  let equal a b = List.equal String.equal a b
  let to_string t = "/" ^ String.concat "/" (segments t)
  let pp ppf t = Fmt.string ppf (to_string t)
end

type key = Key.t
type error = [ `Not_found of key | `Dictionary_expected of key | `Value_expected of key ]

let pp_error ppf = function
  | `Not_found key -> Fmt.pf ppf "Cannot find the key %a" Key.pp key
  | `Dictionary_expected key -> Fmt.pf ppf "Expecting a dictionary for the key %a" Key.pp key
  | `Value_expected key -> Fmt.pf ppf "Expecting a value for the key %a" Key.pp key

module type RO = sig
  type nonrec error = private [> error ]

  val pp_error : error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t

  type key = Key.t

  val exists : t -> key -> ([ `Value | `Dictionary ] option, error) result Lwt.t
  val get : t -> key -> (string, error) result Lwt.t
  val get_partial : t -> key -> offset:Optint.Int63.t -> length:int -> (string, error) result Lwt.t
  val list : t -> key -> ((key * [ `Value | `Dictionary ]) list, error) result Lwt.t
  val last_modified : t -> key -> (Ptime.t, error) result Lwt.t
  val digest : t -> key -> (string, error) result Lwt.t
  val size : t -> key -> (Optint.Int63.t, error) result Lwt.t
end

type write_error = [ error | `No_space | `Rename_source_prefix of key * key | `Already_present of key ]

let pp_write_error ppf = function
  | #error as e -> pp_error ppf e
  | `No_space -> Fmt.string ppf "No space left on device"
  | `Rename_source_prefix (source, dest) -> Fmt.pf ppf "%a cannot be moved to %a, which is in it" Key.pp source Key.pp dest
  | `Already_present key -> Fmt.pf ppf "The key %a is already present" Key.pp key

module type RW = sig
  include RO

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t
  val allocate : t -> key -> ?last_modified:Ptime.t -> Optint.Int63.t -> (unit, write_error) result Lwt.t
  val set : t -> key -> string -> (unit, write_error) result Lwt.t
  val set_partial : t -> key -> offset:Optint.Int63.t -> string -> (unit, write_error) result Lwt.t
  val remove : t -> key -> (unit, write_error) result Lwt.t
  val rename : t -> source:key -> dest:key -> (unit, write_error) result Lwt.t
end
