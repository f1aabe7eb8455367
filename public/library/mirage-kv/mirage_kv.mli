(** Key-value stores: values named by paths. *)

(** Paths: lists of segments that are not empty and hold no slash. *)
module Key : sig
  type t

  (** The path of the root. *)
  val empty : t

  (** From a text with slashes; empty segments are dropped, [.] and [..] are segments like others. *)
  val v : string -> t

  (** With one more segment. Raises [Invalid_argument] when it is empty or holds a slash. *)
  val add : t -> string -> t

  val ( / ) : t -> string -> t

  (** One path after another. *)
  val append : t -> t -> t

  val ( // ) : t -> t -> t
  val segments : t -> string list

  (** The last segment; empty for the root. *)
  val basename : t -> string

  (** Without the last segment. *)
  val parent : t -> t

  val compare : t -> t -> int
  val equal : t -> t -> bool
  val pp : t Fmt.t

  (** Begins with a slash. *)
  val to_string : t -> string
end

type key = Key.t

type error =
  [ `Not_found of key  (** nothing is there *)
  | `Dictionary_expected of key  (** there is a value *)
  | `Value_expected of key  (** there is a dictionary *) ]

val pp_error : error Fmt.t

module type RO = sig
  type nonrec error = private [> error ]

  val pp_error : error Fmt.t

  type t

  val disconnect : t -> unit Lwt.t

  type key = Key.t

  val exists : t -> key -> ([ `Value | `Dictionary ] option, error) result Lwt.t
  val get : t -> key -> (string, error) result Lwt.t

  (** At most [length] bytes from [offset] on; fewer, or none, where the value ends before. *)
  val get_partial : t -> key -> offset:Optint.Int63.t -> length:int -> (string, error) result Lwt.t

  (** What is in a dictionary, by whole paths. *)
  val list : t -> key -> ((key * [ `Value | `Dictionary ]) list, error) result Lwt.t

  (** When the value, or anything in the dictionary, was changed last. *)
  val last_modified : t -> key -> (Ptime.t, error) result Lwt.t

  (** Differs when the value, or anything in the dictionary, differs. *)
  val digest : t -> key -> (string, error) result Lwt.t

  (** In bytes; of a dictionary the sum. *)
  val size : t -> key -> (Optint.Int63.t, error) result Lwt.t
end

type write_error =
  [ error
  | `No_space
  | `Rename_source_prefix of key * key  (** a dictionary cannot be moved into itself *)
  | `Already_present of key ]

val pp_write_error : write_error Fmt.t

module type RW = sig
  include RO

  type nonrec write_error = private [> write_error ]

  val pp_write_error : write_error Fmt.t

  (** Makes a value of so many zero bytes. *)
  val allocate : t -> key -> ?last_modified:Ptime.t -> Optint.Int63.t -> (unit, write_error) result Lwt.t

  (** Makes the value or replaces it; dictionaries on its path are made. *)
  val set : t -> key -> string -> (unit, write_error) result Lwt.t

  (** Overwrites a part of a value, which becomes longer if needed. *)
  val set_partial : t -> key -> offset:Optint.Int63.t -> string -> (unit, write_error) result Lwt.t

  (** Removes a value, or a dictionary with all that is in it. *)
  val remove : t -> key -> (unit, write_error) result Lwt.t

  (** Moves a value or dictionary; one that is at [dest] is replaced when it is a value, moved into when it is a dictionary. *)
  val rename : t -> source:key -> dest:key -> (unit, write_error) result Lwt.t
end
