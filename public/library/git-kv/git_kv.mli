(** A key-value store in a branch of a Git repository. *)

include
  Mirage_kv.RW
    with type error = private [> Mirage_kv.error | `Msg of string ]
     and type write_error = private [> Mirage_kv.write_error | `Msg of string | `Hash_not_found of string | `Reference_not_found of string ]

(** [connect ctx remote]: the remote is an address, and after [#] a branch. *)
val connect : Mimic.ctx -> string -> t Lwt.t

val branch : t -> string
val commit : t -> string option

type change = [ `Add of Mirage_kv.Key.t | `Remove of Mirage_kv.Key.t | `Change of Mirage_kv.Key.t ]

(** Takes what others have pushed. *)
val pull : t -> (change list, [> `Msg of string ]) result Lwt.t

(** Makes one commit of the changes that the function makes, and pushes it. *)
val change_and_push :
  t -> ?author:string -> ?author_email:string -> ?message:string -> (t -> 'a Lwt.t) -> ('a, [> `Msg of string ]) result Lwt.t
