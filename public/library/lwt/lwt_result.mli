(** Promises for results: two ways to fail, the promise's and the result's. *)

type (+'a, +'b) t = ('a, 'b) Stdlib.Result.t Lwt.t

val return : 'a -> ('a, _) t
val fail : 'b -> (_, 'b) t
val lift : ('a, 'b) Stdlib.Result.t -> ('a, 'b) t
val ok : 'a Lwt.t -> ('a, _) t
val error : 'b Lwt.t -> (_, 'b) t

(** [Ok] of the promise's value, or [Error] of what it raises or is rejected with. *)
val catch : (unit -> 'a Lwt.t) -> ('a, exn) t

(** Rejected with the exception in [Error]. *)
val get_exn : ('a, exn) t -> 'a Lwt.t

val map : ('a -> 'b) -> ('a, 'e) t -> ('b, 'e) t
val map_error : ('e1 -> 'e2) -> ('a, 'e1) t -> ('a, 'e2) t

(** @deprecated Use {!map_error}. *)
val map_err : ('e1 -> 'e2) -> ('a, 'e1) t -> ('a, 'e2) t

val bind : ('a, 'e) t -> ('a -> ('b, 'e) t) -> ('b, 'e) t
val bind_error : ('a, 'e1) t -> ('e1 -> ('a, 'e2) t) -> ('a, 'e2) t
val bind_lwt : ('a, 'e) t -> ('a -> 'b Lwt.t) -> ('b, 'e) t
val bind_lwt_error : ('a, 'e1) t -> ('e1 -> 'e2 Lwt.t) -> ('a, 'e2) t

(** @deprecated Use {!bind_lwt_error}. *)
val bind_lwt_err : ('a, 'e1) t -> ('e1 -> 'e2 Lwt.t) -> ('a, 'e2) t

val bind_result : ('a, 'e) t -> ('a -> ('b, 'e) Stdlib.Result.t) -> ('b, 'e) t

(** Waits for both; the error of the first argument wins when both have one. *)
val both : ('a, 'e) t -> ('b, 'e) t -> ('a * 'b, 'e) t

val iter : ('a -> unit Lwt.t) -> ('a, 'e) t -> unit Lwt.t
val iter_error : ('e -> unit Lwt.t) -> ('a, 'e) t -> unit Lwt.t

module Infix : sig
  val ( >|= ) : ('a, 'e) t -> ('a -> 'b) -> ('b, 'e) t
  val ( >>= ) : ('a, 'e) t -> ('a -> ('b, 'e) t) -> ('b, 'e) t
end

module Let_syntax : sig
  module Let_syntax : sig
    val return : 'a -> ('a, _) t
    val map : ('a, 'e) t -> f:('a -> 'b) -> ('b, 'e) t
    val bind : ('a, 'e) t -> f:('a -> ('b, 'e) t) -> ('b, 'e) t
    val both : ('a, 'e) t -> ('b, 'e) t -> ('a * 'b, 'e) t

    module Open_on_rhs : sig end
  end
end

module Syntax : sig
  val ( let* ) : ('a, 'e) t -> ('a -> ('b, 'e) t) -> ('b, 'e) t
  val ( and* ) : ('a, 'e) t -> ('b, 'e) t -> ('a * 'b, 'e) t
  val ( let+ ) : ('a, 'e) t -> ('a -> 'b) -> ('b, 'e) t
  val ( and+ ) : ('a, 'e) t -> ('b, 'e) t -> ('a * 'b, 'e) t
end

include module type of Infix
