(** A key-value store in memory. *)

(** The store as a value that does not change. *)
module Pure : sig
  type t
  type key = Mirage_kv.Key.t

  (** An empty dictionary, made at this time. *)
  val empty : Ptime.t -> unit -> t

  val exists : t -> Mirage_kv.Key.t -> [ `Value | `Dictionary ] option
  val get : t -> Mirage_kv.Key.t -> (string, [> Mirage_kv.error ]) result

  val get_partial :
    t -> Mirage_kv.Key.t -> offset:Optint.Int63.t -> length:int -> (string, [> Mirage_kv.error ]) result

  val list : t -> Mirage_kv.Key.t -> ((Mirage_kv.Key.t * [ `Value | `Dictionary ]) list, [> Mirage_kv.error ]) result
  val last_modified : t -> Mirage_kv.Key.t -> (Ptime.t, [> Mirage_kv.error ]) result
  val digest : t -> Mirage_kv.Key.t -> (string, [> Mirage_kv.error ]) result
  val size : t -> Mirage_kv.Key.t -> (Optint.Int63.t, [> Mirage_kv.error ]) result

  (** {1 Changes} at a time *)

  val allocate :
    t -> Mirage_kv.Key.t -> ?last_modified:Ptime.t -> Ptime.t -> Optint.Int63.t -> (t, [> Mirage_kv.write_error ]) result

  val set : t -> Mirage_kv.Key.t -> Ptime.t -> string -> (t, [> Mirage_kv.write_error ]) result

  val set_partial :
    t -> Mirage_kv.Key.t -> Ptime.t -> offset:Optint.Int63.t -> string -> (t, [> Mirage_kv.write_error ]) result

  val remove : t -> Mirage_kv.Key.t -> Ptime.t -> (t, [> Mirage_kv.write_error ]) result

  val rename :
    t -> source:Mirage_kv.Key.t -> dest:Mirage_kv.Key.t -> Ptime.t -> (t, [> Mirage_kv.write_error ]) result

  val equal : t -> t -> bool
  val pp : t Fmt.t
end

include Mirage_kv.RW with type error = Mirage_kv.error and type write_error = Mirage_kv.write_error

(** An empty store; [now] (default: the wall clock) gives the times of changes. *)
val connect : ?now:(unit -> Ptime.t) -> unit -> t Lwt.t

(** A store with these contents, in which changes are made at the epoch. *)
val of_tree : Pure.t -> t

(** The same values with the same times. *)
val equal : t -> t -> bool

val pp : t Fmt.t
