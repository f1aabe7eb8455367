(** What is done when a unikernel is configured. Actions see the project's files; those that they write become files of the
    project. *)

type 'a t

val ok : 'a -> 'a t
val error : string -> 'a t
val errorf : ('a, Format.formatter, unit, 'b t) format4 -> 'a
val map : f:('a -> 'b) -> 'a t -> 'b t
val bind : f:('a -> 'b t) -> 'a t -> 'b t
val seq : unit t list -> unit t

module List : sig
  val iter : f:('a -> unit t) -> 'a list -> unit t
  val map : f:('a -> 'b t) -> 'a list -> 'b list t
end

module Infix : sig
  val ( >>= ) : 'a t -> ('a -> 'b t) -> 'b t
  val ( >|= ) : 'a t -> ('a -> 'b) -> 'b t
end

module Syntax : sig
  val ( let* ) : 'a t -> ('a -> 'b t) -> 'b t
  val ( let+ ) : 'a t -> ('a -> 'b) -> 'b t
end

val rm : Fpath.t -> unit t

(** Whether it is new. *)
val mkdir : Fpath.t -> bool t

val rmdir : Fpath.t -> unit t
val with_dir : Fpath.t -> (unit -> 'a t) -> 'a t
val pwd : unit -> Fpath.t t
val is_file : Fpath.t -> bool t
val is_dir : Fpath.t -> bool t

(** In bytes. *)
val size_of : Fpath.t -> int option t

val set_var : string -> string option -> unit t
val get_var : string -> string option t
val write_file : Fpath.t -> string -> unit t

(** An error for a file that neither the project has nor an action has written. *)
val read_file : Fpath.t -> string t

val ls : Fpath.t -> (Fpath.t -> bool) -> Fpath.t list t

val with_output :
  ?mode:int -> ?append:bool -> path:Fpath.t -> purpose:string -> (Format.formatter -> 'a) -> 'a t

val run : 'a t -> ('a, [ `Msg of string ]) result

(** Names and contents of the files that were written. *)
val written : unit -> (string * string) list
