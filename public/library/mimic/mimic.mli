(** Flows of protocols that are chosen while the program runs, and the contexts from which they are begun. *)

type flow = private ..

include Mirage_flow.S with type flow := flow and type error = [ `Msg of string | `Not_found | `Cycle ]

type ctx

(** A place in a context for values of one type. *)
type 'edn value

module Fun : sig
  (** An argument: one that must be there, one that may be, one with a default. *)
  type 'a arg

  type ('k, 'r) args = [] : ('r, 'r) args | ( :: ) : 'a arg * ('k, 'r) args -> ('a -> 'k, 'r) args

  val req : 'a value -> 'a arg
  val opt : 'a value -> 'a option arg
  val dft : 'a value -> 'a -> 'a arg
  val map : ('k, 'a) args -> 'k -> 'a arg
end

val make : name:string -> 'edn value
val empty : ctx
val add : 'edn value -> 'edn -> ctx -> ctx
val get : 'edn value -> ctx -> 'edn option
val replace : 'edn value -> 'edn -> ctx -> ctx

(** How the value is found from others. *)
val fold : 'edn value -> ('k, 'edn option Lwt.t) Fun.args -> k:'k -> ctx -> ctx

val merge : ctx -> ctx -> ctx

type ('edn, 'flow) protocol

(** Makes a protocol known, and gives the place for its endpoints. *)
val register :
  ?priority:int ->
  name:string ->
  (module Mirage_protocol.S with type flow = 'flow and type endpoint = 'edn) ->
  'edn value * ('edn, 'flow) protocol

module type REPR = sig
  type t
  type flow += T of t
end

(** The flows of one protocol among all. *)
val repr : ('edn, 'flow) protocol -> (module REPR with type t = 'flow)

(** Begins a flow of the first protocol whose endpoint the context gives. *)
val resolve : ctx -> (flow, [> error ]) result Lwt.t

module Merge (A : sig
  val ctx : ctx
end) (B : sig
  val ctx : ctx
end) : sig
  val ctx : ctx
end
