(** What can be done with flows of any kind. *)

(** What a copy has done; the duration is in nanoseconds. *)
type stats = { read_bytes : int64; read_ops : int64; write_bytes : int64; write_ops : int64; duration : int64 }

val pp_stats : stats Fmt.t

(** Flows whose errors are texts. *)
module type CONCRETE =
  Mirage_flow.S with type error = [ `Msg of string ] and type write_error = [ Mirage_flow.write_error | `Msg of string ]

module Concrete (S : Mirage_flow.S) : CONCRETE with type flow = S.flow

module Copy (A : Mirage_flow.S) (B : Mirage_flow.S) : sig
  type error = [ `A of A.error | `B of B.write_error ]

  val pp_error : error Fmt.t

  (** Writes to [dst] what comes from [src], until that ends. *)
  val copy : src:A.flow -> dst:B.flow -> (stats, error) result Lwt.t
end

module Proxy (A : Mirage_flow.S) (B : Mirage_flow.S) : sig
  type error

  val pp_error : error Fmt.t

  (** Copies in both directions; where one ends, the other side is told. Fulfilled when both have ended. *)
  val proxy : A.flow -> B.flow -> (stats * stats, error) result Lwt.t
end

(** Flows made of functions. *)
module F : sig
  include Mirage_flow.S

  (** [refill buffer off len] reads into a part of the buffer, or writes from it; gives how many bytes it took: 0 at the end. *)
  type refill = Cstruct.t -> int -> int -> int Lwt.t

  (** Without [input] reading gives the end at once, without [output] writing gives [`Closed]. *)
  val make : ?close:(unit -> unit Lwt.t) -> ?input:refill -> ?output:refill -> unit -> flow

  (** {1 From and into memory} one after another where there are several *)

  val input_string : string -> refill
  val output_bytes : bytes -> refill
  val string : ?input:string -> ?output:bytes -> unit -> flow
  val input_strings : string list -> refill
  val output_bytess : bytes list -> refill
  val strings : ?input:string list -> ?output:bytes list -> unit -> flow
  val input_cstruct : Cstruct.t -> refill
  val output_cstruct : Cstruct.t -> refill
  val cstruct : ?input:Cstruct.t -> ?output:Cstruct.t -> unit -> flow
  val input_cstructs : Cstruct.t list -> refill
  val output_cstructs : Cstruct.t list -> refill
  val cstructs : ?input:Cstruct.t list -> ?output:Cstruct.t list -> unit -> flow
end

(** {1 Flows of any kind as values of one type} *)

type t

include Mirage_flow.S with type flow = t

(** With its name. *)
val create : (module Mirage_flow.S with type flow = 'a) -> 'a -> string -> t

(** Prints the name. *)
val pp : t Fmt.t

(** Copies until the source ends or the target is closed. With [verbose] what is copied is logged. *)
val forward : ?verbose:bool -> src:t -> dst:t -> unit -> unit Lwt.t

(** Forwards in both directions, until both have ended; then both are closed. *)
val proxy : ?verbose:bool -> t -> t -> unit Lwt.t
